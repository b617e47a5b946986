/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a realm is given before it runs: its images and its device tree, which
 * are measured, and host files, which are not.
 */
#ifndef VMM_PAYLOAD_H
#define VMM_PAYLOAD_H

#include "vmm/file.h"
#include "vmm/image.h"
#include "vmm/options.h"

struct payload {
	struct image images[IMAGES_MAX];
	unsigned int image_count;
	struct file shares[SHARES_MAX]; /* as the layout's */
	unsigned int share_count;
};

/*
 * Loads what @options name and adds the host files to @layout, a copy of the
 * options'. False, with the file and the bound in @err, if there is no such
 * file, or no room for it; then nothing is left.
 */
bool payload_load(const struct options *options, struct payload *payload,
		  struct layout *layout, struct err *err);
void payload_free(struct payload *payload);

/* Where the first vCPU starts, and what it finds in x0. */
u64 payload_entry(const struct payload *payload);
u64 payload_x0(const struct layout *layout);

/* Takes whole granules; false, with why in @err, if that is impossible. */
typedef bool payload_take(void *context, u64 ipa, const void *data, u64 size,
			  struct err *err);

/*
 * Hands all that is measured to @take in the order of docs/boot.md: image by
 * image, ascending in each, then the device tree of @layout.
 */
bool payload_measured(const struct payload *payload,
		      const struct layout *layout, payload_take *take,
		      void *context, struct err *err);

/* Bytes that payload_measured() hands out. */
u64 payload_size(const struct payload *payload);

#endif

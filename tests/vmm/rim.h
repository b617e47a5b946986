/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The initial measurement as docs/boot.md tells it, computed a second time.
 */
#ifndef TESTS_VMM_RIM_H
#define TESTS_VMM_RIM_H

#include <stdbool.h>

#include "vmm/image.h"

#define RIM_TEXT_SIZE 129

/* Writes the RIM of @image in @layout in hex; SHA-512, or else SHA-256. */
void rim_of(const struct image *image, const struct layout *layout,
	    bool sha_512, char text[RIM_TEXT_SIZE]);

#endif

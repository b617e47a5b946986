// SPDX-License-Identifier: BSD-3-Clause
/*
 * What a realm is given before it runs.
 */
#include <inttypes.h>

#include "vmm/dtb.h"
#include "vmm/payload.h"

static bool check_images(const struct options *options,
			 const struct payload *payload, struct err *err)
{
	const struct image *images = payload->images;
	u64 ipa;

	for (unsigned int i = 0; i < payload->image_count; i++)
		for (unsigned int j = 0; j < i; j++)
			if (image_overlaps(&images[i], &images[j], &ipa))
				return err_set(err,
					       "%s and %s both want 0x%" PRIx64
					       " (--image-at moves a flat "
					       "image)",
					       options->images[j].path,
					       options->images[i].path, ipa);
	return true;
}

static bool load_images(const struct options *options,
			const struct layout *layout, struct payload *payload,
			struct err *err)
{
	for (unsigned int i = 0; i < options->image_count; i++) {
		const struct option_image *option = &options->images[i];

		if (!image_load(option->path, option->at, layout,
				&payload->images[i], err))
			return false;
		payload->image_count++;
	}
	return check_images(options, payload, err);
}

static bool load_shares(const struct options *options, struct payload *payload,
			struct layout *layout, struct err *err)
{
	for (unsigned int i = 0; i < options->share_count; i++) {
		const struct option_share *option = &options->shares[i];
		struct file *file = &payload->shares[i];
		struct err why;

		if (!file_map(option->path, file, &why))
			return err_set(err, "--share %s", why.text);
		payload->share_count++;
		if (!layout_add_share(layout, option->ipa, file->size, &why))
			return err_set(err, "--share %s: %s", option->path,
				       why.text);
	}
	return true;
}

bool payload_load(const struct options *options, struct payload *payload,
		  struct layout *layout, struct err *err)
{
	*payload = (struct payload){ 0 };
	*layout = options->layout;
	if (load_images(options, layout, payload, err) &&
	    load_shares(options, payload, layout, err))
		return true;
	payload_free(payload);
	return false;
}

void payload_free(struct payload *payload)
{
	while (payload->image_count)
		image_free(&payload->images[--payload->image_count]);
	while (payload->share_count)
		file_unmap(&payload->shares[--payload->share_count]);
}

u64 payload_entry(const struct payload *payload)
{
	return payload->images[0].entry;
}

u64 payload_x0(const struct layout *layout)
{
	return layout_dtb(layout);
}

bool payload_measured(const struct payload *payload,
		      const struct layout *layout, payload_take *take,
		      void *context, struct err *err)
{
	u8 dtb[DTB_SIZE];

	if (!dtb_build(layout, dtb, err))
		return false;
	for (unsigned int i = 0; i < payload->image_count; i++) {
		const struct image *image = &payload->images[i];

		for (unsigned int j = 0; j < image->count; j++)
			if (!take(context, image->extents[j].ipa,
				  image->extents[j].data,
				  image->extents[j].size, err))
				return false;
	}
	return take(context, layout_dtb(layout), dtb, DTB_SIZE, err);
}

u64 payload_size(const struct payload *payload)
{
	u64 size = DTB_SIZE;

	for (unsigned int i = 0; i < payload->image_count; i++)
		for (unsigned int j = 0; j < payload->images[i].count; j++)
			size += payload->images[i].extents[j].size;
	return size;
}

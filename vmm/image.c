// SPDX-License-Identifier: BSD-3-Clause
/*
 * A realm's image, from an ELF file or a flat one.
 */
#include <elf.h>
#include <inttypes.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>

#include "vmm/file.h"
#include "vmm/image.h"

static bool check_range(const struct file *file, const struct layout *layout,
			const char *what, u64 ipa, u64 size, struct err *err)
{
	u64 top = layout_ram_top(layout);
	u64 dtb = layout_dtb(layout);

	if (ipa < RAM_BASE || ipa >= top || size > top - ipa)
		return err_set(err,
			       "%s: %s of 0x%" PRIx64 " bytes at 0x%" PRIx64
			       " is outside RAM (0x%llx to 0x%" PRIx64 ")",
			       file->path, what, size, ipa, RAM_BASE, top);
	if (ipa < dtb + DTB_SIZE && ipa + size > dtb)
		return err_set(err,
			       "%s: %s of 0x%" PRIx64 " bytes at 0x%" PRIx64
			       " overlaps the device tree (0x%" PRIx64
			       ", 0x%llx bytes)",
			       file->path, what, size, ipa, dtb, DTB_SIZE);
	return true;
}

/* Adds [@ipa, @ipa + @size), as copied from @data, to the image's end. */
static bool image_add(struct image *image, u64 ipa, const u8 *data, u64 size)
{
	struct image_extent *last = image->extents + image->count;
	u64 base = granule_down(ipa);
	u64 top = granule_up(ipa + size);

	/* What starts where the last extent ends, or in it, makes it longer. */
	if (image->count && base <= last[-1].ipa + last[-1].size)
		last--;
	else
		image->extents[image->count++].ipa = base;
	if (top > last->ipa + last->size) {
		u8 *grown = realloc(last->data, top - last->ipa);

		if (!grown)
			return false;
		memset(grown + last->size, 0, top - last->ipa - last->size);
		last->data = grown;
		last->size = top - last->ipa;
	}
	memcpy(last->data + (ipa - last->ipa), data, size);
	return true;
}

/* Builds the extents of its segments, ascending and without overlap. */
static bool image_build(struct image *image, const struct file *file,
			struct err *err)
{
	bool ok = true;

	image->extents = calloc(image->segment_count, sizeof(*image->extents));
	if (!image->extents)
		return err_set(err, "%s: no memory", file->path);
	for (unsigned int i = 0; ok && i < image->segment_count; i++) {
		const struct image_segment *segment = &image->segments[i];

		if (segment->file_size)
			ok = image_add(image, segment->ipa,
				       file->data + segment->file_offset,
				       segment->file_size);
	}
	if (!ok) {
		image_free(image);
		return err_set(err, "%s: no memory", file->path);
	}
	return true;
}

static bool load_flat(const struct file *file, const struct layout *layout,
		      u64 at, struct image *image, struct err *err)
{
	image->entry = at == IMAGE_AT_DEFAULT ? RAM_BASE : at;
	image->segment_count = 1;
	image->segments[0] = (struct image_segment){
		.ipa = image->entry,
		.size = file->size,
		.file_size = file->size,
	};
	return check_range(file, layout, "a flat image", image->entry,
			   file->size, err) &&
	       image_build(image, file, err);
}

static bool check_header(const struct file *file, Elf *elf, struct err *err)
{
	const char *ident = elf_getident(elf, NULL);
	const Elf64_Ehdr *header;

	if (elf_kind(elf) != ELF_K_ELF || !ident)
		return err_set(err, "%s: the ELF header is cut off or broken",
			       file->path);
	if (ident[EI_CLASS] != ELFCLASS64 || ident[EI_DATA] != ELFDATA2LSB)
		return err_set(err, "%s: not a 64-bit little-endian ELF file",
			       file->path);
	header = elf64_getehdr(elf);
	if (!header)
		return err_set(err, "%s: the ELF header is cut off or broken",
			       file->path);
	if (header->e_machine != EM_AARCH64)
		return err_set(err,
			       "%s: for ELF machine %u, not AArch64 (%u)",
			       file->path, header->e_machine, EM_AARCH64);
	if (header->e_type != ET_EXEC)
		return err_set(err,
			       "%s: ELF type %u, not an executable (%u)",
			       file->path, header->e_type, ET_EXEC);
	/* libelf hands them out where they lie. */
	if (header->e_phoff % sizeof(u64))
		return err_set(err,
			       "%s: program headers at byte 0x%" PRIx64
			       ", not a multiple of %zu",
			       file->path, header->e_phoff, sizeof(u64));
	return true;
}

static bool check_segment(const struct file *file, const struct layout *layout,
			  const Elf64_Phdr *header, struct err *err)
{
	if (header->p_filesz > header->p_memsz)
		return err_set(err,
			       "%s: a segment at 0x%" PRIx64 " has 0x%" PRIx64
			       " bytes in the file, 0x%" PRIx64 " in memory",
			       file->path, header->p_paddr, header->p_filesz,
			       header->p_memsz);
	if (header->p_filesz > file->size ||
	    header->p_offset > file->size - header->p_filesz)
		return err_set(err,
			       "%s: truncated: a segment of 0x%" PRIx64
			       " bytes starts at byte 0x%" PRIx64
			       " of 0x%" PRIx64,
			       file->path, header->p_filesz, header->p_offset,
			       file->size);
	return check_range(file, layout, "a segment", header->p_paddr,
			   header->p_memsz, err);
}

static int by_ipa(const void *a, const void *b)
{
	const struct image_segment *x = a, *y = b;

	return (x->ipa > y->ipa) - (x->ipa < y->ipa);
}

/* The entry, a virtual address, as a physical one; 0 if it is not in here. */
static u64 entry_in(const Elf64_Phdr *header, u64 entry)
{
	u64 ipa = entry - header->p_vaddr + header->p_paddr;

	if (!(header->p_flags & PF_X) || entry < header->p_vaddr ||
	    entry - header->p_vaddr >= header->p_filesz || ipa % 4)
		return 0;
	return ipa;
}

/* Collects what is to be loaded. */
static bool read_segments(const struct file *file, const struct layout *layout,
			  Elf *elf, struct image *image, struct err *err)
{
	const Elf64_Phdr *headers = elf64_getphdr(elf);
	u64 start = elf64_getehdr(elf)->e_entry;
	size_t headers_count = 0;

	if (elf_getphdrnum(elf, &headers_count) || !headers)
		return err_set(err, "%s: no program headers, or cut off",
			       file->path);
	for (size_t i = 0; i < headers_count; i++) {
		const Elf64_Phdr *header = &headers[i];

		if (header->p_type != PT_LOAD || !header->p_memsz)
			continue;
		if (!check_segment(file, layout, header, err))
			return false;
		if (image->segment_count == IMAGE_SEGMENTS_MAX)
			return err_set(err, "%s: more than %d segments",
				       file->path, IMAGE_SEGMENTS_MAX);
		if (!image->entry)
			image->entry = entry_in(header, start);
		image->segments[image->segment_count++] =
			(struct image_segment){
				.ipa = header->p_paddr,
				.size = header->p_memsz,
				.file_size = header->p_filesz,
				.file_offset = header->p_offset,
			};
	}
	if (!image->entry)
		return err_set(err,
			       "%s: entry 0x%" PRIx64
			       " is in no segment with code",
			       file->path, start);
	return true;
}

static bool check_overlap(const struct file *file, const struct image *image,
			  struct err *err)
{
	for (unsigned int i = 1; i < image->segment_count; i++) {
		const struct image_segment *segment = &image->segments[i];

		if (segment->ipa < segment[-1].ipa + segment[-1].size)
			return err_set(err,
				       "%s: segments overlap at 0x%" PRIx64,
				       file->path, segment->ipa);
	}
	return true;
}

static bool load_elf(const struct file *file, const struct layout *layout,
		     struct image *image, struct err *err)
{
	bool ok;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_memory((char *)file->data, file->size);
	if (!elf)
		return err_set(err, "%s: the ELF header is cut off or broken",
			       file->path);
	ok = check_header(file, elf, err) &&
	     read_segments(file, layout, elf, image, err);
	elf_end(elf);
	if (!ok)
		return false;
	qsort(image->segments, image->segment_count, sizeof(*image->segments),
	      by_ipa);
	return check_overlap(file, image, err) &&
	       image_build(image, file, err);
}

bool image_load(const char *path, u64 at, const struct layout *layout,
		struct image *image, struct err *err)
{
	struct file file;
	bool ok;

	*image = (struct image){ 0 };
	if (!file_map(path, &file, err))
		return false;
	if (file.size < SELFMAG || memcmp(file.data, ELFMAG, SELFMAG))
		ok = load_flat(&file, layout, at, image, err);
	else if (at == IMAGE_AT_DEFAULT)
		ok = load_elf(&file, layout, image, err);
	else
		ok = err_set(err, "--image-at 0x%" PRIx64
				  ": %s is an ELF file, which says itself "
				  "where it goes",
			     at, path);
	file_unmap(&file);
	return ok;
}

bool image_overlaps(const struct image *image, const struct image *other,
		    u64 *ipa)
{
	for (unsigned int i = 0; i < image->segment_count; i++) {
		for (unsigned int j = 0; j < other->segment_count; j++) {
			const struct image_segment *a = &image->segments[i];
			const struct image_segment *b = &other->segments[j];

			*ipa = granule_down(a->ipa > b->ipa ? a->ipa : b->ipa);
			if (*ipa < granule_up(a->ipa + a->size) &&
			    *ipa < granule_up(b->ipa + b->size))
				return true;
		}
	}
	return false;
}

void image_free(struct image *image)
{
	for (unsigned int i = 0; i < image->count; i++)
		free(image->extents[i].data);
	free(image->extents);
	*image = (struct image){ 0 };
}

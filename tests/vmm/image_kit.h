/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Image files made for each case, in a folder of their own.
 */
#ifndef TESTS_VMM_IMAGE_KIT_H
#define TESTS_VMM_IMAGE_KIT_H

#include <elf.h>

#include "vmm/image.h"

#define DATA_OFFSET 0x1000
#define FILE_SIZE 0x6000
#define SEGMENTS 80

/* An ELF file in the making: its headers, and what is behind them. */
struct elf_file {
	Elf64_Ehdr header;
	Elf64_Phdr segments[SEGMENTS];
};

extern const struct layout layout; /* 40 bits, 256 MiB */
extern struct elf_file elf;
extern u8 bytes[FILE_SIZE];
extern char folder[];
extern char path[64]; /* of the one file */

/* cmocka's group setup and teardown. */
int make_folder(void **state);
int remove_folder(void **state);

void write_file(const void *data, size_t size);

/* One segment of 0x800 bytes at the start of RAM, where it is entered. */
void elf_init(void);

/* Appends a data segment that takes its bytes from @offset of the file. */
Elf64_Phdr *elf_add(u64 ipa, u64 offset, u64 file_size, u64 size);

/* Writes the first @size bytes of the file. */
void elf_write(size_t size);

/* Loads it, or fails the test. */
void load(struct image *image);

/* It is refused, and the line names the file and says @text. */
void refused(const char *text);

#endif

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Image files made for each case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/image_kit.h"

const struct layout layout = {
	.ipa_bits = 40,
	.ram_size = 0x10000000,
	.cpus = 1,
};

char folder[] = "/tmp/cca-image-XXXXXX";
char path[64];

struct elf_file elf;
u8 bytes[FILE_SIZE];

int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/image", folder);
	return 0;
}

int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

void write_file(const void *data, size_t size)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	fclose(file);
}

void elf_init(void)
{
	memset(&elf, 0, sizeof(elf));
	memcpy(elf.header.e_ident, ELFMAG, SELFMAG);
	elf.header.e_ident[EI_CLASS] = ELFCLASS64;
	elf.header.e_ident[EI_DATA] = ELFDATA2LSB;
	elf.header.e_ident[EI_VERSION] = EV_CURRENT;
	elf.header.e_type = ET_EXEC;
	elf.header.e_machine = EM_AARCH64;
	elf.header.e_version = EV_CURRENT;
	elf.header.e_entry = RAM_BASE;
	elf.header.e_phoff = sizeof(Elf64_Ehdr);
	elf.header.e_ehsize = sizeof(Elf64_Ehdr);
	elf.header.e_phentsize = sizeof(Elf64_Phdr);
	elf.header.e_phnum = 1;
	elf.segments[0] = (Elf64_Phdr){
		.p_type = PT_LOAD,
		.p_flags = PF_R | PF_X,
		.p_offset = DATA_OFFSET,
		.p_vaddr = RAM_BASE,
		.p_paddr = RAM_BASE,
		.p_filesz = 0x800,
		.p_memsz = 0x800,
	};
	for (size_t i = 0; i < FILE_SIZE; i++)
		bytes[i] = (u8)(i * 7 + i / 256);
}

Elf64_Phdr *elf_add(u64 ipa, u64 offset, u64 file_size, u64 size)
{
	Elf64_Phdr *segment = &elf.segments[elf.header.e_phnum++];

	*segment = (Elf64_Phdr){
		.p_type = PT_LOAD,
		.p_flags = PF_R | PF_W,
		.p_offset = offset,
		.p_vaddr = ipa,
		.p_paddr = ipa,
		.p_filesz = file_size,
		.p_memsz = size,
	};
	return segment;
}

void elf_write(size_t size)
{
	memcpy(bytes, &elf.header, sizeof(elf.header));
	memcpy(bytes + sizeof(elf.header), elf.segments,
	       sizeof(*elf.segments) * elf.header.e_phnum);
	write_file(bytes, size);
}

void load(struct image *image)
{
	struct err err = { "" };

	if (!image_load(path, IMAGE_AT_DEFAULT, &layout, image, &err))
		fail_msg("%s", err.text);
}

void refused(const char *text)
{
	struct image image;
	struct err err = { "" };

	assert_false(image_load(path, IMAGE_AT_DEFAULT, &layout, &image,
				&err));
	assert_non_null(strstr(err.text, path));
	if (!strstr(err.text, text))
		fail_msg("'%s' lacks '%s'", err.text, text);
	assert_null(strchr(err.text, '\n'));
	assert_int_equal(image.count, 0);
}

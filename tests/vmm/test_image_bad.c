// SPDX-License-Identifier: BSD-3-Clause
/*
 * The image loader: one clear line for each file that is no image.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/image_kit.h"

static void no_file_is_refused(void **state)
{
	(void)state;
	unlink(path);
	refused("No such file or directory");
}

static void a_folder_is_refused(void **state)
{
	struct image image;
	struct err err;

	(void)state;
	assert_false(image_load(folder, IMAGE_AT_DEFAULT, &layout, &image,
				&err));
	assert_non_null(strstr(err.text, "not a regular file"));
}

static void a_pipe_is_refused_at_once(void **state)
{
	(void)state;
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	refused("not a regular file");
	unlink(path);
}

static void an_unreadable_file_is_refused(void **state)
{
	bool root = !geteuid(); /* who reads everything */

	(void)state;
	write_file("x", 1);
	chmod(path, 0);
	if (root)
		assert_int_equal(seteuid(65534), 0);
	refused("Permission denied");
	if (root)
		assert_int_equal(seteuid(0), 0);
	unlink(path);
}

static void an_empty_file_is_refused(void **state)
{
	(void)state;
	write_file("", 0);
	refused("the file is empty");
}

static void a_cut_off_header_is_refused(void **state)
{
	static const size_t sizes[] = { 4, 16, 40, 63 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		elf_init();
		elf_write(sizes[i]);
		refused("cut off");
	}
}

static void cut_off_program_headers_are_refused(void **state)
{
	(void)state;
	elf_init();
	elf_add(RAM_BASE + 0x1000, 0x2000, 0x10, 0x10);
	elf_write(sizeof(Elf64_Ehdr) + 60);
	refused("cut off");
}

static void unaligned_program_headers_are_refused(void **state)
{
	(void)state;
	elf_init();
	elf.header.e_phoff++;
	elf_write(FILE_SIZE);
	refused("program headers at byte 0x41, not a multiple of 8");
}

static void a_truncated_segment_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf_write(DATA_OFFSET + 0x7ff);
	refused("truncated: a segment of 0x800 bytes starts at byte 0x1000 of "
		"0x17ff");
}

static void offsets_that_wrap_are_refused(void **state)
{
	(void)state;
	elf_init();
	elf.segments[0].p_offset = ~0ull - 0x10;
	elf_write(FILE_SIZE);
	refused("truncated");
}

static void more_file_than_memory_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.segments[0].p_memsz = 0x7ff;
	elf_write(FILE_SIZE);
	refused("0x800 bytes in the file, 0x7ff in memory");
}

static void another_machines_elf_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.header.e_machine = EM_X86_64;
	elf_write(FILE_SIZE);
	refused("for ELF machine 62, not AArch64 (183)");
}

static void a_32_bit_elf_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.header.e_ident[EI_CLASS] = ELFCLASS32;
	elf.header.e_machine = EM_ARM;
	elf_write(FILE_SIZE);
	refused("not a 64-bit little-endian ELF file");
}

static void a_big_endian_elf_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.header.e_ident[EI_DATA] = ELFDATA2MSB;
	elf_write(FILE_SIZE);
	refused("not a 64-bit little-endian ELF file");
}

static void an_object_file_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.header.e_type = ET_REL;
	elf_write(FILE_SIZE);
	refused("ELF type 1, not an executable (2)");
}

static void an_elf_without_segments_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.header.e_phnum = 0;
	elf.header.e_phoff = 0;
	elf_write(FILE_SIZE);
	refused("no program headers");
}

static void too_many_segments_are_refused(void **state)
{
	(void)state;
	elf_init();
	for (int i = 1; i < 65; i++)
		elf_add(RAM_BASE + 0x1000ull * i, 0x2000, 0x10, 0x10);
	elf_write(FILE_SIZE);
	refused("more than 64 segments");
}

static void a_segment_outside_ram_is_refused(void **state)
{
	static const u64 places[] = { 0, 0x3ffff800, 0x50000000, 0x4ffffc00,
				      0xffffffffffffff00 };

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		elf_init();
		elf_add(places[i], 0x2000, 0x10, 0x800);
		elf_write(FILE_SIZE);
		refused("is outside RAM (0x40000000 to 0x50000000)");
	}
}

static void a_segment_larger_than_ram_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf.segments[0].p_memsz = 0x10001000;
	elf_write(FILE_SIZE);
	refused("is outside RAM");
}

static void bss_over_the_device_tree_is_refused(void **state)
{
	(void)state;
	elf_init();
	elf_add(0x4fdff000, 0x2000, 0x10, 0x1001);
	elf_write(FILE_SIZE);
	refused("overlaps the device tree (0x4fe00000");
}

static void overlapping_segments_are_refused(void **state)
{
	(void)state;
	elf_init();
	elf_add(RAM_BASE + 0x7ff, 0x2000, 0x10, 0x10);
	elf_write(FILE_SIZE);
	refused("segments overlap at 0x400007ff");
}

static void an_entry_outside_code_is_refused(void **state)
{
	static const u64 entries[] = { 0, RAM_BASE + 0x800, RAM_BASE + 0x2000,
				       RAM_BASE + 2 };

	(void)state;
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
		elf_init();
		elf_add(RAM_BASE + 0x2000, 0x2000, 0x10, 0x10);
		elf.header.e_entry = entries[i];
		elf_write(FILE_SIZE);
		refused("is in no segment with code");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_file_is_refused),
		cmocka_unit_test(a_folder_is_refused),
		cmocka_unit_test(a_pipe_is_refused_at_once),
		cmocka_unit_test(an_unreadable_file_is_refused),
		cmocka_unit_test(an_empty_file_is_refused),
		cmocka_unit_test(a_cut_off_header_is_refused),
		cmocka_unit_test(cut_off_program_headers_are_refused),
		cmocka_unit_test(unaligned_program_headers_are_refused),
		cmocka_unit_test(a_truncated_segment_is_refused),
		cmocka_unit_test(offsets_that_wrap_are_refused),
		cmocka_unit_test(more_file_than_memory_is_refused),
		cmocka_unit_test(another_machines_elf_is_refused),
		cmocka_unit_test(a_32_bit_elf_is_refused),
		cmocka_unit_test(a_big_endian_elf_is_refused),
		cmocka_unit_test(an_object_file_is_refused),
		cmocka_unit_test(an_elf_without_segments_is_refused),
		cmocka_unit_test(too_many_segments_are_refused),
		cmocka_unit_test(a_segment_outside_ram_is_refused),
		cmocka_unit_test(a_segment_larger_than_ram_is_refused),
		cmocka_unit_test(bss_over_the_device_tree_is_refused),
		cmocka_unit_test(overlapping_segments_are_refused),
		cmocka_unit_test(an_entry_outside_code_is_refused),
	};

	return cmocka_run_group_tests_name("bad images", tests, make_folder,
					   remove_folder);
}

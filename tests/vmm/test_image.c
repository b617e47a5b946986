// SPDX-License-Identifier: BSD-3-Clause
/*
 * The image loader: what is loaded where, and where it is entered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/image_kit.h"

static void elf_segment_is_padded_to_whole_granules(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.entry, RAM_BASE);
	assert_int_equal(image.count, 1);
	assert_int_equal(image.extents[0].ipa, RAM_BASE);
	assert_int_equal(image.extents[0].size, 0x1000);
	assert_memory_equal(image.extents[0].data, bytes + DATA_OFFSET, 0x800);
	for (int i = 0x800; i < 0x1000; i++)
		assert_int_equal(image.extents[0].data[i], 0);
	image_free(&image);
}

static void bss_is_no_part_of_the_image(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf.segments[0].p_memsz = 0x9000;
	elf_add(RAM_BASE + 0x20000, 0, 0, 0x4000);
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.count, 1);
	assert_int_equal(image.extents[0].size, 0x1000);
	image_free(&image);
}

static void extents_ascend_whatever_the_files_order(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf_add(RAM_BASE + 0x9000, 0x3000, 0x1800, 0x1800);
	elf_add(RAM_BASE + 0x4000, 0x2000, 0x10, 0x10);
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.count, 3);
	assert_int_equal(image.extents[1].ipa, RAM_BASE + 0x4000);
	assert_int_equal(image.extents[1].size, 0x1000);
	assert_int_equal(image.extents[2].ipa, RAM_BASE + 0x9000);
	assert_int_equal(image.extents[2].size, 0x2000);
	assert_memory_equal(image.extents[2].data, bytes + 0x3000, 0x1800);
	image_free(&image);
}

static void segments_may_share_a_granule(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf_add(RAM_BASE + 0x800, 0x2000, 0x900, 0x900);
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.count, 1);
	assert_int_equal(image.extents[0].size, 0x2000);
	assert_memory_equal(image.extents[0].data, bytes + DATA_OFFSET, 0x800);
	assert_memory_equal(image.extents[0].data + 0x800, bytes + 0x2000,
			    0x900);
	image_free(&image);
}

static void neighbouring_granules_are_one_extent(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf_add(RAM_BASE + 0x1000, 0x2000, 0x1000, 0x1000);
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.count, 1);
	assert_int_equal(image.extents[0].size, 0x2000);
	image_free(&image);
}

static void a_segment_may_start_inside_a_granule(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf_add(RAM_BASE + 0x5ff0, 0x2000, 0x20, 0x20);
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.extents[1].ipa, RAM_BASE + 0x5000);
	assert_int_equal(image.extents[1].size, 0x2000);
	assert_int_equal(image.extents[1].data[0xfef], 0);
	assert_memory_equal(image.extents[1].data + 0xff0, bytes + 0x2000,
			    0x20);
	image_free(&image);
}

static void the_entry_is_made_physical(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf.segments[0].p_vaddr = 0xffff800008000000;
	elf.header.e_entry = 0xffff800008000104;
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.entry, RAM_BASE + 0x104);
	image_free(&image);
}

static void other_program_headers_are_passed_over(void **state)
{
	struct image image;

	(void)state;
	elf_init();
	elf_add(0, 0xffffff, 0x10, 0x10)->p_type = PT_NOTE;
	elf_add(0, 0, 0, 0);
	elf_write(FILE_SIZE);
	load(&image);
	assert_int_equal(image.count, 1);
	image_free(&image);
}

static void a_flat_file_lies_at_the_start_of_ram(void **state)
{
	struct image image;

	(void)state;
	memset(bytes, 0xa5, sizeof(bytes));
	write_file(bytes, 0x1801);
	load(&image);
	assert_int_equal(image.entry, RAM_BASE);
	assert_int_equal(image.count, 1);
	assert_int_equal(image.extents[0].size, 0x2000);
	assert_int_equal(image.extents[0].data[0x1800], 0xa5);
	assert_int_equal(image.extents[0].data[0x1801], 0);
	image_free(&image);
}

static void a_flat_file_of_one_byte_is_an_image(void **state)
{
	struct image image;

	(void)state;
	write_file("\x7f", 1);
	load(&image);
	assert_int_equal(image.extents[0].size, 0x1000);
	image_free(&image);
}

static void a_flat_file_may_reach_the_device_tree(void **state)
{
	u64 room = layout_dtb(&layout) - RAM_BASE;
	struct image image;

	(void)state;
	write_file("x", 1);
	assert_int_equal(truncate(path, (off_t)room + 1), 0);
	refused("overlaps the device tree (0x4fe00000, 0x1000 bytes)");
	assert_int_equal(truncate(path, (off_t)layout.ram_size + 1), 0);
	refused("is outside RAM (0x40000000 to 0x50000000)");
	assert_int_equal(truncate(path, 0x200000), 0);
	load(&image);
	image_free(&image);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(elf_segment_is_padded_to_whole_granules),
		cmocka_unit_test(bss_is_no_part_of_the_image),
		cmocka_unit_test(extents_ascend_whatever_the_files_order),
		cmocka_unit_test(segments_may_share_a_granule),
		cmocka_unit_test(neighbouring_granules_are_one_extent),
		cmocka_unit_test(a_segment_may_start_inside_a_granule),
		cmocka_unit_test(the_entry_is_made_physical),
		cmocka_unit_test(other_program_headers_are_passed_over),
		cmocka_unit_test(a_flat_file_lies_at_the_start_of_ram),
		cmocka_unit_test(a_flat_file_of_one_byte_is_an_image),
		cmocka_unit_test(a_flat_file_may_reach_the_device_tree),
	};

	return cmocka_run_group_tests_name("image", tests, make_folder,
					   remove_folder);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The device tree, read back with libfdt's reader, and where it lies.
 */
#include <libfdt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vmm/dtb.h"

static const struct layout layout = {
	.ipa_bits = 40,
	.ram_size = 0x10000000,
};

static u8 blob[DTB_SIZE];

static int build(void **state)
{
	struct err err;

	(void)state;
	return dtb_build(&layout, blob, &err) ? 0 : -1;
}

static int node(const char *path)
{
	int offset = fdt_path_offset(blob, path);

	if (offset < 0)
		fail_msg("no node %s", path);
	return offset;
}

static u64 cells(const char *path, const char *property, int at, int count)
{
	int length;
	const fdt32_t *cell = fdt_getprop(blob, node(path), property, &length);
	u64 value = 0;

	assert_non_null(cell);
	assert_true(4 * (at + count) <= length);
	while (count--)
		value = value << 32 | fdt32_to_cpu(cell[at++]);
	return value;
}

static void text_is(const char *path, const char *property, const char *text)
{
	assert_true(fdt_stringlist_search(blob, node(path), property, text) >=
		    0);
}

static void it_is_a_whole_valid_tree(void **state)
{
	(void)state;
	assert_int_equal(fdt_check_full(blob, DTB_SIZE), 0);
	assert_int_equal(cells("/", "#address-cells", 0, 1), 2);
	assert_int_equal(cells("/", "#size-cells", 0, 1), 2);
	text_is("/", "compatible", "linux,dummy-virt");
}

static void memory_is_ram(void **state)
{
	(void)state;
	text_is("/memory@40000000", "device_type", "memory");
	assert_int_equal(cells("/memory@40000000", "reg", 0, 2), RAM_BASE);
	assert_int_equal(cells("/memory@40000000", "reg", 2, 2), 0x10000000);
}

static void the_cpu_has_mpidr_0_and_psci(void **state)
{
	(void)state;
	assert_int_equal(cells("/cpus", "#address-cells", 0, 1), 1);
	assert_int_equal(cells("/cpus", "#size-cells", 0, 1), 0);
	text_is("/cpus/cpu@0", "device_type", "cpu");
	assert_int_equal(cells("/cpus/cpu@0", "reg", 0, 1), 0);
	text_is("/cpus/cpu@0", "enable-method", "psci");
}

static void psci_is_called_by_smc(void **state)
{
	(void)state;
	text_is("/psci", "method", "smc");
	text_is("/psci", "compatible", "arm,psci-1.0");
	text_is("/psci", "compatible", "arm,psci-0.2");
}

static void the_console_is_in_the_shared_half(void **state)
{
	static const char path[] = "/pl011@8009000000";

	(void)state;
	assert_int_equal(cells(path, "reg", 0, 2), 0x8009000000);
	assert_int_equal(cells(path, "reg", 2, 2), 0x1000);
	text_is(path, "compatible", "arm,pl011");
	text_is(path, "clock-names", "apb_pclk");
	text_is("/chosen", "stdout-path", path);
	assert_int_equal(cells(path, "clocks", 0, 1),
			 fdt_get_phandle(blob, node("/clock")));
}

static void the_console_follows_the_ipa_width(void **state)
{
	struct layout narrow = { .ipa_bits = 33, .ram_size = 0x400000 };
	struct err err;

	(void)state;
	assert_true(dtb_build(&narrow, blob, &err));
	assert_int_equal(cells("/pl011@109000000", "reg", 0, 2), 0x109000000);
	assert_int_equal(cells("/memory@40000000", "reg", 2, 2), 0x400000);
	assert_int_equal(build(NULL), 0);
}

static void the_same_layout_gives_the_same_bytes(void **state)
{
	u8 other[DTB_SIZE];
	struct err err;

	(void)state;
	memset(other, 0xee, sizeof(other));
	assert_true(dtb_build(&layout, other, &err));
	assert_memory_equal(other, blob, DTB_SIZE);
	for (u32 i = fdt_totalsize(blob); i < DTB_SIZE; i++)
		assert_int_equal(blob[i], 0);
}

static void it_lies_in_the_last_block_of_ram(void **state)
{
	static const struct {
		u64 ram_size;
		u64 dtb;
	} rows[] = {
		{ 0x10000000, 0x4fe00000 }, { 0x400000, 0x40200000 },
		{ 0x201000, 0x40200000 },   { 0x200000, 0x40000000 },
		{ 0x40000000, 0x7fe00000 }, { 0x10001000, 0x50000000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct layout other = { 40, rows[i].ram_size };

		assert_int_equal(layout_dtb(&other), rows[i].dtb);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_a_whole_valid_tree),
		cmocka_unit_test(memory_is_ram),
		cmocka_unit_test(the_cpu_has_mpidr_0_and_psci),
		cmocka_unit_test(psci_is_called_by_smc),
		cmocka_unit_test(the_console_is_in_the_shared_half),
		cmocka_unit_test(the_console_follows_the_ipa_width),
		cmocka_unit_test(the_same_layout_gives_the_same_bytes),
		cmocka_unit_test(it_lies_in_the_last_block_of_ram),
	};

	return cmocka_run_group_tests_name("dtb", tests, build, NULL);
}

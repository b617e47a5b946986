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
	.cpus = 1,
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
	struct layout narrow = { .ipa_bits = 33,
				 .ram_size = 0x400000,
				 .cpus = 1 };
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

/* Fills @large with all that a layout can have. */
static void everything(struct layout *large)
{
	struct err err;

	*large = layout;
	large->ipa_bits = IPA_BITS_MAX;
	large->cpus = CPUS_MAX;
	large->gic = true;
	for (int i = 0; i < SHARES_MAX; i++)
		assert_true(layout_add_share(large, 0x7fff00000000 + i * 0x1000,
					     0x1000, &err));
}

static void the_largest_tree_fits(void **state)
{
	struct layout large;
	struct err err = { "" };

	(void)state;
	everything(&large);
	if (!dtb_build(&large, blob, &err))
		fail_msg("%s", err.text);
	assert_int_equal(fdt_check_full(blob, DTB_SIZE), 0);
	assert_int_equal(build(NULL), 0);
}

static void every_cpu_has_its_mpidr(void **state)
{
	struct layout many = layout;
	struct err err;

	(void)state;
	many.cpus = 4;
	assert_true(dtb_build(&many, blob, &err));
	assert_int_equal(cells("/cpus/cpu@3", "reg", 0, 1), 3);
	text_is("/cpus/cpu@3", "enable-method", "psci");
	assert_true(fdt_path_offset(blob, "/cpus/cpu@4") < 0);
	assert_int_equal(layout_mpidr(0xf), 0xf);
	assert_int_equal(layout_mpidr(0x12), 0x102);
	assert_int_equal(build(NULL), 0);
}

static void without_a_gic_there_is_no_timer(void **state)
{
	(void)state;
	assert_true(fdt_path_offset(blob, "/intc@8008000000") < 0);
	assert_true(fdt_path_offset(blob, "/timer") < 0);
	assert_null(fdt_getprop(blob, 0, "interrupt-parent", NULL));
}

static void the_gic_has_a_redistributor_a_cpu(void **state)
{
	static const char gic[] = "/intc@8008000000";
	struct layout with = layout;
	struct err err;

	(void)state;
	with.gic = true;
	with.cpus = 3;
	assert_true(dtb_build(&with, blob, &err));
	text_is(gic, "compatible", "arm,gic-v3");
	assert_int_equal(cells(gic, "reg", 0, 2), 0x8008000000);
	assert_int_equal(cells(gic, "reg", 2, 2), 0x10000);
	assert_int_equal(cells(gic, "reg", 4, 2), 0x80080a0000);
	assert_int_equal(cells(gic, "reg", 6, 2), 0x60000);
	assert_int_equal(cells(gic, "#interrupt-cells", 0, 1), 3);
	assert_int_equal(cells("/", "interrupt-parent", 0, 1),
			 fdt_get_phandle(blob, node(gic)));
	text_is("/timer", "compatible", "arm,armv8-timer");
	/* PPI 14 is INTID 30, the physical timer; PPI 11 is 27, the virtual. */
	assert_int_equal(cells("/timer", "interrupts", 3, 1), 1);
	assert_int_equal(cells("/timer", "interrupts", 4, 1), 14);
	assert_int_equal(cells("/timer", "interrupts", 7, 1), 11);
	assert_int_equal(build(NULL), 0);
}

static void host_files_are_in_the_shared_half(void **state)
{
	static const char file[] = "/file@8020000000";
	struct layout with = layout;
	struct err err;

	(void)state;
	assert_true(layout_add_share(&with, 0x20000000, 0x1234, &err));
	assert_true(dtb_build(&with, blob, &err));
	text_is(file, "compatible", "ccakit,shared-file");
	assert_int_equal(cells(file, "reg", 0, 2), 0x8020000000);
	assert_int_equal(cells(file, "reg", 2, 2), 0x1234);
	assert_int_equal(build(NULL), 0);
}

/* Where a host file may not lie in a realm of 40 bits, and what is said. */
static const struct {
	u64 ipa;
	u64 size;
	const char *text;
} no_room[] = {
	{ 0x20000800, 1, "0x20000800 is not a multiple of a granule (0x1000)" },
	{ 0x8000000000, 1, "end past 0x8000000000, the end of the shared" },
	{ 0x7ffffff000, 0x1001, "end past 0x8000000000" },
	{ 0x7ffffff000, ~0ull, "end past 0x8000000000" },
	{ 0x40000000, 1, "0x1000 bytes at 0x40000000 overlap RAM (0x40000000, "
			 "0x10000000 bytes)" },
	{ 0x3ffff000, 0x1001, "overlap RAM" },
	{ 0x4ffff000, 1, "overlap RAM" },
	{ 0x8000000, 1, "overlap the GIC's distributor" },
	{ 0x809f000, 0x1001, "overlap the GIC's redistributors" },
	{ 0x829f000, 1, "overlap the GIC's redistributors" },
	{ 0x9000000, 1, "overlap the console" },
	{ 0x9010000, 1, "overlap the exit register" },
	{ 0x9020000, 1, "overlap the mailbox" },
	{ 0x20001000, 1, "overlap another file (0x20000000, 0x2000 bytes)" },
};

static void a_host_file_needs_room(void **state)
{
	struct layout with = layout;
	struct err err;

	(void)state;
	assert_true(layout_add_share(&with, 0x20000000, 0x1001, &err));
	for (size_t i = 0; i < sizeof(no_room) / sizeof(*no_room); i++) {
		assert_false(layout_add_share(&with, no_room[i].ipa,
					      no_room[i].size, &err));
		if (!strstr(err.text, no_room[i].text))
			fail_msg("'%s' lacks '%s'", err.text, no_room[i].text);
	}
	assert_true(layout_add_share(&with, 0x20002000, 1, &err));
	assert_true(layout_add_share(&with, 0x3ffff000, 0x1000, &err));
	assert_true(layout_add_share(&with, 0x7ffffff000, 0x1000, &err));
	assert_int_equal(with.share_count, 4);
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
		struct layout other = { .ipa_bits = 40,
					.ram_size = rows[i].ram_size };

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
		cmocka_unit_test(the_largest_tree_fits),
		cmocka_unit_test(every_cpu_has_its_mpidr),
		cmocka_unit_test(without_a_gic_there_is_no_timer),
		cmocka_unit_test(the_gic_has_a_redistributor_a_cpu),
		cmocka_unit_test(host_files_are_in_the_shared_half),
		cmocka_unit_test(a_host_file_needs_room),
	};

	return cmocka_run_group_tests_name("dtb", tests, build, NULL);
}

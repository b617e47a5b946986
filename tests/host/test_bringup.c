// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the kernel says to the RMM at its boot, word by word, and what it makes
 * of answers that are allowed and rare: other granules, RAM that is tracked
 * otherwise, an RMM that is active already.
 */
#include <string.h>

#include <linux/errno.h>

#include "abi/rmi_layout.h"
#include "sim/kernel/pages.h"
#include "sim/machine/calls.h"
#include "sim/machine/gpt.h"
#include "sim/machine/views.h"
#include "tests/host/life.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define GIB 0x40000000ull

static void boot(wire_tap *tap, void (*change)(struct machine_conf *conf))
{
	rig_prepare("rme", change);
	wire_start(tap);
	rig_boot();
	wire_stop();
}

static void assert_reason(const char *reason)
{
	assert_string_equal(sim_kvm_rmi_reason(), reason);
	assert_int_equal(sim_kvm_rmi_available(), !strcmp(reason, "none"));
	rig_assert_clean();
}

/* ---- What the RMM has ---------------------------------------------------- */

static u64 granules; /* RMI_FEATURE_REGISTER_1_GRAN_* */

static bool offer_granules(uint64_t x[SMC_REGS], u64 nth)
{
	const u64 all = RMI_FEATURE_REGISTER_1_GRAN_4K |
			RMI_FEATURE_REGISTER_1_GRAN_16K |
			RMI_FEATURE_REGISTER_1_GRAN_64K;

	if (x[0] != SMC_RMI_FEATURES || x[1] != 1)
		return false;
	wire_pass(x);
	x[1] = (x[1] & ~all) | granules;
	return true;
}

/* The kernel's pages are of 4 KiB. */
static void init_gran_matrix(void **state)
{
	for (granules = 0; granules < 8; granules++) {
		boot(offer_granules, NULL);
		assert_reason(granules & RMI_FEATURE_REGISTER_1_GRAN_4K ?
			      "none" : "granule-size");
		assert_int_equal(wire_calls(SMC_RMI_RMM_CONFIG_SET),
				 sim_kvm_rmi_available());
		rig_stop();
	}
}

/* ---- What it is told ----------------------------------------------------- */

static struct rmm_config told;
static u64 config_page;

static bool host_owns(u64 pa)
{
	uint64_t offset;

	assert_true(views_offset(pa, PAGE_SIZE, &offset));
	return !gpt_is_realm(offset, NULL);
}

static bool read_config(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_RMM_CONFIG_SET) {
		config_page = x[1];
		assert_true(host_owns(config_page));
		memcpy(&told, machine_host_view(config_page), sizeof(told));
	}
	return false;
}

static void cfg_bytes_exact(void **state)
{
	static const struct rmm_config right = {
		.tracking_region_size = 0, /* the one there is for 4 KiB */
		.rmi_granule_size = RMI_GRANULE_SIZE_4KB,
	};

	memset(&told, 0xff, sizeof(told));
	boot(read_config, NULL);
	assert_reason("none");
	assert_int_equal(wire_calls(SMC_RMI_RMM_CONFIG_SET), 1);
	assert_memory_equal(&told, &right, sizeof(told));
}

static void cfg_page_stays_ns(void **state)
{
	boot(read_config, NULL);
	assert_reason("none");
	assert_true(host_owns(config_page));
	assert_int_equal(pages_users(config_page), 0);
	assert_int_equal(pages_in_use(), 0);
}

static bool know_all(uint64_t x[SMC_REGS], u64 nth)
{
	/* The probe for beta 3 is a call that beta 1 does not have. */
	if (x[0] != SMC_RMI_GPT_INFO)
		assert_int_not_equal(call_by_fid(x[0]), CALL_UNKNOWN);
	return false;
}

static void abi_no_foreign_fid(void **state)
{
	rig_prepare("rme", NULL);
	wire_start(know_all);
	rig_boot();
	assert_true(life_live().off);
	wire_stop();
	rig_assert_clean();
}

/* ---- RAM ----------------------------------------------------------------- */

static void odd_ram(struct machine_conf *conf)
{
	conf->ram[0] = (struct machine_ram) { 0x80005000, 0x4003000 };
	conf->ram[1] = (struct machine_ram) { 0xbffff000, 0x8001000 };
	conf->ram[2] = (struct machine_ram) { 0x200000000, 0x1000 };
	conf->ram_count = 3;
}

static u64 tracked; /* bytes that were asked for */

static bool count_tracked(uint64_t x[SMC_REGS], u64 nth)
{
	u64 base = x[1];

	if (x[0] != SMC_RMI_GRANULE_TRACKING_GET)
		return false;
	wire_pass(x);
	tracked += x[3] - base;
	return true;
}

/* Each range of RAM, whatever it is aligned to, and nothing else. */
static void track_unaligned_dram(void **state)
{
	tracked = 0;
	boot(count_tracked, odd_ram);
	assert_reason("none");
	assert_int_equal(tracked, 0x4003000 + 0x8001000 + 0x1000);
	/* 2, 3 and 8 GiB: a level 1 table each; 2 has two ranges. */
	assert_int_equal(wire_calls(SMC_RMI_GPT_L1_CREATE), 1 + 2 + 1);
	assert_true(life_live().off);
	rig_assert_clean();
}

static u64 track_category, track_state;

static bool track_otherwise(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_GRANULE_TRACKING_GET)
		return false;
	wire_pass(x);
	x[1] = track_category;
	x[2] = track_state;
	return true;
}

/* One line says so, with the address, and no warning. */
static void track_coarse_reason(void **state)
{
	static const u64 rows[][2] = {
		{ RMI_MEM_CATEGORY_CONVENTIONAL, RMI_TRACKING_NONE },
		{ RMI_MEM_CATEGORY_CONVENTIONAL, RMI_TRACKING_COARSE },
		{ RMI_MEM_CATEGORY_CONVENTIONAL, 0 },
		{ RMI_MEM_CATEGORY_CONVENTIONAL + 1, RMI_TRACKING_FINE },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		track_category = rows[i][0];
		track_state = rows[i][1];
		boot(track_otherwise, NULL);
		assert_reason("tracking");
		assert_int_equal(rig_log_count("RAM at 0x80000000"), 1);
		assert_int_equal(wire_calls(SMC_RMI_GPT_L1_CREATE), 0);
		rig_stop();
	}
}

static void much_ram(struct machine_conf *conf)
{
	conf->ram[0].size = 4 * GIB;
}

static bool fail_third_table(uint64_t x[SMC_REGS], u64 nth)
{
	return x[0] == SMC_RMI_GPT_L1_CREATE && nth == 3 ?
	       wire_answer(x, RMI_ERROR_INPUT) : false;
}

static void gpt_fail_midway(void **state)
{
	boot(fail_third_table, much_ram);
	assert_reason("gpt");
	assert_int_equal(wire_calls(SMC_RMI_GPT_L1_CREATE), 3);
	assert_int_equal(rig_log_count("RMI_GPT_L1_CREATE"), 1);
}

/* ---- An RMM that is active already --------------------------------------- */

/* As a kernel that was started by another one. */
static void kexec_second_init(void **state)
{
	boot(know_all, NULL);
	assert_reason("none");
	sim_kvm_shutdown();
	rig_boot();
	assert_reason("none");
	assert_int_equal(rig_calls("RMM_CONFIG_GET"), 1);
	assert_int_equal(rig_calls("RMM_ACTIVATE"), 1);
	assert_true(life_live().off);
	rig_assert_clean();
}

static bool active_with_16k(uint64_t x[SMC_REGS], u64 nth)
{
	struct rmm_config *config = machine_host_view(x[1]);

	if (x[0] == SMC_RMI_RMM_CONFIG_SET)
		return wire_answer(x, RMI_ERROR_GLOBAL);
	if (x[0] != SMC_RMI_RMM_CONFIG_GET)
		return false;
	wire_pass(x);
	config->rmi_granule_size = RMI_GRANULE_SIZE_16KB;
	return true;
}

static void kexec_with_other_granules(void **state)
{
	boot(active_with_16k, NULL);
	assert_reason("config");
	assert_int_equal(wire_calls(SMC_RMI_RMM_ACTIVATE), 0);
}

static int teardown(void **state)
{
	wire_stop();
	rig_stop();
	return 0;
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(init_gran_matrix),
		TEST(cfg_bytes_exact),
		TEST(cfg_page_stays_ns),
		TEST(abi_no_foreign_fid),
		TEST(track_unaligned_dram),
		TEST(track_coarse_reason),
		TEST(gpt_fail_midway),
		TEST(kexec_second_init),
		TEST(kexec_with_other_granules),
	};

	return cmocka_run_group_tests_name("bring-up", tests, NULL, NULL);
}

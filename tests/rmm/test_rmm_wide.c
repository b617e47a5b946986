/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The dispatcher, and the commands that are about the RMM as a whole: VERSION,
 * FEATURES, RMM_CONFIG_*, RMM_ACTIVATE.
 */
#include <string.h>

#include "abi/rmi_layout.h"
#include "fixture.h"
#include "rmm/rec.h"
#include "rmm/rmi/rmi.h"
#include "rmm/rmm.h"

#define RAM0_TOP (FAKE_RAM0_BASE + FAKE_RAM0_SIZE)
#define RAM1_TOP (FAKE_RAM1_BASE + FAKE_RAM1_SIZE)
#define V(major, minor) RMI_ABI_VERSION(major, minor)

/* Setup: RMM state INIT. */
static int init_state(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

/* ---- Dispatcher -------------------------------------------------------- */

static void expect_untouched(uint64_t fid)
{
	uint64_t x[18];

	for (unsigned int i = 0; i < 18; i++)
		x[i] = 0x1111111111111111ull * i;
	x[0] = fid;
	rmm_handle_smc(x);
	assert_int_equal(x[0], SMCCC_NOT_SUPPORTED);
	for (unsigned int i = 1; i < 18; i++)
		assert_int_equal(x[i], 0x1111111111111111ull * i);
}

static void an_unknown_command_leaves_all_but_x0(void **state)
{
	static const uint32_t fnums[] = { 0x151, 0x152, 0x154, 0x155, 0x15f,
					  0x162, 0x167, 0x18f, 0x1d0, 0x1ee,
					  0x1f0, 0x20b, 0x211, 0x2cf, 0,
					  0xffff };

	(void)state;
	for (unsigned int i = 0; i < sizeof(fnums) / sizeof(fnums[0]); i++)
		expect_untouched(SMC_RMI_CALL(fnums[i]));
}

static void the_32_bit_form_of_a_command_is_unknown(void **state)
{
	(void)state;
	expect_untouched(SMC_RMI_VERSION & ~SMCCC_SMC64);
	expect_untouched(SMC_RMI_VERSION & ~SMCCC_FAST);
}

static void another_owner_of_the_same_number_is_unknown(void **state)
{
	(void)state;
	expect_untouched(SMC_RMI_VERSION + 0x1000000);
}

static void the_sve_hint_makes_no_difference(void **state)
{
	(void)state;
	assert_int_equal(fake_smc(SMC_RMI_VERSION | SMCCC_SVE_HINT, V(2, 0), 0,
				  0, 0, 0, 0),
			 RMI_SUCCESS);
	expect_untouched(SMC_RMI_CALL(0x151) | SMCCC_SVE_HINT);
}

static void x1_to_x3_are_cleared_and_the_rest_is_kept(void **state)
{
	(void)state;
	assert_int_equal(fake_smc(SMC_RMI_FEATURES, 99, 2, 3, 4, 5, 6),
			 RMI_SUCCESS);
	for (unsigned int i = 1; i <= 3; i++)
		assert_int_equal(fake_out[i], 0);
	for (unsigned int i = 4; i <= 6; i++)
		assert_int_equal(fake_out[i], i);
	for (unsigned int i = 7; i < 18; i++)
		assert_int_equal(fake_out[i], 0x5a5a000000000000ull | i);
}

static void only_a_fourth_result_writes_x4(void **state)
{
	uint64_t rd = fixture_realm_default();

	(void)state;
	fake_smc(SMC_RMI_RTT_READ_ENTRY, rd, 0, 1, 77, 5, 6);
	assert_int_equal(fake_out[0], RMI_SUCCESS);
	assert_int_equal(fake_out[4], 0);
	assert_int_equal(fake_out[5], 5);
	fake_smc(SMC_RMI_RTT_INIT_RIPAS, rd, 0, BLOCK1, 77, 5, 6);
	assert_int_equal(fake_out[0], RMI_SUCCESS);
	assert_int_equal(fake_out[4], 77);
}

static void before_activation_only_six_commands_are_let_in(void **state)
{
	(void)state;
#define EXPECT_GATE(NAME, name, args, results) \
	if (SMC_RMI_##NAME != SMC_RMI_VERSION && \
	    SMC_RMI_##NAME != SMC_RMI_FEATURES && \
	    SMC_RMI_##NAME != SMC_RMI_RMM_CONFIG_GET && \
	    SMC_RMI_##NAME != SMC_RMI_RMM_CONFIG_SET && \
	    SMC_RMI_##NAME != SMC_RMI_RMM_ACTIVATE && \
	    SMC_RMI_##NAME != SMC_RMI_GRANULE_TRACKING_GET) { \
		assert_int_equal(fake_smc(SMC_RMI_##NAME, 1, 2, 3, 4, 5, 6), \
				 RMI_ERROR_GLOBAL); \
		assert_int_equal(fake_out[1], 0); \
	}
	RMI_CALL_TABLE(EXPECT_GATE)
#undef EXPECT_GATE
}

static void the_gate_comes_before_all_arguments(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, pa + PAGE),
			 RMI_ERROR_GLOBAL);
	assert_int_equal(fake_pas(pa), FAKE_NS);
}

/* ---- VERSION ----------------------------------------------------------- */

static void expect_version(uint64_t request, uint64_t ret)
{
	assert_int_equal(rmi(VERSION, request), ret);
	assert_int_equal(fake_out[1], V(2, 0));
	assert_int_equal(fake_out[2], V(2, 0));
}

static void version_2_0_is_ours(void **state)
{
	(void)state;
	expect_version(V(2, 0), RMI_SUCCESS);
}

static void any_other_version_is_refused_and_ours_named(void **state)
{
	(void)state;
	expect_version(V(1, 0), RMI_ERROR_INPUT);
	expect_version(V(1, 1), RMI_ERROR_INPUT);
	expect_version(V(2, 1), RMI_ERROR_INPUT);
	expect_version(V(3, 0), RMI_ERROR_INPUT);
	expect_version(0, RMI_ERROR_INPUT);
	expect_version(V(2, 0) | 1ull << 63, RMI_ERROR_INPUT);
}

/* ---- FEATURES ---------------------------------------------------------- */

static void feature_register_0_is_the_machines(void **state)
{
	(void)state;
	assert_int_equal(rmi(FEATURES, 0), RMI_SUCCESS);
	/* 48 bits, 6 breakpoints, 4 watchpoints; no LPA2, SVE or PMU. */
	assert_int_equal(fake_out[1], 48 | 5 << 14 | 3 << 20);
}

static void feature_register_1_is_ours(void **state)
{
	(void)state;
	assert_int_equal(rmi(FEATURES, 1), RMI_SUCCESS);
	/* All granules, SHA-256, SHA-512, L0GPTSZ 0 (30 bits), PPS 5 (48). */
	assert_int_equal(fake_out[1], 7 << 0 | 1 << 3 | 1 << 5 |
				      REC_MAX_ORDER << 6 | 0 << 10 | 5 << 14);
}

static void feature_register_1_follows_the_machine(void **state)
{
	(void)state;
	fake.l0gpt_shift = 36;
	fake.features.pa_bits = 44;
	fake.features.granule_sizes = 5;
	rmi(FEATURES, 1);
	assert_int_equal(fake_out[1] & 7, 5);
	assert_int_equal(FIELD_GET(RMI_FEATURE_REGISTER_1_L0GPTSZ,
				   fake_out[1]), 6);
	assert_int_equal(FIELD_GET(RMI_FEATURE_REGISTER_1_PPS, fake_out[1]),
			 4);
}

static void all_other_feature_registers_are_zero(void **state)
{
	static const uint64_t indices[] = { 2, 3, 4, 5, 1ull << 32, ~0ull };

	(void)state;
	for (unsigned int i = 0; i < sizeof(indices) / sizeof(indices[0]);
	     i++) {
		assert_int_equal(rmi(FEATURES, indices[i]), RMI_SUCCESS);
		assert_int_equal(fake_out[1], 0);
	}
}

/* ---- Configuration and activation -------------------------------------- */

static void config_get_fills_the_whole_page(void **state)
{
	uint64_t page = fake_ns_page();
	const uint8_t *bytes = fake_view(page);

	(void)state;
	memset(fake_view(page), 0xee, PAGE);
	assert_int_equal(rmi(RMM_CONFIG_GET, page), RMI_SUCCESS);
	for (unsigned int i = 0; i < PAGE; i++)
		assert_int_equal(bytes[i], 0);
}

static void config_get_wants_a_page(void **state)
{
	(void)state;
	assert_refused(rmi(RMM_CONFIG_GET, 0), RMI_ERROR_INPUT);
	assert_refused(rmi(RMM_CONFIG_GET, fake.next_ns_page - PAGE + 8),
		       RMI_ERROR_INPUT);
}

/* Also on a machine that has memory there. */
static void configurations_are_never_at_0(void **state)
{
	(void)state;
	fake.ram[0].base = 0;
	fake_boot();
	assert_refused(rmi(RMM_CONFIG_GET, 0), RMI_ERROR_INPUT);
	assert_refused(rmi(RMM_CONFIG_SET, 0), RMI_ERROR_INPUT);
}

/* Another CPU has activated the RMM behind the gate. */
static void two_cpus_activate_it_once(void **state)
{
	uint64_t page = fake_ns_page();
	const uint64_t in[7] = { 0, page };
	uint64_t out[5] = { 0 };

	(void)state;
	assert_int_equal(rmm_state(), RMM_ACTIVE);
	assert_int_equal(rmi_rmm_activate(in, out), RMI_ERROR_GLOBAL);
	assert_int_equal(rmi_rmm_config_set(in, out), RMI_ERROR_GLOBAL);
	assert_int_equal(rmm_state(), RMM_ACTIVE);
}

static void config_get_wants_ns_memory(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	assert_refused(rmi(RMM_CONFIG_GET, pa), RMI_ERROR_INPUT);
	assert_refused(rmi(RMM_CONFIG_GET, RAM0_TOP), RMI_ERROR_INPUT);
}

static void config_get_reports_a_fault(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	fake.ns_write_fails = true;
	assert_refused(rmi(RMM_CONFIG_GET, page), RMI_ERROR_INPUT);
}

static uint64_t set_config(uint8_t granule, uint8_t region)
{
	uint64_t page = fake_ns_page();
	struct rmm_config *config = fake_view(page);

	config->rmi_granule_size = granule;
	config->tracking_region_size = region;
	return rmi(RMM_CONFIG_SET, page);
}

/* Region sizes go with granule sizes: one for 4 KiB, two for each other. */
static bool is_pair(unsigned int granule, unsigned int region)
{
	static const unsigned int regions[] = { 1, 2, 2 };

	return granule < 3 && region < regions[granule];
}

static void config_set_takes_pairs_that_fit(void **state)
{
	(void)state;
	for (unsigned int granule = 0; granule < 256; granule++) {
		for (unsigned int region = 0; region < 4; region++)
			assert_int_equal(set_config(granule, region),
					 is_pair(granule, region) ?
						 RMI_SUCCESS : RMI_ERROR_INPUT);
		fake_boot();
	}
}

static void config_set_takes_what_the_machine_has(void **state)
{
	(void)state;
	fake.features.granule_sizes = 1;
	assert_int_equal(set_config(RMI_GRANULE_SIZE_16KB, 0),
			 RMI_ERROR_INPUT);
	assert_int_equal(set_config(RMI_GRANULE_SIZE_64KB, 0),
			 RMI_ERROR_INPUT);
	assert_int_equal(set_config(RMI_GRANULE_SIZE_4KB, 0), RMI_SUCCESS);
}

static void config_get_tells_what_was_set(void **state)
{
	uint64_t page;

	(void)state;
	assert_int_equal(set_config(RMI_GRANULE_SIZE_16KB, 1), RMI_SUCCESS);
	page = fake_ns_page();
	assert_int_equal(rmi(RMM_CONFIG_GET, page), RMI_SUCCESS);
	assert_int_equal(((uint8_t *)fake_view(page))[0], 1);
	assert_int_equal(((uint8_t *)fake_view(page))[8],
			 RMI_GRANULE_SIZE_16KB);
}

static void the_last_configuration_counts(void **state)
{
	uint64_t pa;

	(void)state;
	assert_int_equal(set_config(RMI_GRANULE_SIZE_64KB, 0), RMI_SUCCESS);
	assert_int_equal(granules_total() % 16, 0);
	assert_int_equal(set_config(RMI_GRANULE_SIZE_4KB, 0), RMI_SUCCESS);
	assert_int_equal(rmi(RMM_ACTIVATE), RMI_SUCCESS);
	pa = fake_granules(1);
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, pa + 0x1000),
			 RMI_SUCCESS);
}

static void a_refused_configuration_changes_nothing(void **state)
{
	(void)state;
	assert_int_equal(set_config(RMI_GRANULE_SIZE_64KB, 0), RMI_SUCCESS);
	assert_int_equal(set_config(RMI_GRANULE_SIZE_4KB, 1), RMI_ERROR_INPUT);
	assert_int_equal(granule_size(), 0x10000);
}

static void config_set_wants_a_page_of_ns_memory(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(rmi(RMM_CONFIG_SET, 0), RMI_ERROR_INPUT);
	assert_refused(rmi(RMM_CONFIG_SET, page + 4), RMI_ERROR_INPUT);
	assert_refused(rmi(RMM_CONFIG_SET, RAM1_TOP), RMI_ERROR_INPUT);
	fake_set_pas(page, FAKE_SECURE);
	assert_refused(rmi(RMM_CONFIG_SET, page), RMI_ERROR_INPUT);
}

static void config_set_reports_a_fault_at_any_read(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	for (unsigned int read = 1; read <= 2; read++) {
		fake.ns_read_countdown = read;
		assert_refused(rmi(RMM_CONFIG_SET, page), RMI_ERROR_INPUT);
	}
}

static void activation_happens_once(void **state)
{
	(void)state;
	assert_int_equal(rmm_state(), RMM_INIT);
	assert_int_equal(rmi(RMM_ACTIVATE), RMI_SUCCESS);
	assert_int_equal(rmm_state(), RMM_ACTIVE);
	assert_int_equal(rmi(RMM_ACTIVATE), RMI_ERROR_GLOBAL);
	assert_int_equal(rmm_state(), RMM_ACTIVE);
}

static void activation_needs_no_config_set(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	assert_int_equal(rmi(RMM_ACTIVATE), RMI_SUCCESS);
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, pa + PAGE),
			 RMI_SUCCESS);
}

static void config_set_is_over_once_active(void **state)
{
	(void)state;
	assert_int_equal(rmi(RMM_CONFIG_SET, fake_ns_page()),
			 RMI_ERROR_GLOBAL);
	assert_int_equal(rmi(RMM_CONFIG_SET, 0), RMI_ERROR_GLOBAL);
	assert_int_equal(rmi(RMM_CONFIG_GET, fake_ns_page()), RMI_SUCCESS);
}

#define init_test(name) cmocka_unit_test_setup(name, init_state)

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(an_unknown_command_leaves_all_but_x0),
		fixture_test(the_32_bit_form_of_a_command_is_unknown),
		fixture_test(another_owner_of_the_same_number_is_unknown),
		fixture_test(the_sve_hint_makes_no_difference),
		fixture_test(x1_to_x3_are_cleared_and_the_rest_is_kept),
		fixture_test(only_a_fourth_result_writes_x4),
		init_test(before_activation_only_six_commands_are_let_in),
		init_test(the_gate_comes_before_all_arguments),
		init_test(version_2_0_is_ours),
		fixture_test(any_other_version_is_refused_and_ours_named),
		init_test(feature_register_0_is_the_machines),
		init_test(feature_register_1_is_ours),
		init_test(feature_register_1_follows_the_machine),
		fixture_test(all_other_feature_registers_are_zero),
		init_test(config_get_fills_the_whole_page),
		fixture_test(config_get_wants_a_page),
		fixture_test(two_cpus_activate_it_once),
		fixture_test(configurations_are_never_at_0),
		fixture_test(config_get_wants_ns_memory),
		fixture_test(config_get_reports_a_fault),
		init_test(config_set_takes_pairs_that_fit),
		init_test(config_set_takes_what_the_machine_has),
		init_test(config_get_tells_what_was_set),
		init_test(the_last_configuration_counts),
		init_test(a_refused_configuration_changes_nothing),
		init_test(config_set_wants_a_page_of_ns_memory),
		init_test(config_set_reports_a_fault_at_any_read),
		init_test(activation_happens_once),
		init_test(activation_needs_no_config_set),
		fixture_test(config_set_is_over_once_active),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

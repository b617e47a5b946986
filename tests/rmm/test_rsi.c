/* SPDX-License-Identifier: BSD-3-Clause */
/* What a realm gets for its SMCs: dispatch, and RSI but for HOST_CALL. */
#include <string.h>

#include "abi/rsi_layout.h"
#include "smc_kit.h"

#define NOT_SUPPORTED SMCCC_NOT_SUPPORTED

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* ---- Dispatch ---------------------------------------------------------- */

static void unknown_functions_are_not_supported(void **state)
{
	static const uint64_t fids[] = {
		SMC_RSI_ATTESTATION_TOKEN_INIT,
		SMC_RSI_ATTESTATION_TOKEN_CONTINUE,
		0xc400019a, 0xc40001af, 0xc40001b0, 0xc4000150, 0x84000190,
		0x80000001, 0x84000050, 0x8600ff01, 0x84000020, 0,
	};

	for (unsigned int i = 0; i < sizeof(fids) / sizeof(fids[0]); i++) {
		setup(state);
		SMC(fids[i], 1, 2, 3);
		assert_answer(NOT_SUPPORTED, 1, 2, 3);
	}
}

static void the_sve_hint_is_ignored(void **state)
{
	(void)state;
	SMC(SMC_RSI_VERSION | SMCCC_SVE_HINT, RSI_ABI_VERSION_1_0);
	assert_answer(0, 0x10000, 0x10000, 0);
}

static void the_function_is_in_the_low_word(void **state)
{
	(void)state;
	SMC(0xffffffff00000000 | SMC_RSI_FEATURES, 0);
	assert_answer(0, 0, 0, 0);
}

static void smccc_version_is_1_2(void **state)
{
	(void)state;
	SMC(SMCCC_VERSION, 1, 2, 3);
	assert_answer(0x10002, 1, 2, 3);
}

/* ---- VERSION, FEATURES ------------------------------------------------- */

static void version_speaks_1_0_and_nothing_else(void **state)
{
	static const struct {
		uint64_t request;
		uint64_t status;
	} rows[] = {
		{ 0x10000, RSI_SUCCESS },
		{ 0x10001, RSI_ERROR_INPUT },
		{ 0x20000, RSI_ERROR_INPUT },
		{ 0x0ffff, RSI_ERROR_INPUT },
		{ 0, RSI_ERROR_INPUT },
		{ 0x100010000, RSI_ERROR_INPUT },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		SMC(SMC_RSI_VERSION, rows[i].request, 7, 7);
		assert_answer(rows[i].status, 0x10000, 0x10000, 0);
	}
}

static void features_are_zero(void **state)
{
	static const uint64_t indexes[] = { 0, 1, 2, ~0ull };

	for (unsigned int i = 0; i < 4; i++) {
		setup(state);
		SMC(SMC_RSI_FEATURES, indexes[i], 7, 7);
		assert_answer(0, 0, 0, 0);
	}
}

/* ---- Buffers, by REALM_CONFIG ------------------------------------------ */

static void config_fills_the_page(void **state)
{
	struct realm_config want;

	(void)state;
	memset(&want, 0, sizeof(want));
	want.ipa_width = KIT_IPA_BITS;
	for (unsigned int i = 0; i < 64; i++)
		want.rpv[i] = (uint8_t)(0xa0 + i);
	memset(fake_view(kit.data), 0xee, GRANULE_SIZE);
	fake.icache_calls = 0;
	SMC(SMC_RSI_REALM_CONFIG, KIT_CODE, 7, 7);
	assert_answer(0, 0, 0, 0);
	assert_memory_equal(fake_view(kit.data), &want, sizeof(want));
	assert_int_equal(fake.icache_calls, 1);
}

static void config_names_the_hash(void **state)
{
	const struct realm_config *config;

	(void)state;
	kit_rd()->hash = CRYPTO_SHA_512;
	SMC(SMC_RSI_REALM_CONFIG, KIT_CODE);
	assert_answer(0, 0, 0, 0);
	config = fake_view(kit.data);
	assert_int_equal(config->hash_algo, RMI_HASH_SHA_512);
}

static void a_bad_buffer_is_an_input_error(void **state)
{
	static const uint64_t bad[] = {
		KIT_CODE + 8, KIT_CODE + 0x800, KIT_EMPTY, KIT_UNPROTECTED,
		KIT_UNPROTECTED | KIT_CODE, 1ull << KIT_IPA_BITS, 1ull << 52,
		~0xfffull,
	};

	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setup(state);
		SMC(SMC_RSI_REALM_CONFIG, bad[i], 7, 7);
		assert_answer(RSI_ERROR_INPUT, 0, 0, 0);
	}
}

static void an_empty_buffer_is_bad_even_with_a_page(void **state)
{
	static const uint8_t zero[GRANULE_SIZE];

	(void)state;
	kit_set_ripas(KIT_CODE, RMI_EMPTY);
	SMC(SMC_RSI_REALM_CONFIG, KIT_CODE);
	assert_answer(RSI_ERROR_INPUT, 0, 0, 0);
	assert_memory_equal(fake_view(kit.data), zero, GRANULE_SIZE);
}

static void an_absent_buffer_is_asked_of_the_host(void **state)
{
	struct pe before;

	(void)state;
	before = kit_rec()->pe;
	SMC(SMC_RSI_REALM_CONFIG, KIT_VOID_RAM);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_absent(KIT_VOID_RAM, 3);
	before.x[0] = SMC_RSI_REALM_CONFIG;
	before.x[1] = KIT_VOID_RAM;
	assert_memory_equal(&kit_rec()->pe, &before, sizeof(before));
	/* No abort that the host could emulate, or turn into an SEA. */
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(ERROR_REC));
}

static void the_call_works_when_the_host_has_mapped_it(void **state)
{
	(void)state;
	SMC(SMC_RSI_REALM_CONFIG, KIT_VOID_RAM);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	kit_map(KIT_VOID_RAM);
	SMC(SMC_RSI_REALM_CONFIG, KIT_VOID_RAM);
	assert_answer(0, 0, 0, 0);
}

static void a_destroyed_buffer_is_asked_of_the_host(void **state)
{
	(void)state;
	kit_set_ripas(KIT_CODE, RMI_DESTROYED);
	SMC(SMC_RSI_REALM_CONFIG, KIT_CODE);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_absent(KIT_CODE, 3);
}

static void a_missing_table_shows_in_the_level(void **state)
{
	(void)state;
	kit_set_ripas(0xc0000000, RMI_RAM);
	SMC(SMC_RSI_REALM_CONFIG, 0xc0005000);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_absent(0xc0005000, 1);
}

/* ---- Measurements ------------------------------------------------------ */

static void measurement_read_pads_with_zeros(void **state)
{
	const struct pe *pe;

	(void)state;
	for (unsigned int index = 0; index < RSI_MEASUREMENTS; index++) {
		memset(kit_rd()->measurement[index], 0x10 + (int)index, 32);
		kit_rec()->pe.pc = KIT_CODE;
		SMC(SMC_RSI_MEASUREMENT_READ, index, ~0, ~0, ~0, ~0, ~0, ~0,
		    ~0, 0x99, 0xaa);
		pe = after();
		assert_int_equal(pe->x[0], 0);
		assert_memory_equal(&pe->x[1], kit_rd()->measurement[index],
				    RSI_MEASUREMENT_SIZE);
		assert_int_equal(pe->x[5] | pe->x[6] | pe->x[7] | pe->x[8], 0);
		assert_int_equal(pe->x[9], 0x99);
		assert_int_equal(pe->x[10], 0xaa);
	}
}

static void measurement_read_knows_five_registers(void **state)
{
	static const uint64_t bad[] = { 5, 6, 1ull << 32, ~0ull };

	for (unsigned int i = 0; i < 4; i++) {
		setup(state);
		SMC(SMC_RSI_MEASUREMENT_READ, bad[i], 7, 7);
		assert_answer(RSI_ERROR_INPUT, 0, 0, 0);
	}
}

static void measurement_extend_extends_one_rem(void **state)
{
	uint8_t old[RSI_MEASUREMENTS][RSI_MEASUREMENT_SIZE];
	/* SHA-256 of 32 zero bytes and of 01 02 ... 08. */
	static const uint8_t want[] = {
		0xf0, 0xba, 0xc6, 0x15, 0x7e, 0xae, 0xc3, 0x4c,
		0x93, 0x68, 0xf0, 0x9d, 0x78, 0x3a, 0xa3, 0xa4,
		0x7a, 0xe1, 0xff, 0x0e, 0x29, 0x5a, 0xeb, 0x32,
		0x2b, 0x06, 0x3e, 0x9f, 0x60, 0xfe, 0xee, 0xb3,
	};

	(void)state;
	memcpy(old, kit_rd()->measurement, sizeof(old));
	SMC(SMC_RSI_MEASUREMENT_EXTEND, 2, 8, 0x0807060504030201);
	assert_answer(0, 0, 0, 0);
	memcpy(old[2], want, sizeof(want));
	assert_memory_equal(old, kit_rd()->measurement, sizeof(old));
}

static void measurement_extend_takes_64_bytes_from_x3_to_x10(void **state)
{
	/* 01 02 ... 40: the vector of the measurement tests. */
	static const uint8_t want[] = { 0x43, 0xb8, 0x24, 0x55 };
	uint64_t x[8];

	(void)state;
	for (unsigned int i = 0; i < 64; i++)
		((uint8_t *)x)[i] = (uint8_t)(i + 1);
	SMC(SMC_RSI_MEASUREMENT_EXTEND, 4, 64, x[0], x[1], x[2], x[3], x[4],
	    x[5], x[6], x[7]);
	assert_int_equal(after()->x[0], 0);
	assert_memory_equal(kit_rd()->measurement[4], want, sizeof(want));
}

static void measurement_extend_refuses_the_rim_and_too_much(void **state)
{
	static const uint64_t bad[][2] = {
		{ 0, 8 }, { 5, 8 }, { ~0ull, 8 }, { 1ull << 32, 8 }, { 1, 65 },
		{ 1, ~0ull }, { 1, 1ull << 32 },
	};
	struct kit_world world;

	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setup(state);
		memcpy(world.rd, kit_rd(), GRANULE_SIZE);
		SMC(SMC_RSI_MEASUREMENT_EXTEND, bad[i][0], bad[i][1], 7);
		assert_answer(RSI_ERROR_INPUT, 0, 0, 0);
		assert_memory_equal(world.rd, kit_rd(), GRANULE_SIZE);
	}
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(unknown_functions_are_not_supported),
		CASE(the_sve_hint_is_ignored),
		CASE(the_function_is_in_the_low_word),
		CASE(smccc_version_is_1_2),
		CASE(version_speaks_1_0_and_nothing_else),
		CASE(features_are_zero),
		CASE(config_fills_the_page),
		CASE(config_names_the_hash),
		CASE(a_bad_buffer_is_an_input_error),
		CASE(an_empty_buffer_is_bad_even_with_a_page),
		CASE(an_absent_buffer_is_asked_of_the_host),
		CASE(the_call_works_when_the_host_has_mapped_it),
		CASE(a_destroyed_buffer_is_asked_of_the_host),
		CASE(a_missing_table_shows_in_the_level),
		CASE(measurement_read_pads_with_zeros),
		CASE(measurement_read_knows_five_registers),
		CASE(measurement_extend_extends_one_rem),
		CASE(measurement_extend_takes_64_bytes_from_x3_to_x10),
		CASE(measurement_extend_refuses_the_rim_and_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

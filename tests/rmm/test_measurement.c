/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements against vectors: those of a run of another RMM, and those
 * computed from the specification's layouts by other means.
 */
#include <stdio.h>
#include <string.h>

#include "realm_kit.h"
#include "rmm/measurement.h"

static struct rd rd;
static struct realm_params params;
static struct rec_params rec;
static uint8_t page[GRANULE_SIZE];

static void assert_hex(unsigned int index, const char *want)
{
	char hex[2 * RSI_MEASUREMENT_SIZE + 1] = "";
	size_t size = strlen(want) / 2;

	for (size_t i = 0; i < size; i++)
		sprintf(&hex[2 * i], "%02x", rd.measurement[index][i]);
	assert_string_equal(hex, want);
	for (size_t i = size; i < RSI_MEASUREMENT_SIZE; i++)
		assert_int_equal(rd.measurement[index][i], 0);
}

static void start(enum crypto_hash hash)
{
	rd.hash = hash;
	params.hash_algo = hash == CRYPTO_SHA_512 ? RMI_HASH_SHA_512 :
						    RMI_HASH_SHA_256;
	memset(rd.measurement, 0xee, sizeof(rd.measurement));
	measurement_start(&rd, &params);
}

/* A realm as the peer's vectors have it. */
static int peer_setup(void **state)
{
	(void)state;
	memset(&params, 0, sizeof(params));
	memset(&rec, 0, sizeof(rec));
	memset(page, 0, sizeof(page));
	params.s2sz = 40;
	params.num_bps = 1;
	params.num_wps = 1;
	rec.flags = RMI_REC_PARAM_FLAG_RUNNABLE;
	rec.pc = 0x555555574fe0;
	start(CRYPTO_SHA_256);
	return 0;
}

static int layout_setup(void **state)
{
	(void)state;
	memset(&params, 0, sizeof(params));
	memset(&rec, 0, sizeof(rec));
	memset(page, 0x5a, sizeof(page));
	params.s2sz = 33;
	params.num_bps = 5;
	params.num_wps = 3;
	rec.flags = RMI_REC_PARAM_FLAG_RUNNABLE;
	rec.pc = 0x40000000;
	rec.gprs[0] = 0x48000000;
	start(CRYPTO_SHA_256);
	return 0;
}

static void data(uint64_t flags)
{
	measurement_extend_data(&rd, 0x40000000, flags, page);
}

static void peer_no_data(void **state)
{
	(void)state;
	measurement_extend_rec(&rd, &rec);
	assert_hex(0, "1a3300abfab53be18699257ba33a301cdb2a88e6ef3acba9eb737937"
		      "ca37528b");
}

static void peer_measured_page(void **state)
{
	(void)state;
	data(RMI_MEASURE_CONTENT);
	measurement_extend_rec(&rd, &rec);
	assert_hex(0, "8af51a44cda3dceec50364d5be36978bf6a58b1c466d7e9a9678c9da"
		      "0feaf318");
}

static void peer_unmeasured_page(void **state)
{
	(void)state;
	data(0);
	measurement_extend_rec(&rd, &rec);
	assert_hex(0, "55b38960912e159a72774a69b1a1134b00c19f6a5bb1e1677a559697"
		      "a14b82bc");
}

static void params_are_the_first_rim(void **state)
{
	(void)state;
	assert_hex(0, "53de626e00bd6e56fdab0d092b7963081274c9b3d1cbbe5bbfe87ce9"
		      "f2f294e8");
}

static void rems_start_at_zero(void **state)
{
	(void)state;
	for (unsigned int i = 1; i < RSI_MEASUREMENTS; i++)
		assert_hex(i, "");
}

static void measured_page(void **state)
{
	(void)state;
	data(RMI_MEASURE_CONTENT);
	assert_hex(0, "8b7c55616524458e5afbe65260ac1626d56c666894cd98a38c406032"
		      "dfc18975");
}

static void unmeasured_page(void **state)
{
	(void)state;
	data(0);
	assert_hex(0, "27d97d63d5577783ae5e162be1ec7bd727d2dcf75e2b5fd0e6c2ab77"
		      "7b093c31");
}

static void content_does_not_count_unmeasured(void **state)
{
	(void)state;
	page[5] ^= 1;
	data(0);
	assert_hex(0, "27d97d63d5577783ae5e162be1ec7bd727d2dcf75e2b5fd0e6c2ab77"
		      "7b093c31");
}

static void page_and_rec(void **state)
{
	(void)state;
	data(RMI_MEASURE_CONTENT);
	measurement_extend_rec(&rd, &rec);
	assert_hex(0, "3add6e11a66ef24df47d4ab164abe170e7a9064e2f1f76c1c5eb5cea"
		      "1cc1a86c");
}

static void page_and_rec_sha_512(void **state)
{
	(void)state;
	start(CRYPTO_SHA_512);
	data(RMI_MEASURE_CONTENT);
	measurement_extend_rec(&rd, &rec);
	assert_hex(0, "752a39b34d068b42f7f5e4f1609d9880b638171b5220c4ad35abc339"
		      "f29dd1834eed267268d009d562771fbb0ee09d20506a311c6d429c27"
		      "597c66dc97f0859a");
}

/* Where the realm lives, and its name, are not what it is. */
static void only_the_reduced_params_count(void **state)
{
	(void)state;
	memset(params.rpv, 0x77, sizeof(params.rpv));
	params.rtt_base = 0x80001000;
	params.rtt_level_start = 1;
	params.rtt_num_start = 1;
	params.num_aux_planes = 3;
	params.flags1 = 7;
	start(CRYPTO_SHA_256);
	params_are_the_first_rim(state);
}

static void each_reduced_param_counts(void **state)
{
	uint8_t first[RSI_MEASUREMENT_SIZE];
	static const size_t offsets[] = {
		offsetof(struct realm_params, flags0),
		offsetof(struct realm_params, s2sz),
		offsetof(struct realm_params, sve_vl),
		offsetof(struct realm_params, num_bps),
		offsetof(struct realm_params, num_wps),
		offsetof(struct realm_params, pmu_num_ctrs),
	};

	(void)state;
	memcpy(first, rd.measurement[0], sizeof(first));
	for (unsigned int i = 0; i < sizeof(offsets) / sizeof(offsets[0]);
	     i++) {
		((uint8_t *)&params)[offsets[i]] ^= 0x10;
		start(CRYPTO_SHA_256);
		assert_memory_not_equal(first, rd.measurement[0],
					sizeof(first));
		((uint8_t *)&params)[offsets[i]] ^= 0x10;
	}
}

static void mpidr_of_a_rec_does_not_count(void **state)
{
	(void)state;
	rec.mpidr = 0x101;
	page_and_rec(state);
}

static uint8_t counting[RSI_MEASUREMENT_SIZE];

static void count_up(void)
{
	for (unsigned int i = 0; i < sizeof(counting); i++)
		counting[i] = (uint8_t)(i + 1);
}

static void rem_by_32_bytes(void **state)
{
	(void)state;
	count_up();
	measurement_extend_rem(&rd, 1, counting, 32);
	assert_hex(1, "0b8f4c5b6adc4c087ab9f43aaeb6007084c264adcaa3cb07176b7923"
		      "42850412");
	assert_hex(2, "");
}

static void rem_by_64_bytes(void **state)
{
	(void)state;
	count_up();
	measurement_extend_rem(&rd, 4, counting, 64);
	assert_hex(4, "43b82455ef0991fa22379b3281e53b7f44d1169868c7b7c420283f6d"
		      "8e6efde2");
	assert_hex(3, "");
}

/* SHA-256 of 32 zero bytes: an extension by nothing still counts. */
static void rem_by_nothing(void **state)
{
	(void)state;
	measurement_extend_rem(&rd, 1, counting, 0);
	assert_hex(1, "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d"
		      "0d5f2925");
}

/* SHA-512 of 64 zero bytes and the number of bytes that it leaves. */
static void rem_sha_512_fills_its_slot(void **state)
{
	(void)state;
	start(CRYPTO_SHA_512);
	measurement_extend_rem(&rd, 1, counting, 0);
	assert_hex(1, "7be9fda48f4179e611c698a73cff09faf72869431efee6eaad14de0c"
		      "b44bbf66503f752b7a8eb17083355f3ce6eb7d2806f236b25af96a24"
		      "e22b887405c20081");
}

static void rem_index_and_size_are_bounded(void **state)
{
	(void)state;
	assert_true(FAKE_PANICS(measurement_extend_rem(&rd, 0, counting, 1)));
	assert_true(FAKE_PANICS(measurement_extend_rem(&rd, 5, counting, 1)));
	assert_true(FAKE_PANICS(measurement_extend_rem(&rd, 1, counting, 65)));
}

/* ---- Which commands measure -------------------------------------------- */

static void commands_make_the_rim_of_the_recipe(void **state)
{
	uint64_t src, code, in_pa;

	layout_setup(state);
	kit_start_new();

	src = fake_ns_page();
	code = fake_delegate(1);
	memset(fake_view(src), 0x5a, GRANULE_SIZE);
	assert_int_equal(rmi(RTT_DATA_MAP_INIT, kit.rd, code, KIT_VOID_RAM, src,
			     RMI_MEASURE_CONTENT), RET(SUCCESS));
	/* The kit maps its own page, unmeasured, before. */
	measurement_extend_data(&rd, KIT_CODE, 0, page);
	measurement_extend_data(&rd, KIT_VOID_RAM, RMI_MEASURE_CONTENT, page);
	assert_memory_equal(rd.measurement, kit_rd()->measurement,
			    sizeof(rd.measurement));

	in_pa = kit_rec_params(0, RMI_REC_PARAM_FLAG_RUNNABLE);
	assert_int_equal(kit_rec_create(kit.rd, fake_delegate(1), in_pa),
			 RET(SUCCESS));
	measurement_extend_rec(&rd, fake_view(in_pa));
	assert_memory_equal(rd.measurement, kit_rd()->measurement,
			    sizeof(rd.measurement));
}

static void a_rec_that_is_not_runnable_is_not_measured(void **state)
{
	uint8_t before[sizeof(rd.measurement)];

	(void)state;
	kit_start_new();
	memcpy(before, kit_rd()->measurement, sizeof(before));
	assert_int_equal(kit_rec_create(kit.rd, fake_delegate(1),
					kit_rec_params(0, 0)), RET(SUCCESS));
	assert_memory_equal(before, kit_rd()->measurement, sizeof(before));
}

#define PEER(test) cmocka_unit_test_setup(test, peer_setup)
#define LAYOUT(test) cmocka_unit_test_setup(test, layout_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PEER(peer_no_data),
		PEER(peer_measured_page),
		PEER(peer_unmeasured_page),
		LAYOUT(params_are_the_first_rim),
		LAYOUT(rems_start_at_zero),
		LAYOUT(measured_page),
		LAYOUT(unmeasured_page),
		LAYOUT(content_does_not_count_unmeasured),
		LAYOUT(page_and_rec),
		LAYOUT(page_and_rec_sha_512),
		LAYOUT(only_the_reduced_params_count),
		LAYOUT(each_reduced_param_counts),
		LAYOUT(mpidr_of_a_rec_does_not_count),
		LAYOUT(rem_by_32_bytes),
		LAYOUT(rem_by_64_bytes),
		LAYOUT(rem_by_nothing),
		LAYOUT(rem_sha_512_fills_its_slot),
		LAYOUT(rem_index_and_size_are_bounded),
		cmocka_unit_test(commands_make_the_rim_of_the_recipe),
		cmocka_unit_test(a_rec_that_is_not_runnable_is_not_measured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

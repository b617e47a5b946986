/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT entries as words: what a PE reads, bit by bit, and that what we write is
 * what we read back.
 */
#include "fixture.h"
#include "rmm/rtt_format.h"

#define PA 0x8123456000ull
#define PA_L2 0x8123400000ull
#define PA_L1 0x8100000000ull

static uint64_t encode(struct rtte entry, int level)
{
	return rtte_encode(&entry, level);
}

static void a_table_is_a_table_descriptor(void **state)
{
	struct rtte entry = { .hipas = HIPAS_TABLE, .pa = PA };

	(void)state;
	for (int level = 0; level < 3; level++)
		assert_int_equal(encode(entry, level), PA | 3);
}

static void ram_is_a_normal_writeback_page(void **state)
{
	struct rtte entry = { .hipas = HIPAS_DATA, .ripas = RMI_RAM, .pa = PA };

	(void)state;
	/* AF, inner shareable, S2AP read and write, MemAttr 0110, a page. */
	assert_int_equal(encode(entry, 3),
			 PA | 1 << 10 | 3 << 8 | 3 << 6 | 6 << 2 | 3);
}

static void a_block_of_ram_is_a_block_descriptor(void **state)
{
	struct rtte entry = { .hipas = HIPAS_DATA, .ripas = RMI_RAM };

	(void)state;
	entry.pa = PA_L2;
	assert_int_equal(encode(entry, 2), PA_L2 | 0x7d9);
	entry.pa = PA_L1;
	assert_int_equal(encode(entry, 1), PA_L1 | 0x7d9);
}

static void ns_memory_is_ns_and_never_executed(void **state)
{
	struct rtte entry = { .hipas = HIPAS_MAPPED_NS, .pa = PA,
			      .memattr = RMI_MEMATTR_NORMAL_WB,
			      .s2ap = RMI_S2AP_RW };
	uint64_t word = encode(entry, 3);

	(void)state;
	assert_int_equal(word, 1ull << 55 | 2ull << 53 | PA | 0x7db);
}

static void the_host_chooses_memattr_and_access_of_ns_memory(void **state)
{
	struct rtte entry = { .hipas = HIPAS_MAPPED_NS, .pa = PA,
			      .memattr = RMI_MEMATTR_DEVICE_NGNRE };
	uint64_t word;

	(void)state;
	entry.s2ap = RMI_S2AP_READ;
	word = encode(entry, 3);
	assert_int_equal(word >> 6 & 3, 1); /* S2AP: read */
	assert_int_equal(word >> 2 & 15, 1);
	entry.s2ap = RMI_S2AP_WRITE;
	entry.memattr = RMI_MEMATTR_NORMAL_NC;
	word = encode(entry, 3);
	assert_int_equal(word >> 6 & 3, 2); /* S2AP: write */
	assert_int_equal(word >> 2 & 15, 5);
	entry.s2ap = 0;
	assert_int_equal(encode(entry, 3) >> 6 & 3, 0);
}

static void only_accessible_memory_is_valid(void **state)
{
	static const enum rmi_ripas ripas[] = { RMI_EMPTY, RMI_DESTROYED };
	struct rtte entry = { .pa = PA };

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		entry.ripas = ripas[i];
		entry.hipas = HIPAS_DATA;
		assert_int_equal(encode(entry, 3) & 1, 0);
		entry.hipas = HIPAS_VOID;
		assert_int_equal(encode(entry, 3) & 1, 0);
	}
	entry.hipas = HIPAS_VOID;
	entry.ripas = RMI_RAM;
	assert_int_equal(encode(entry, 3) & 1, 0);
}

static void zero_is_void_and_empty_or_unmapped_ns(void **state)
{
	(void)state;
	for (int level = 0; level <= 3; level++) {
		struct rtte entry = rtte_decode(0, level, true);

		assert_int_equal(entry.hipas, HIPAS_VOID);
		assert_int_equal(entry.ripas, RMI_EMPTY);
		entry = rtte_decode(0, level, false);
		assert_int_equal(entry.hipas, HIPAS_UNMAPPED_NS);
		assert_int_equal(encode(entry, level), 0);
	}
}

static void expect_round_trip(struct rtte entry, int level, bool protected)
{
	struct rtte back = rtte_decode(rtte_encode(&entry, level), level,
				       protected);

	assert_int_equal(back.hipas, entry.hipas);
	assert_int_equal(back.ripas, entry.ripas);
	assert_int_equal(back.pa, entry.pa);
	assert_int_equal(back.memattr, entry.memattr);
	assert_int_equal(back.s2ap, entry.s2ap);
}

static void protected_entries_survive_the_format(void **state)
{
	static const enum rmi_ripas ripas[] = { RMI_EMPTY, RMI_RAM,
						RMI_DESTROYED };

	(void)state;
	for (int level = 1; level <= 3; level++) {
		for (unsigned int i = 0; i < 3; i++) {
			struct rtte entry = { .ripas = ripas[i] };

			entry.hipas = HIPAS_VOID;
			expect_round_trip(entry, level, true);
			entry.hipas = HIPAS_DATA;
			entry.pa = 0xc0000000;
			expect_round_trip(entry, level, true);
			entry.pa = 0;
			expect_round_trip(entry, level, true);
		}
	}
}

static void ns_entries_survive_the_format(void **state)
{
	(void)state;
	for (int level = 1; level <= 3; level++) {
		for (unsigned int memattr = 0; memattr < 8; memattr++) {
			for (unsigned int s2ap = 0; s2ap < 4; s2ap++)
				expect_round_trip((struct rtte){
					.hipas = HIPAS_MAPPED_NS,
					.pa = PA_L1,
					.memattr = memattr,
					.s2ap = s2ap }, level, false);
		}
	}
}

static void tables_survive_the_format(void **state)
{
	struct rtte entry = { .hipas = HIPAS_TABLE, .pa = 0xfffffffff000 };

	(void)state;
	for (int level = 0; level < 3; level++) {
		expect_round_trip(entry, level, true);
		expect_round_trip(entry, level, false);
	}
}

static void the_description_of_ns_memory_has_its_attributes(void **state)
{
	struct rtte entry = { .hipas = HIPAS_MAPPED_NS, .pa = PA,
			      .memattr = 5, .s2ap = RMI_S2AP_READ };

	(void)state;
	assert_int_equal(rtte_describe(&entry), PA | 1 << 6 | 5 << 2);
}

static void the_description_of_nothing_is_zero(void **state)
{
	struct rtte entry = { .hipas = HIPAS_VOID, .ripas = RMI_DESTROYED };

	(void)state;
	assert_int_equal(rtte_describe(&entry), 0);
	entry = (struct rtte){ .hipas = HIPAS_UNMAPPED_NS };
	assert_int_equal(rtte_describe(&entry), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_a_table_descriptor),
		cmocka_unit_test(ram_is_a_normal_writeback_page),
		cmocka_unit_test(a_block_of_ram_is_a_block_descriptor),
		cmocka_unit_test(ns_memory_is_ns_and_never_executed),
		cmocka_unit_test(
			the_host_chooses_memattr_and_access_of_ns_memory),
		cmocka_unit_test(only_accessible_memory_is_valid),
		cmocka_unit_test(zero_is_void_and_empty_or_unmapped_ns),
		cmocka_unit_test(protected_entries_survive_the_format),
		cmocka_unit_test(ns_entries_survive_the_format),
		cmocka_unit_test(tables_survive_the_format),
		cmocka_unit_test(
			the_description_of_ns_memory_has_its_attributes),
		cmocka_unit_test(the_description_of_nothing_is_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

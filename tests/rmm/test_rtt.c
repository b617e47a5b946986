/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realm translation tables: geometry, what the PE is told of it, walks, and the
 * counts of live entries.
 */
#include "abi/arm_arch.h"
#include "fixture.h"

/* ---- Geometry ---------------------------------------------------------- */

/* The roots that a start level wants for an IPA width; 0 if it cannot be. */
static unsigned int wanted_roots(unsigned int bits, int level)
{
	switch (level) {
	case 2:
		return bits >= 32 && bits <= 34 ? 1u << (bits - 30) : 0;
	case 1:
		if (bits < 32 || bits > 43)
			return 0;
		return bits <= 39 ? 1 : 1u << (bits - 39);
	case 0:
		return bits >= 40 && bits <= 48 ? 1 : 0;
	default:
		return 0;
	}
}

static void geometry_accepts_exactly_the_documented_pairs(void **state)
{
	(void)state;
	for (unsigned int bits = 32; bits <= 52; bits++) {
		for (int level = -2; level <= 4; level++) {
			unsigned int roots = wanted_roots(bits, level);

			for (unsigned int n = 0; n <= 33; n++)
				assert_int_equal(
					rtt_geometry_ok(bits, level, n),
					roots && n == roots);
		}
	}
}

static void level_0_wants_44_bits_of_pa(void **state)
{
	(void)state;
	fake.features.pa_bits = 43;
	assert_false(rtt_geometry_ok(40, 0, 1));
	assert_true(rtt_geometry_ok(40, 1, 2));
	fake.features.pa_bits = 44;
	assert_true(rtt_geometry_ok(40, 0, 1));
}

static const struct rd *rd_of(uint64_t rd)
{
	return fake_view(rd);
}

static void vtcr_names_size_level_and_attributes(void **state)
{
	static const struct {
		unsigned int bits;
		int level;
		unsigned int sl0;
	} shapes[] = { { 32, 2, 0 }, { 40, 1, 1 }, { 48, 0, 2 } };

	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		uint64_t rd = fixture_realm(shapes[i].bits, shapes[i].level);
		uint64_t vtcr = rtt_vtcr(rd_of(rd));

		assert_int_equal(FIELD_GET(VTCR_T0SZ, vtcr),
				 64 - shapes[i].bits);
		assert_int_equal(FIELD_GET(VTCR_SL0, vtcr), shapes[i].sl0);
		/* RES1, NSA, PS of 48 bits, inner shareable, WB, WB, 4 KiB. */
		assert_int_equal(vtcr & ~(VTCR_T0SZ | VTCR_SL0),
				 1ull << 31 | 1ull << 30 | 5 << 16 | 3 << 12 |
				 1 << 10 | 1 << 8);
	}
}

static void vtcr_ps_follows_the_machine(void **state)
{
	static const unsigned int bits[] = { 32, 36, 40, 42, 44, 48 };
	uint64_t rd = fixture_realm(32, 2);

	(void)state;
	for (unsigned int ps = 0; ps < 6; ps++) {
		fake.features.pa_bits = bits[ps];
		assert_int_equal(FIELD_GET(VTCR_PS, rtt_vtcr(rd_of(rd))), ps);
	}
}

static void vttbr_names_roots_and_vmid(void **state)
{
	uint64_t rd = fixture_realm_default();
	const struct rd *realm = rd_of(rd);

	(void)state;
	assert_int_equal(rtt_vttbr(realm),
			 realm->rtt_base | (uint64_t)realm->vmid << 48);
	assert_true(realm->vmid >= 1 && realm->vmid <= 255);
}

/* ---- Walks ------------------------------------------------------------- */

static void a_new_realm_is_empty_in_both_halves(void **state)
{
	uint64_t rd = fixture_realm_default();
	struct rtt_walk walk;

	(void)state;
	for (uint64_t ipa = 0; ipa < FIXTURE_IPA_END; ipa += BLOCK1) {
		rtt_walk_deep(rd_of(rd), ipa + 5 * PAGE, &walk);
		assert_int_equal(walk.level, 1);
		assert_int_equal(walk.ipa, ipa);
		assert_int_equal(walk.entry.hipas, ipa < FIXTURE_PAR_END ?
				 HIPAS_VOID : HIPAS_UNMAPPED_NS);
		assert_int_equal(walk.entry.ripas, RMI_EMPTY);
	}
	assert_false(rtt_roots_live(rd_of(rd)));
}

static void all_roots_start_empty_whatever_was_in_the_granules(void **state)
{
	uint64_t rd = fixture_realm_default();
	uint64_t *words = fake_view(rd_of(rd)->rtt_base);

	(void)state;
	for (unsigned int i = 0; i < 2 * 512; i++)
		words[i] = ~0ull;
	rtt_init_roots(rd_of(rd));
	for (unsigned int i = 0; i < 2 * 512; i++)
		assert_int_equal(words[i], 0);
}

static void concatenated_roots_are_used_in_order(void **state)
{
	uint64_t rd = fixture_realm(34, 2);
	struct rtt_walk walk;

	(void)state;
	assert_int_equal(rd_of(rd)->rtt_num_start, 16);
	for (uint64_t ipa = 0; ipa < 1ull << 34; ipa += BLOCK2 * 32) {
		rtt_walk_deep(rd_of(rd), ipa, &walk);
		assert_int_equal(granule_pa(walk.granule),
				 rd_of(rd)->rtt_base + (ipa >> 30) * PAGE);
		assert_int_equal(walk.index, ipa / BLOCK2 % 512);
	}
}

static void a_walk_stops_at_the_level_it_is_asked_for(void **state)
{
	uint64_t rd = fixture_realm(48, 0), ipa = 0x123456789000;
	struct rtt_walk walk;

	(void)state;
	fixture_tables(rd, ipa, 3);
	for (int level = 0; level <= 3; level++) {
		rtt_walk(rd_of(rd), ipa, level, &walk);
		assert_int_equal(walk.level, level);
		assert_int_equal(walk.ipa, ipa & ~(rtt_entry_size(level) - 1));
		assert_int_equal(walk.entry.hipas,
				 level < 3 ? HIPAS_TABLE : HIPAS_VOID);
	}
}

static void a_walk_ends_early_where_no_table_is(void **state)
{
	uint64_t rd = fixture_realm_default();
	struct rtt_walk walk;

	(void)state;
	fixture_tables(rd, 0, 2);
	rtt_walk_deep(rd_of(rd), 0, &walk);
	assert_int_equal(walk.level, 2);
	rtt_walk_deep(rd_of(rd), BLOCK1, &walk);
	assert_int_equal(walk.level, 1);
}

static void next_ends_with_the_table(void **state)
{
	uint64_t rd = fixture_realm_default();
	struct rtt_walk walk;

	(void)state;
	fixture_tables(rd, 0, 3);
	rtt_walk_deep(rd_of(rd), BLOCK2 - 2 * PAGE, &walk);
	assert_true(rtt_walk_next(rd_of(rd), &walk));
	assert_int_equal(walk.ipa, BLOCK2 - PAGE);
	assert_false(rtt_walk_next(rd_of(rd), &walk));
	assert_int_equal(walk.ipa, BLOCK2 - PAGE);
}

static void next_ends_with_the_ipa_space(void **state)
{
	uint64_t rd = fixture_realm(32, 1);
	unsigned int entries = 1;
	struct rtt_walk walk;

	(void)state;
	rtt_walk_deep(rd_of(rd), 0, &walk);
	while (rtt_walk_next(rd_of(rd), &walk))
		entries++;
	assert_int_equal(entries, 4);
}

/* ---- Live entries ------------------------------------------------------ */

static uint32_t live_below(uint64_t rd, uint64_t ipa, int level)
{
	struct rtt_walk walk;

	rtt_walk(rd_of(rd), ipa, level, &walk);
	assert_int_equal(walk.level, level);
	return walk.granule->refs;
}

static void tables_and_data_are_counted(void **state)
{
	uint64_t rd = fixture_realm_default();

	(void)state;
	fixture_tables(rd, 0, 3);
	assert_true(rtt_roots_live(rd_of(rd)));
	assert_int_equal(live_below(rd, 0, 1), 1);
	assert_int_equal(live_below(rd, 0, 3), 0);
	fixture_page(rd, 0);
	fixture_page(rd, PAGE);
	assert_int_equal(live_below(rd, 0, 3), 2);
	rmi(RTT_DATA_UNMAP, rd, 0, PAGE, RMI_OADDR_NONE, 0);
	assert_int_equal(live_below(rd, 0, 3), 1);
}

static void a_live_entry_in_any_root_counts(void **state)
{
	uint64_t rd = fixture_realm_default();

	(void)state;
	/* The second root is the unprotected half. */
	fixture_tables(rd, FIXTURE_PAR_END, 2);
	assert_true(rtt_roots_live(rd_of(rd)));
}

static void mapped_ns_is_not_counted(void **state)
{
	uint64_t rd = fixture_realm_default(), ipa = FIXTURE_PAR_END;

	(void)state;
	fixture_tables(rd, ipa, 3);
	assert_int_equal(rmi(RTT_UNPROT_MAP, rd, ipa, ipa + PAGE,
			     RMI_OADDR_SINGLE | RMI_MEMATTR_NORMAL_WB << 16 |
			     RMI_S2AP_RW << 19,
			     fixture_desc(fake_ns_page(), 3, 1)),
			 RMI_SUCCESS);
	assert_int_equal(live_below(rd, ipa, 3), 0);
}

static void ripas_alone_is_not_counted(void **state)
{
	uint64_t rd = fixture_realm_default();

	(void)state;
	fixture_tables(rd, 0, 3);
	fixture_ram(rd, 0, BLOCK2);
	assert_int_equal(live_below(rd, 0, 3), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(geometry_accepts_exactly_the_documented_pairs),
		fixture_test(level_0_wants_44_bits_of_pa),
		fixture_test(vtcr_names_size_level_and_attributes),
		fixture_test(vtcr_ps_follows_the_machine),
		fixture_test(vttbr_names_roots_and_vmid),
		fixture_test(a_new_realm_is_empty_in_both_halves),
		fixture_test(
			all_roots_start_empty_whatever_was_in_the_granules),
		fixture_test(concatenated_roots_are_used_in_order),
		fixture_test(a_walk_stops_at_the_level_it_is_asked_for),
		fixture_test(a_walk_ends_early_where_no_table_is),
		fixture_test(next_ends_with_the_table),
		fixture_test(next_ends_with_the_ipa_space),
		fixture_test(tables_and_data_are_counted),
		fixture_test(a_live_entry_in_any_root_counts),
		fixture_test(mapped_ns_is_not_counted),
		fixture_test(ripas_alone_is_not_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

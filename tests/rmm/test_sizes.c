/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules of 16 KiB and 64 KiB: what differs by the size besides the numbers,
 * and a whole realm of each. Most other tests of tables run for all sizes.
 */
#include <string.h>

#include "abi/arm_arch.h"
#include "abi/rmi_layout.h"
#include "fixture.h"
#include "rmm/addr_range.h"
#include "rmm/rec.h"

/* ---- Geometry ---------------------------------------------------------- */

/* IPA widths by start level; up to `bits` there is one root. */
struct span {
	unsigned int first, bits, last;
};

static const struct span spans[3][3] = {
	{ { 40, 48, 48 }, { 31, 39, 43 }, { 22, 30, 34 } },
	{ { 1, 0, 0 }, { 37, 47, 51 }, { 26, 36, 40 } },
	{ { 1, 0, 0 }, { 43, 55, 59 }, { 30, 42, 46 } },
};

static unsigned int wanted_roots(const struct span *span, unsigned int bits)
{
	if (bits < span->first || bits > span->last)
		return 0;
	return bits <= span->bits ? 1 : 1u << (bits - span->bits);
}

static void each_start_level_has_its_widths(void **state)
{
	(void)state;
	for (int level = 0; level < 3; level++) {
		const struct span *span = &spans[fake.granule][level];

		for (unsigned int bits = 32; bits <= 48; bits++) {
			unsigned int roots = wanted_roots(span, bits);

			for (unsigned int n = 0; n <= 32; n++)
				assert_int_equal(
					rtt_geometry_ok(bits, level, n),
					roots && n == roots);
		}
	}
	assert_false(rtt_geometry_ok(40, -1, 1));
	assert_false(rtt_geometry_ok(32, 3, 16));
}

static void start_levels_want_wide_physical_addresses(void **state)
{
	static const struct {
		int level;
		unsigned int ipa_bits;
		unsigned int pa_bits;
	} least[] = { { 0, 44, 44 }, { 1, 44, 42 }, { 1, 44, 44 } };
	int level = least[fake.granule].level;
	unsigned int ipa_bits = least[fake.granule].ipa_bits;

	(void)state;
	fake.features.pa_bits = least[fake.granule].pa_bits - 1;
	assert_false(rtt_geometry_ok(ipa_bits, level, 1));
	fake.features.pa_bits++;
	assert_true(rtt_geometry_ok(ipa_bits, level, 1));
}

static void realms_of_all_shapes_can_be_made(void **state)
{
	(void)state;
	for (int level = 0; level < 3; level++) {
		const struct span *span = &spans[fake.granule][level];

		for (unsigned int bits = 32; bits <= 48; bits++) {
			struct rtt_walk walk;
			uint64_t rd;

			if (!wanted_roots(span, bits))
				continue;
			rd = fixture_realm(bits, level);
			rtt_walk_deep(fake_view(rd), (1ull << bits) - 1,
				      &walk);
			assert_int_equal(walk.level, level);
			assert_int_equal(rmi(REALM_TERMINATE, rd), 0);
			assert_int_equal(rmi(REALM_DESTROY, rd), 0);
		}
	}
}

static void vtcr_names_the_granule(void **state)
{
	static const uint64_t tg0[] = { 0, 2, 1 };
	static const unsigned int sl0[] = { 1, 2, 2 };
	uint64_t vtcr = rtt_vtcr(fake_view(fixture_realm_default()));

	(void)state;
	assert_int_equal(FIELD_GET(VTCR_TG0, vtcr), tg0[fake.granule]);
	assert_int_equal(FIELD_GET(VTCR_SL0, vtcr), sl0[fake.granule]);
	assert_int_equal(FIELD_GET(VTCR_T0SZ, vtcr), 64 - FIXTURE_IPA_BITS);
}

/* ---- Descriptors and lists --------------------------------------------- */

static void the_count_reaches_up_to_the_address(void **state)
{
	unsigned int most = (unsigned int)(PAGE / 4 - 1);
	uint64_t desc = 7 * PAGE | (uint64_t)most << 2 | 1;
	struct addr_range range = addr_range_decode(desc);

	(void)state;
	assert_int_equal(range.count, most);
	assert_int_equal(range.pa, 7 * PAGE);
	assert_int_equal(range.level, 2);
	assert_int_equal(addr_range_encode(&range), desc);
}

static void a_list_reaches_to_the_end_of_its_granule(void **state)
{
	uint64_t page = fake_ns_page(), *list = fake_view(page);
	uint64_t rd = fixture_realm_default(), pa = fake_delegate(1);

	(void)state;
	fixture_tables(rd, 0, 3);
	list[PAGE / 8 - 1] = fixture_desc(pa, 3, 1);
	assert_int_equal(rmi(RTT_DATA_MAP, rd, 0, PAGE, LIST(PAGE / 8), page),
			 RMI_SUCCESS);
	/* And no further: there is one descriptor, whatever is said. */
	pa = fake_delegate(1);
	list[PAGE / 8 - 1] = fixture_desc(pa, 3, 1);
	assert_int_equal(rmi(RTT_DATA_MAP, rd, PAGE, 3 * PAGE, LIST(2),
			     page + PAGE - 8), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * PAGE);
}

/* ---- RAM whose ends are no whole granules ------------------------------ */

static void ends_of_ram_that_are_no_granule_are_not_tracked(void **state)
{
	uint64_t base = fake.ram[0].base, end = base + fake.ram[0].size;

	(void)state;
	assert_true(fixture_ram_base(0) % PAGE == 0);
	assert_true(fixture_ram_base(0) - base < PAGE);
	assert_true(end - fixture_ram_top(0) < PAGE);
	assert_int_equal(rmi(GRANULE_TRACKING_GET, fixture_ram_base(0) - PAGE,
			     fixture_ram_top(1)), RMI_SUCCESS);
	assert_int_equal(fake_out[2], RMI_TRACKING_NONE);
	assert_int_equal(fake_out[3], fixture_ram_base(0));
	assert_int_equal(rmi(GRANULE_TRACKING_GET, fixture_ram_base(0),
			     fixture_ram_top(1)), RMI_SUCCESS);
	assert_int_equal(fake_out[2], RMI_TRACKING_FINE);
	assert_int_equal(fake_out[3], fixture_ram_top(0));
	assert_refused(rmi(GRANULE_RANGE_DELEGATE, fixture_ram_base(0) - PAGE,
			   fixture_ram_base(0)), RMI_ERROR_INPUT);
	assert_refused(rmi(GRANULE_RANGE_DELEGATE, fixture_ram_top(0),
			   fixture_ram_top(0) + PAGE), RMI_ERROR_INPUT);
}

/* What is smaller than a granule, or lies across the end of one. */
static void a_range_of_ram_may_have_no_granule(void **state)
{
	uint64_t base = FAKE_RAM1_BASE, count;

	(void)state;
	if (fake.granule == RMI_GRANULE_SIZE_4KB)
		skip();
	for (unsigned int i = 0; i < 2; i++) {
		fake.ram[1].base = base + (i ? PAGE - FAKE_PAGE : FAKE_PAGE);
		fake.ram[1].size = 2 * FAKE_PAGE;
		fake_boot();
		fake_activate();
		count = fixture_ram_top(0) - fixture_ram_base(0);
		assert_int_equal(granules_total(), count / PAGE);
		assert_int_equal(rmi(GRANULE_TRACKING_GET, base,
				     base + 2 * PAGE), RMI_SUCCESS);
		assert_int_equal(fake_out[2], RMI_TRACKING_NONE);
		assert_int_equal(fake_out[3], base + 2 * PAGE);
		assert_null(granule_find(base));
		assert_null(granule_find(base + PAGE));
	}
}

static void all_granules_have_metadata_of_their_own(void **state)
{
	uint64_t i = 0;

	(void)state;
	for (unsigned int range = 0; range < FAKE_RANGES; range++) {
		uint64_t pa = fixture_ram_base(range);

		for (; pa < fixture_ram_top(range); pa += PAGE, i++) {
			assert_ptr_equal(granule_find(pa), granule_at(i));
			assert_int_equal(granule_pa(granule_at(i)), pa);
		}
		assert_null(granule_find(pa));
	}
	assert_int_equal(i, granules_total());
}

static void tracking_regions_have_their_size(void **state)
{
	static const unsigned int shifts[] = { 30, 25, 29 };
	uint64_t region = 1ull << shifts[fake.granule];
	uint64_t base = fake.ram[0].base & ~(region - 1);

	(void)state;
	assert_int_equal(rmi(GRANULE_TRACKING_SET, base, 0, RMI_TRACKING_FINE),
			 RMI_SUCCESS);
	assert_int_equal(rmi(GRANULE_TRACKING_SET, base + region / 2, 0,
			     RMI_TRACKING_FINE), RMI_ERROR_INPUT);
	assert_int_equal(rmi(GRANULE_TRACKING_SET, base - region, 0,
			     RMI_TRACKING_NONE), RMI_SUCCESS);
}

/* ---- A realm from its beginning to its end ----------------------------- */

static struct pe_regime regime;

static void run_once(struct pe *pe, struct pe_simd *simd,
		     const struct pe_regime *with, struct pe_exit *exit)
{
	(void)pe;
	(void)simd;
	regime = *with;
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
}

static uint64_t rec_create(uint64_t rd)
{
	uint64_t rec = fake_delegate(1), page = fake_ns_page();
	uint64_t list = fake_ns_page();
	struct rec_params *params = fake_view(page);

	params->flags = RMI_REC_PARAM_FLAG_RUNNABLE;
	assert_int_equal(RMI_RETURN_STATUS(rmi(REC_CREATE, rd, rec, page)),
			 RMI_INCOMPLETE);
	*(uint64_t *)fake_view(list) =
		fixture_desc(fake_delegate(REC_AUX_GRANULES), 3,
			     REC_AUX_GRANULES);
	assert_int_equal(rmi(OP_MEM_DONATE, 0, list, 1), RET(INCOMPLETE));
	assert_int_equal(rmi(OP_CONTINUE, 0), RMI_SUCCESS);
	return rec;
}

static void rec_destroy(uint64_t rec)
{
	uint64_t list = fake_ns_page();

	assert_int_equal(RMI_RETURN_STATUS(rmi(REC_DESTROY, rec)),
			 RMI_INCOMPLETE);
	assert_int_equal(rmi(OP_MEM_RECLAIM, 0, list, 1), RET(INCOMPLETE));
	assert_int_equal(*(uint64_t *)fake_view(list) & (PAGE - 1),
			 REC_AUX_GRANULES << 2);
	assert_int_equal(rmi(OP_CONTINUE, 0), RMI_SUCCESS);
}

static void a_realm_lives_and_dies(void **state)
{
	uint64_t rd = fixture_realm_default(), data = fake_delegate(1), rec;
	uint64_t src = fake_ns_page(), run = fake_ns_page();

	(void)state;
	fixture_tables(rd, 0, 3);
	memset(fake_view(src), 0xa5, PAGE);
	assert_int_equal(rmi(RTT_DATA_MAP_INIT, rd, data, 0, src,
			     RMI_MEASURE_CONTENT), RMI_SUCCESS);
	assert_memory_equal(fake_view(data), fake_view(src), PAGE);
	assert_int_equal(fake.icache_bytes, PAGE);
	rec = rec_create(rd);
	assert_int_equal(rmi(REALM_ACTIVATE, rd), RMI_SUCCESS);
	fake.pe_run = run_once;
	assert_int_equal(rmi(REC_ENTER, rec, run), RMI_SUCCESS);
	assert_int_equal(regime.vtcr_el2, rtt_vtcr(fake_view(rd)));

	rec_destroy(rec);
	assert_int_equal(rmi(RTT_DATA_UNMAP, rd, 0, PAGE, RMI_OADDR_SINGLE, 0),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[2], fixture_desc(data, 3, 1));
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, data, data + PAGE),
			 RMI_SUCCESS);
	for (uint64_t i = 0; i < PAGE; i++)
		assert_int_equal(((uint8_t *)fake_view(data))[i], 0);
	assert_int_equal(rmi(RTT_DESTROY, rd, 0, 3), RMI_SUCCESS);
	assert_int_equal(rmi(RTT_DESTROY, rd, 0, 2), RMI_SUCCESS);
	assert_int_equal(rmi(REALM_TERMINATE, rd), RMI_SUCCESS);
	assert_int_equal(rmi(REALM_DESTROY, rd), RMI_SUCCESS);
}

static void half_a_granule_is_no_address(void **state)
{
	uint64_t rd = fixture_realm_default(), pa = fake_granules(2);
	uint64_t half = PAGE / 2, page = fake_ns_page();

	(void)state;
	fixture_tables(rd, 0, 3);
	assert_refused(rmi(GRANULE_RANGE_DELEGATE, pa + half, pa + PAGE + half),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(REALM_CREATE, pa, page + half), RMI_ERROR_INPUT);
	assert_refused(rmi(RMM_CONFIG_GET, page + half), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 0, half), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_READ_ENTRY, rd, half, 3), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_UNMAP, rd, 0, half, 0, 0),
		       RMI_ERROR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(each_start_level_has_its_widths),
		fixture_test(start_levels_want_wide_physical_addresses),
		fixture_test(realms_of_all_shapes_can_be_made),
		fixture_test(vtcr_names_the_granule),
		fixture_test(the_count_reaches_up_to_the_address),
		fixture_test(a_list_reaches_to_the_end_of_its_granule),
		fixture_test(ends_of_ram_that_are_no_granule_are_not_tracked),
		fixture_test(a_range_of_ram_may_have_no_granule),
		fixture_test(all_granules_have_metadata_of_their_own),
		fixture_test(tracking_regions_have_their_size),
		fixture_test(a_realm_lives_and_dies),
		fixture_test(half_a_granule_is_no_address),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_64KB);
}

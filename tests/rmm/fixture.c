/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms, tables and digests for the tests of the RMM.
 */
#include <string.h>

#include "abi/rmi_layout.h"
#include "fixture.h"
#include "rmm/rmm.h"
#include "rmm/rtt_format.h"

static unsigned int size; /* RMI_GRANULE_SIZE_* of the tests that run */

/* Memory for tests with large granules, at bases that fit no granule. */
static const struct fake_ram large[][FAKE_RANGES] = {
	[RMI_GRANULE_SIZE_16KB] = {
		{ 0x8000001000, 0x18000000 }, { 0x10000003000, 0x1000000 },
	},
	[RMI_GRANULE_SIZE_64KB] = {
		{ 0x8000001000, 0x10000000 }, { 0x10000003000, 0x4000000 },
	},
};

int fixture_setup(void **state)
{
	(void)state;
	fake_reset();
	fake.granule = (uint8_t)size;
	if (size != RMI_GRANULE_SIZE_4KB) {
		memcpy(fake.ram, large[size], sizeof(fake.ram));
		fake_boot();
	}
	fake_activate();
	return 0;
}

int fixture_run_sizes(const struct CMUnitTest *tests, size_t count,
		      unsigned int last)
{
	static const char *const names[] = { "4 KiB", "16 KiB", "64 KiB" };
	int failed = 0;

	for (size = 0; size <= last; size++)
		failed += _cmocka_run_group_tests(names[size], tests, count,
						  NULL, NULL);
	return failed;
}

int fixture_teardown(void **state)
{
	(void)state;
	if (!rmm_ledger_ok()) {
		print_error("the ledger does not agree\n");
		return -1;
	}
	return 0;
}

static unsigned int roots(unsigned int ipa_bits, int level_start)
{
	unsigned int bits = rtt_entry_shift(level_start) + rtt_stride();

	return ipa_bits > bits ? 1u << (ipa_bits - bits) : 1;
}

uint64_t fixture_realm(unsigned int ipa_bits, int level_start)
{
	uint64_t rd = fake_delegate(1);
	uint64_t page = fake_ns_page();
	struct realm_params *params = fake_view(page);

	params->s2sz = (uint8_t)ipa_bits;
	params->num_bps = 1;
	params->num_wps = 1;
	params->rtt_level_start = level_start;
	params->rtt_num_start = roots(ipa_bits, level_start);
	params->rtt_base = fake_delegate(params->rtt_num_start);
	assert_int_equal(rmi(REALM_CREATE, rd, page), RMI_SUCCESS);
	return rd;
}

uint64_t fixture_realm_default(void)
{
	return fixture_realm(FIXTURE_IPA_BITS, FIXTURE_LEVEL_START);
}

uint64_t fixture_table(uint64_t rd, uint64_t ipa, int level)
{
	uint64_t table = fake_delegate(1);

	ipa &= ~(rtt_entry_size(level - 1) - 1);
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, (uint64_t)level),
			 RMI_SUCCESS);
	return table;
}

void fixture_tables(uint64_t rd, uint64_t ipa, int level)
{
	for (;;) {
		uint64_t page = ipa & ~(PAGE - 1);

		assert_int_equal(rmi(RTT_READ_ENTRY, rd, page, RTT_LEVEL_LAST),
				 RMI_SUCCESS);
		if (fake_out[1] >= (uint64_t)level)
			break;
		fixture_table(rd, ipa, (int)fake_out[1] + 1);
	}
}

uint64_t fixture_page(uint64_t rd, uint64_t ipa)
{
	uint64_t pa = fake_delegate(1);

	assert_int_equal(rmi(RTT_DATA_MAP, rd, ipa, ipa + PAGE,
			     RMI_OADDR_SINGLE, fixture_desc(pa, 3, 1)),
			 RMI_SUCCESS);
	return pa;
}

void fixture_ram(uint64_t rd, uint64_t base, uint64_t top)
{
	for (uint64_t at = base; at < top; at = fake_out[1])
		assert_int_equal(rmi(RTT_INIT_RIPAS, rd, at, top),
				 RMI_SUCCESS);
}

void fixture_set_ripas(uint64_t rd, uint64_t ipa, enum rmi_ripas ripas)
{
	struct rd *realm = realm_lock(rd);
	struct rtt_walk walk;
	struct rtte entry;

	assert_non_null(realm);
	rtt_walk_deep(realm, ipa, &walk);
	entry = walk.entry;
	entry.ripas = ripas;
	rtt_write(&walk, &entry);
	realm_unlock(realm);
}

void fixture_set_realm_state(uint64_t rd, enum realm_state state)
{
	((struct rd *)fake_view(rd))->state = state;
}

uint64_t fixture_desc(uint64_t pa, int level, unsigned int count)
{
	return pa | FIELD_PREP(RMI_ADDR_RANGE_SIZE, 3 - level) |
	       (uint64_t)count << 2;
}

uint64_t fixture_ram_base(unsigned int range)
{
	uint64_t base, bytes;

	assert_true(granules_ram(range, &base, &bytes));
	return base;
}

uint64_t fixture_ram_top(unsigned int range)
{
	uint64_t base, bytes;

	assert_true(granules_ram(range, &base, &bytes));
	return base + bytes;
}

enum granule_state fixture_state(uint64_t pa)
{
	return granule_state(granule_find(pa));
}

void fixture_expect_entry(uint64_t rd, uint64_t ipa, int level,
			  enum rmi_rtte_state state, uint64_t desc,
			  enum rmi_ripas ripas)
{
	assert_int_equal(rmi(RTT_READ_ENTRY, rd, ipa, (uint64_t)level),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], level);
	assert_int_equal(fake_out[2], state);
	assert_int_equal(fake_out[3], desc);
	assert_int_equal(fake_out[4], ripas);
}

/* FNV-1a, a word at a time. */
static uint64_t mix(uint64_t digest, uint64_t word)
{
	return (digest ^ word) * 0x100000001b3ull;
}

static uint64_t mix_page(uint64_t digest, uint64_t pa)
{
	const uint64_t *words = fake_view(pa);

	for (unsigned int i = 0; i < PAGE / sizeof(*words); i++)
		digest = mix(digest, words[i]);
	return digest;
}

uint64_t fixture_digest(void)
{
	uint64_t digest = 0xcbf29ce484222325ull;

	for (uint64_t i = 0; i < granules_total(); i++) {
		const struct granule *granule = granule_at(i);
		uint64_t pa = granule_pa(granule);
		enum fake_pas pas = fake_pas(pa);

		digest = mix(digest, granule->word);
		digest = mix(digest, granule->refs);
		digest = mix(digest, pas);
		if (pas == FAKE_REALM || pa >= fake.next_ns_page)
			digest = mix_page(digest, pa);
	}
	return digest;
}

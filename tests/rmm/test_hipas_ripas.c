/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which command moves an entry of the protected half from which HIPAS and RIPAS
 * to which (Arm DEN 0137, chapter "Realm memory management"), as one table: six
 * states, five commands, and what each answers. RTT_SET_RIPAS, which takes a
 * REC that asks, has its rows in test_set_ripas.c.
 */
#include "fixture.h"

#define IPA (3 * BLOCK2 + 5 * PAGE)
#define TABLE_IPA (3 * BLOCK2)

struct pair {
	enum rmi_rtte_state hipas;
	enum rmi_ripas ripas;
};

static const struct pair starts[] = {
	{ RMI_VOID, RMI_EMPTY },
	{ RMI_VOID, RMI_RAM },
	{ RMI_VOID, RMI_DESTROYED },
	{ RMI_DATA, RMI_EMPTY },
	{ RMI_DATA, RMI_RAM },
	{ RMI_DATA, RMI_DESTROYED },
};

#define STARTS (sizeof(starts) / sizeof(starts[0]))

static uint64_t rd;
static uint64_t mapped; /* what is mapped if the start is DATA */
static uint64_t spare; /* a delegated granule */

/* A realm in which only IPA's entry is in the state @start. */
static void begin(const struct pair *start)
{
	fixture_setup(NULL);
	rd = fixture_realm_default();
	fixture_tables(rd, IPA, 3);
	if (start->hipas == RMI_DATA)
		mapped = fixture_page(rd, IPA);
	fixture_set_ripas(rd, IPA, start->ripas);
	spare = fake_delegate(1);
}

static uint64_t init_ripas(void)
{
	return rmi(RTT_INIT_RIPAS, rd, IPA, IPA + PAGE);
}

static uint64_t data_map_init(void)
{
	return rmi(RTT_DATA_MAP_INIT, rd, spare, IPA, fake_ns_page(), 0);
}

static uint64_t data_map(void)
{
	return rmi(RTT_DATA_MAP, rd, IPA, IPA + PAGE, RMI_OADDR_SINGLE,
		   fixture_desc(spare, 3, 1));
}

static uint64_t data_map_same(void)
{
	return rmi(RTT_DATA_MAP, rd, IPA, IPA + PAGE, RMI_OADDR_SINGLE,
		   fixture_desc(mapped, 3, 1));
}

static uint64_t data_unmap(void)
{
	return rmi(RTT_DATA_UNMAP, rd, IPA, IPA + PAGE, RMI_OADDR_NONE, 0);
}

static uint64_t rtt_destroy(void)
{
	return rmi(RTT_DESTROY, rd, TABLE_IPA, 3);
}

/* Runs @command from each start, and compares answer and end state. */
static void expect_row(uint64_t (*command)(void), const uint64_t ret[STARTS],
		       const struct pair end[STARTS])
{
	for (unsigned int i = 0; i < STARTS; i++) {
		begin(&starts[i]);
		assert_int_equal(command(), ret[i]);
		assert_int_equal(rmi(RTT_READ_ENTRY, rd, IPA, 3), RMI_SUCCESS);
		assert_int_equal(fake_out[2], end[i].hipas);
		assert_int_equal(fake_out[4], end[i].ripas);
		assert_int_equal(fixture_teardown(NULL), 0);
	}
}

#define OK RMI_SUCCESS

static void row_of_init_ripas(void **state)
{
	const uint64_t ret[] = { OK, OK, RET_RTT(3), OK, OK, RET_RTT(3) };
	const struct pair end[] = {
		{ RMI_VOID, RMI_RAM }, { RMI_VOID, RMI_RAM },
		{ RMI_VOID, RMI_DESTROYED }, { RMI_DATA, RMI_RAM },
		{ RMI_DATA, RMI_RAM }, { RMI_DATA, RMI_DESTROYED },
	};

	(void)state;
	expect_row(init_ripas, ret, end);
}

static void row_of_data_map_init(void **state)
{
	const uint64_t ret[] = { OK, OK, OK, RET_RTT(3), RET_RTT(3),
				 RET_RTT(3) };
	const struct pair end[] = {
		{ RMI_DATA, RMI_RAM }, { RMI_DATA, RMI_RAM },
		{ RMI_DATA, RMI_RAM }, { RMI_DATA, RMI_EMPTY },
		{ RMI_DATA, RMI_RAM }, { RMI_DATA, RMI_DESTROYED },
	};

	(void)state;
	expect_row(data_map_init, ret, end);
}

static void row_of_data_map(void **state)
{
	const uint64_t ret[] = { OK, OK, OK, RET_RTT(3), RET_RTT(3),
				 RET_RTT(3) };
	const struct pair end[] = {
		{ RMI_DATA, RMI_EMPTY }, { RMI_DATA, RMI_RAM },
		{ RMI_DATA, RMI_DESTROYED }, { RMI_DATA, RMI_EMPTY },
		{ RMI_DATA, RMI_RAM }, { RMI_DATA, RMI_DESTROYED },
	};

	(void)state;
	expect_row(data_map, ret, end);
}

static void row_of_data_map_to_the_same_granule(void **state)
{
	(void)state;
	for (unsigned int i = 3; i < STARTS; i++) {
		begin(&starts[i]);
		assert_refused(data_map_same(), RMI_SUCCESS);
	}
}

static void row_of_data_unmap(void **state)
{
	const uint64_t ret[] = { OK, OK, OK, OK, OK, OK };
	const struct pair end[] = {
		{ RMI_VOID, RMI_EMPTY }, { RMI_VOID, RMI_RAM },
		{ RMI_VOID, RMI_DESTROYED }, { RMI_VOID, RMI_EMPTY },
		{ RMI_VOID, RMI_DESTROYED }, { RMI_VOID, RMI_DESTROYED },
	};

	(void)state;
	expect_row(data_unmap, ret, end);
}

static void row_of_rtt_destroy(void **state)
{
	const uint64_t ret[] = { OK, OK, OK, RET_RTT(3), RET_RTT(3),
				 RET_RTT(3) };
	const struct pair end[] = {
		{ RMI_VOID, RMI_DESTROYED }, { RMI_VOID, RMI_DESTROYED },
		{ RMI_VOID, RMI_DESTROYED }, { RMI_DATA, RMI_EMPTY },
		{ RMI_DATA, RMI_RAM }, { RMI_DATA, RMI_DESTROYED },
	};

	(void)state;
	expect_row(rtt_destroy, ret, end);
}

/* What a PE may translate with is exactly DATA with RIPAS RAM. */
static void only_data_ram_is_valid_for_the_pe(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < STARTS; i++) {
		struct rtt_walk walk;

		begin(&starts[i]);
		rtt_walk_deep(fake_view(rd), IPA, &walk);
		assert_int_equal(walk.table[walk.index] & 1,
				 starts[i].hipas == RMI_DATA &&
				 starts[i].ripas == RMI_RAM);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_of_init_ripas),
		cmocka_unit_test(row_of_data_map_init),
		cmocka_unit_test(row_of_data_map),
		cmocka_unit_test(row_of_data_map_to_the_same_granule),
		cmocka_unit_test(row_of_data_unmap),
		cmocka_unit_test(row_of_rtt_destroy),
		cmocka_unit_test(only_data_ram_is_valid_for_the_pe),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_64KB);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * What an RMM says about how far it came: not at all, too far, at a level that
 * is none. The host ends, touches nothing outside the range that it asked for,
 * and knows what it has lost.
 */
#include <string.h>

#include <linux/errno.h>

#include "abi/rsi_smc.h"
#include "tests/host/life.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define PAGE(n) (REALM_BASE + (n) * 0x1000ull)

/* Commands for a range: where its ends are, and where the answer is. */
static const struct range_command {
	u32 fid;
	unsigned int base, top, out;
} commands[] = {
	{ SMC_RMI_GRANULE_TRACKING_GET, 1, 2, 3 },
	{ SMC_RMI_GRANULE_RANGE_DELEGATE, 1, 2, 1 },
	{ SMC_RMI_GRANULE_RANGE_UNDELEGATE, 1, 2, 1 },
	{ SMC_RMI_RTT_INIT_RIPAS, 2, 3, 1 },
	{ SMC_RMI_RTT_SET_RIPAS, 3, 4, 1 },
	{ SMC_RMI_RTT_DATA_MAP, 2, 3, 1 },
	{ SMC_RMI_RTT_DATA_UNMAP, 2, 3, 1 },
	{ SMC_RMI_RTT_UNPROT_MAP, 2, 3, 1 },
	{ SMC_RMI_RTT_UNPROT_UNMAP, 2, 3, 1 },
};

static const struct range_command *liar; /* answers with a lie */
static u64 said; /* x0 of it */
static u64 from; /* the first call that is answered so */
static u64 to; /* the last */
static u64 beyond; /* how far past the end it claims to be; 0: at the start */

static bool lies(uint64_t x[SMC_REGS], u64 nth)
{
	u64 out;

	if (x[0] != liar->fid || nth < from || nth > to)
		return false;
	out = beyond ? x[liar->top] + beyond : x[liar->base];
	wire_answer(x, said);
	x[liar->out] = out;
	return true;
}

static struct life live_with(const struct range_command *command)
{
	struct life life;

	liar = command;
	rig_prepare("rme", NULL);
	wire_start(lies);
	rig_boot();
	life = life_live();
	wire_stop();
	rig_assert_accounted();
	return life;
}

/* Tries after which a call without progress is still repeated. */
#define PATIENCE 3

static void no_progress_is_repeated(void **state)
{
	said = RMI_SUCCESS;
	beyond = 0;
	from = 1;
	to = PATIENCE;
	/* RAM whose tracking nobody knows is not repeated: it is not used. */
	for (size_t i = 1; i < ARRAY_SIZE(commands); i++) {
		assert_true(live_with(&commands[i]).off);
		rig_assert_clean();
		rig_stop();
	}
}

static void no_progress_ends(void **state)
{
	said = RMI_SUCCESS;
	beyond = 0;
	to = ~0ull;
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		for (from = 1; from < 4; from++) {
			live_with(&commands[i]);
			rig_stop();
		}
	}
}

static void progress_past_the_end_is_not_believed(void **state)
{
	static const u64 lies_by[] = {
		1, PAGE_SIZE, 1ull << 40, -(REALM_BASE + 8 * PAGE_SIZE),
	};

	said = RMI_SUCCESS;
	to = ~0ull;
	for (size_t i = 1; i < ARRAY_SIZE(commands); i++) {
		for (size_t j = 0; j < ARRAY_SIZE(lies_by); j++) {
			beyond = lies_by[j];
			from = 2;
			live_with(&commands[i]);
			rig_stop();
		}
	}
}

/* Only levels between the roots and the last one have tables to be made. */
static bool lies_about_a_level(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_RTT_CREATE)
		assert_in_range(x[4], 2, 3);
	return lies(x, nth);
}

static void rtt_level_bogus(void **state)
{
	u64 level;

	from = 1;
	to = ~0ull;
	beyond = 0;
	for (size_t i = 3; i < ARRAY_SIZE(commands); i++) {
		for (level = 0; level < 256; level += level < 6 ? 1 : 83) {
			said = RMI_RETURN(RMI_ERROR_RTT, level);
			liar = &commands[i];
			rig_start("rme", NULL);
			wire_start(lies_about_a_level);
			life_live();
			wire_stop();
			rig_assert_accounted();
			rig_stop();
		}
	}
}

/* ---- Errors of an unmapping ---------------------------------------------- */

static u64 range_base, range_top; /* what is taken from the realm */
static u64 outside; /* calls for what is not in there */

/* As an RMM that clears its results when it fails. */
static bool fail_second(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_RTT_DATA_UNMAP)
		return false;
	outside += x[2] < range_base || x[3] > range_top;
	/* A page a call, so that there is a second. */
	x[3] = x[2] + PAGE_SIZE;
	return nth == 2 ? wire_answer(x, said) : false;
}

static void load_with_pages(struct guest *guest)
{
	static const u32 program[] = {
		A64_SET(5, PAGE(4)), A64_STR_X(5, 5),
		A64_SET(5, PAGE(5)), A64_STR_X(5, 5),
		A64_SET(5, PAGE(6)), A64_STR_X(5, 5),
		A64_SET(5, PAGE(7)), A64_STR_X(5, 5),
		A64_SET(9, REALM_UART | REALM_SHARED_BIT), A64_STR_X(5, 9),
		PROGRAM_OFF,
	};

	guest_load(guest, program, sizeof(program));
	assert_int_equal(guest_run(guest), 0);
}

static void check_unmap_stays_inside(u64 status)
{
	struct guest guest;

	rig_start("rme", NULL);
	load_with_pages(&guest);
	said = status;
	outside = 0;
	range_base = PAGE(5);
	range_top = PAGE(7);
	wire_start(fail_second);
	guest_attributes(&guest, range_base, range_top - range_base, 0);
	wire_stop();
	assert_int_equal(outside, 0);
	/* Its program is where it was. */
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
	rig_stop();
}

static const u64 statuses[] = {
	RMI_BUSY, RMI_BLOCKED, RMI_ERROR_INPUT, RMI_ERROR_REALM,
	RMI_RETURN(RMI_ERROR_RTT, 0), RMI_RETURN(RMI_ERROR_RTT, 3), 0xff, ~0ull,
};

static void unmap_busy_keeps_range(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(statuses); i++)
		check_unmap_stays_inside(statuses[i]);
}

/* What could not be unmapped stays the realm's, and is nobody else's. */
static void unmap_that_failed_is_done_at_the_end(void **state)
{
	struct guest guest;

	rig_start("rme", NULL);
	load_with_pages(&guest);
	said = RMI_ERROR_INPUT;
	range_base = PAGE(5);
	range_top = PAGE(7);
	wire_start(fail_second);
	assert_int_equal(guest_attributes(&guest, PAGE(5), 2 * PAGE_SIZE, 0),
			 -ENXIO);
	wire_stop();
	assert_int_equal(rig_ledger().leaked, 0);
	assert_int_equal(rig_log_count("RMI_RTT_DATA_UNMAP"), 1);
	guest_close(&guest);
	rig_assert_clean();
}

/* ---- Errors of a change of RIPAS ----------------------------------------- */

static bool fail_first_change(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_RTT_SET_RIPAS)
		return false;
	outside += x[3] < range_base || x[4] > range_top;
	return nth == 1 ? wire_answer(x, said) : false;
}

static void check_change_stays_inside(u64 status)
{
	static const u32 program[] = {
		A64_SET(0, SMC_RSI_IPA_STATE_SET), A64_SET(1, PAGE(8)),
		A64_SET(2, PAGE(10)), A64_MOVZ(3, RMI_EMPTY, 0),
		A64_MOVZ(4, 0, 0), A64_SMC, PROGRAM_OFF,
	};
	struct guest guest;

	rig_start("rme", NULL);
	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_attributes(&guest, PAGE(8), 2 * PAGE_SIZE, 0),
			 0);
	said = status;
	outside = 0;
	range_base = PAGE(8);
	range_top = PAGE(10);
	wire_start(fail_first_change);
	guest_run_to_off(&guest);
	wire_stop();
	assert_int_equal(outside, 0);
	guest_close(&guest);
	rig_assert_clean();
	rig_stop();
}

static void ripas_error_keeps_range(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(statuses); i++)
		check_change_stays_inside(statuses[i]);
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
		TEST(no_progress_is_repeated),
		TEST(no_progress_ends),
		TEST(progress_past_the_end_is_not_believed),
		TEST(rtt_level_bogus),
		TEST(unmap_busy_keeps_range),
		TEST(ripas_error_keeps_range),
		TEST(unmap_that_failed_is_done_at_the_end),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * An RMM that stops in the middle of a call, because an interrupt is pending,
 * and goes on when it is asked to: nobody but the engine for such calls
 * notices.
 */
#include <string.h>

#include "tests/host/life.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define HANDLE 0x5a5a5000ull

/* Commands that the specification allows to stop; two do so by themselves. */
static const u32 commands[] = {
	SMC_RMI_RMM_ACTIVATE, SMC_RMI_GPT_L1_CREATE,
	SMC_RMI_GRANULE_RANGE_DELEGATE, SMC_RMI_GRANULE_RANGE_UNDELEGATE,
	SMC_RMI_REALM_CREATE, SMC_RMI_REALM_ACTIVATE, SMC_RMI_REALM_TERMINATE,
	SMC_RMI_REALM_DESTROY, SMC_RMI_RTT_CREATE, SMC_RMI_RTT_DESTROY,
	SMC_RMI_RTT_INIT_RIPAS, SMC_RMI_RTT_SET_RIPAS,
	SMC_RMI_RTT_DATA_MAP_INIT, SMC_RMI_RTT_DATA_MAP,
	SMC_RMI_RTT_DATA_UNMAP, SMC_RMI_RTT_UNPROT_MAP,
	SMC_RMI_RTT_UNPROT_UNMAP,
};

static u64 who; /* stops; 0: all of them */
static unsigned int how_often;

static uint64_t opened[SMC_REGS]; /* the call that has stopped */
static unsigned int left; /* 0: none has */

static bool stops(u64 fid)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (fid == commands[i])
			return !who || fid == who;
	}
	return false;
}

/* The call is done at the last step, which has its results. */
static bool go_on(uint64_t x[SMC_REGS])
{
	if (--left)
		return wire_answer(x, RMI_INCOMPLETE);
	memcpy(x, opened, sizeof(opened));
	wire_pass(x);
	return true;
}

static bool stop_and_go(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_OP_CONTINUE && x[1] == HANDLE) {
		assert_int_not_equal(left, 0);
		return go_on(x);
	}
	if (!stops(x[0]))
		return false;
	/* One after the other: no call is made while another is open. */
	assert_int_equal(left, 0);
	memcpy(opened, x, sizeof(opened));
	left = how_often;
	wire_answer(x, RMI_INCOMPLETE);
	x[1] = HANDLE;
	return true;
}

static void check_life(u64 fid, unsigned int times)
{
	struct life life;

	who = fid;
	how_often = times;
	left = 0;
	rig_prepare("rme", NULL);
	wire_start(stop_and_go);
	rig_boot();
	life = life_live();
	if (fid)
		assert_true(wire_calls(fid) > 0);
	wire_stop();
	assert_int_equal(life.error, 0);
	assert_true(life.off);
	assert_int_equal(life.value, LIFE_VALUE);
	assert_int_equal(left, 0);
	rig_assert_clean();
	rig_stop();
}

static void sro_every_command(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		check_life(commands[i], 1);
}

static void sro_none_continue(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		check_life(commands[i], 3);
}

static void irq_at_every_yield(void **state)
{
	check_life(0, 1);
	check_life(0, 2);
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
		TEST(sro_every_command),
		TEST(sro_none_continue),
		TEST(irq_at_every_yield),
	};

	return cmocka_run_group_tests_name("yield", tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Canned answers in full: results, later calls, calls that are made all the
 * same. The short forms are in test_conduit.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "sim/machine/conduit.h"
#include "sim/machine/machine.h"

#define RAM 0x80000000ull

static char err[256];

static int setup(void **state)
{
	struct machine_conf conf;

	(void)state;
	if (!machine_conf_parse("test", "ram = 0x80000000+16M\n", &conf, err,
				sizeof(err)) ||
	    !machine_start(&conf, err, sizeof(err)))
		fail_msg("%s", err);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	machine_stop();
	return 0;
}

static void fault(const char *spec)
{
	if (!conduit_fault_add(spec, err, sizeof(err)))
		fail_msg("%s", err);
}

static uint64_t smc(uint64_t fid, uint64_t x1, uint64_t x2,
		    uint64_t x[SMC_REGS])
{
	memset(x, 0, SMC_REGS * sizeof(x[0]));
	x[0] = fid;
	x[1] = x1;
	x[2] = x2;
	conduit_smc(x);
	return x[0];
}

static uint64_t delegate(uint64_t base, uint64_t top, uint64_t x[SMC_REGS])
{
	return smc(SMC_RMI_GRANULE_RANGE_DELEGATE, base, top, x);
}

static void results_are_numbers(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	fault("RTT_CREATE=SUCCESS,x1=17,x4=0xffffffffffffffff,x2=0x10");
	assert_int_equal(smc(SMC_RMI_RTT_CREATE, 5, 6, x), RMI_SUCCESS);
	assert_int_equal(x[1], 17);
	assert_int_equal(x[2], 16);
	assert_int_equal(x[3], 0);
	assert_true(x[4] == UINT64_MAX);
}

static void results_are_arguments(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	fault("GRANULE_RANGE_DELEGATE=SUCCESS,x1=x2+4096,x2=x1,x3=x1-0x1000");
	assert_int_equal(delegate(0x5000, 0x8000, x), RMI_SUCCESS);
	assert_int_equal(x[1], 0x9000);
	assert_int_equal(x[2], 0x5000);
	assert_int_equal(x[3], 0x4000);
	assert_int_equal(machine_delegated(), 0);
}

static void x0_may_be_any_word(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	fault("RTT_CREATE=SUCCESS,x0=0x100000011");
	assert_true(smc(SMC_RMI_RTT_CREATE, 0, 0, x) == 0x100000011ull);
}

static void later_calls_are_answered_alike(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	fault("RTT_CREATE#2+=BUSY");
	assert_int_not_equal(smc(SMC_RMI_RTT_CREATE, 0, 0, x), RMI_BUSY);
	for (int i = 0; i < 3; i++)
		assert_int_equal(smc(SMC_RMI_RTT_CREATE, 0, 0, x), RMI_BUSY);
	fault("*#6+=BLOCKED");
	assert_int_not_equal(smc(SMC_RMI_RTT_DESTROY, 0, 0, x), RMI_BLOCKED);
	assert_int_equal(smc(SMC_RMI_RTT_DESTROY, 0, 0, x), RMI_BLOCKED);
	assert_int_equal(smc(SMC_RMI_RTT_CREATE, 0, 0, x), RMI_BUSY);
}

static void a_call_may_be_made_and_denied(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	assert_int_equal(smc(SMC_RMI_RMM_ACTIVATE, 0, 0, x), RMI_SUCCESS);
	fault("GRANULE_RANGE_DELEGATE#1~BUSY");
	assert_int_equal(delegate(RAM, RAM + 0x2000, x), RMI_BUSY);
	assert_int_equal(x[1], RAM + 0x2000);
	assert_int_equal(machine_delegated(), 2);
	fault("GRANULE_RANGE_DELEGATE#2~SUCCESS,x1=x1");
	assert_int_equal(delegate(RAM + 0x2000, RAM + 0x3000, x), RMI_SUCCESS);
	assert_int_equal(x[1], RAM + 0x2000);
	assert_int_equal(machine_delegated(), 3);
}

static void bad_results_are_refused(void **state)
{
	static const char *const specs[] = {
		"x5=0", "x=0", "y1=0", "x1", "x1=", "x1=-1", "x1=zz", "x1=x18",
		"x1=x2+", "x1=x2*4", "x1=x2+x3", "", "x1=1 ",
		"x1=0x1111111111111111111111111",
	};
	char spec[64], expected[160];

	(void)state;
	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		snprintf(spec, sizeof(spec), "FEATURES=BUSY,%s", specs[i]);
		snprintf(expected, sizeof(expected), "'%s': not xK=VALUE (x0 "
			 "to x4; a number, xM, xM+NUMBER or xM-NUMBER)",
			 specs[i]);
		assert_false(conduit_fault_add(spec, err, sizeof(err)));
		assert_string_equal(err, expected);
	}
	assert_false(conduit_fault_add("FEATURES#+=BUSY", err, sizeof(err)));
	assert_string_equal(err, "'#+': no call number (1 to 4294967295)");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(results_are_numbers),
		TEST(results_are_arguments),
		TEST(x0_may_be_any_word),
		TEST(later_calls_are_answered_alike),
		TEST(a_call_may_be_made_and_denied),
		TEST(bad_results_are_refused),
	};

	return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/* Debug registers of a REC: which there are, and that they keep values. */
#include "realm_kit.h"

#define ISS(encoding, rt, read) ((encoding) | (rt) << 5 | (read))
#define BREAKPOINT(n) SYSREG(2, 0, 0, n, 4)
#define BREAKPOINT_CONTROL(n) SYSREG(2, 0, 0, n, 5)
#define WATCHPOINT(n) SYSREG(2, 0, 0, n, 6)
#define WATCHPOINT_CONTROL(n) SYSREG(2, 0, 0, n, 7)
#define OSLAR SYSREG(2, 0, 1, 0, 4)
#define OSLSR SYSREG(2, 0, 1, 1, 4)
#define OSDLR SYSREG(2, 0, 1, 3, 4)

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* The realm's access traps; the PE as the next run finds it. */
static const struct pe *trap(uint32_t iss)
{
	kit_pe.runs = kit_pe.written = 0;
	kit_pe_exit(PE_EXIT_SYNC, KIT_ESR(ESR_EC_SYSREG, iss), 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 2);
	return &kit_pe.found[1];
}

static void write_reg(uint32_t encoding, uint64_t value)
{
	uint64_t pc = kit_rec()->pe.pc;

	kit_rec()->pe.x[7] = value;
	assert_int_equal(trap(ISS(encoding, 7, 0))->pc, pc + 4);
}

static uint64_t read_reg(uint32_t encoding)
{
	uint64_t pc = kit_rec()->pe.pc;
	const struct pe *pe = trap(ISS(encoding, 7, 1));

	assert_int_equal(pe->pc, pc + 4);
	return pe->x[7];
}

/* An Undefined exception at the instruction. */
static void assert_undefined(uint32_t iss)
{
	uint64_t pc = kit_rec()->pe.pc;
	const struct pe *pe;

	kit_rec()->pe.sysreg[PE_ELR_EL1] = ~pc;
	pe = trap(iss);
	assert_int_equal(pe->sysreg[PE_ELR_EL1], pc);
	assert_int_equal(FIELD_GET(ESR_EC, pe->sysreg[PE_ESR_EL1]), 0);
	kit_rec()->pe.pc = pc;
}

static void every_register_keeps_its_own_value(void **state)
{
	unsigned int bps = kit_rd()->num_bps + 1;
	unsigned int wps = kit_rd()->num_wps + 1;

	(void)state;
	for (unsigned int n = 0; n < 16; n++) {
		if (n < bps) {
			write_reg(BREAKPOINT(n), 0x1000 + n);
			write_reg(BREAKPOINT_CONTROL(n), 0x2000 + n);
		}
		if (n < wps) {
			write_reg(WATCHPOINT(n), 0x3000 + n);
			write_reg(WATCHPOINT_CONTROL(n), 0x4000 + n);
		}
	}
	for (unsigned int n = 0; n < bps; n++) {
		assert_int_equal(read_reg(BREAKPOINT(n)), 0x1000 + n);
		assert_int_equal(read_reg(BREAKPOINT_CONTROL(n)), 0x2000 + n);
	}
	for (unsigned int n = 0; n < wps; n++) {
		assert_int_equal(read_reg(WATCHPOINT(n)), 0x3000 + n);
		assert_int_equal(read_reg(WATCHPOINT_CONTROL(n)), 0x4000 + n);
	}
}

static void there_are_as_many_as_the_realm_asked_for(void **state)
{
	unsigned int bps = kit_rd()->num_bps + 1;
	unsigned int wps = kit_rd()->num_wps + 1;

	(void)state;
	for (unsigned int read = 0; read < 2; read++) {
		for (unsigned int n = bps; n < 16; n++) {
			assert_undefined(ISS(BREAKPOINT(n), 1, read));
			assert_undefined(ISS(BREAKPOINT_CONTROL(n), 1, read));
		}
		for (unsigned int n = wps; n < 16; n++) {
			assert_undefined(ISS(WATCHPOINT(n), 1, read));
			assert_undefined(ISS(WATCHPOINT_CONTROL(n), 1, read));
		}
	}
}

static void breakpoints_and_watchpoints_are_counted_apart(void **state)
{
	(void)state;
	kit_rec()->num_bps = 3;
	kit_rec()->num_wps = 1;
	assert_int_equal(read_reg(BREAKPOINT(3)), 0);
	assert_int_equal(read_reg(BREAKPOINT_CONTROL(3)), 0);
	assert_undefined(ISS(WATCHPOINT(3), 1, 1));
	assert_undefined(ISS(WATCHPOINT_CONTROL(3), 1, 1));
	assert_int_equal(read_reg(WATCHPOINT_CONTROL(1)), 0);
}

/* One field of the encoding apart. */
static void their_neighbours_are_none_of_them(void **state)
{
	(void)state;
	write_reg(BREAKPOINT(1), 0x77);
	assert_int_equal(read_reg(SYSREG(3, 0, 0, 1, 4)), 0);
	assert_undefined(ISS(SYSREG(2, 3, 0, 1, 4), 1, 1));
	assert_undefined(ISS(SYSREG(2, 0, 2, 1, 4), 1, 1));
	for (unsigned int op2 = 0; op2 < 4; op2++)
		assert_undefined(ISS(SYSREG(2, 0, 0, 1, op2), 1, 1));
}

static void they_start_at_zero_with_the_os_lock_on(void **state)
{
	(void)state;
	assert_int_equal(read_reg(BREAKPOINT(0)), 0);
	assert_int_equal(read_reg(WATCHPOINT_CONTROL(1)), 0);
	assert_int_equal(read_reg(OSLSR), 1 << 3 | 1 << 1);
}

static void the_os_lock_opens_and_closes(void **state)
{
	(void)state;
	write_reg(OSLAR, 0);
	assert_int_equal(read_reg(OSLSR), 1 << 3);
	write_reg(OSLAR, ~0ull);
	assert_int_equal(read_reg(OSLSR), 1 << 3 | 1 << 1);
	write_reg(OSLAR, 2);
	assert_int_equal(read_reg(OSLSR), 1 << 3);
}

static void there_is_no_double_lock(void **state)
{
	(void)state;
	write_reg(OSDLR, 1);
	assert_int_equal(kit_rec()->pe.x[7], 1);
	assert_int_equal(read_reg(OSDLR), 0);
}

static void locks_are_read_or_written_as_they_are(void **state)
{
	(void)state;
	assert_undefined(ISS(OSLAR, 1, 1));
	assert_undefined(ISS(OSLSR, 1, 0));
}

static void xzr_reads_as_zero_and_takes_nothing(void **state)
{
	(void)state;
	write_reg(BREAKPOINT(0), 5);
	trap(ISS(BREAKPOINT(0), 31, 0));
	assert_int_equal(read_reg(BREAKPOINT(0)), 0);
	trap(ISS(BREAKPOINT(0), 31, 1));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(every_register_keeps_its_own_value),
		CASE(there_are_as_many_as_the_realm_asked_for),
		CASE(breakpoints_and_watchpoints_are_counted_apart),
		CASE(their_neighbours_are_none_of_them),
		CASE(they_start_at_zero_with_the_os_lock_on),
		CASE(the_os_lock_opens_and_closes),
		CASE(there_is_no_double_lock),
		CASE(locks_are_read_or_written_as_they_are),
		CASE(xzr_reads_as_zero_and_takes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

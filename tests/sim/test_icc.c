/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The virtual CPU interface: priorities, acknowledging and ending interrupts,
 * and what the hypervisor's registers say of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/machine/icc.h"
#include "sim/machine/ich.h"
#include "tests/sim/icc_regs.h"

#define CPU 2
#define NONE 1023
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int setup(void **state)
{
	(void)state;
	ich_start();
	ich_write(CPU, ICH_HCR_EL2, ICH_HCR_EN);
	ich_write(CPU, ICH_VMCR_EL2,
		  ICH_VMCR_VENG0 | ICH_VMCR_VENG1 |
			  FIELD_PREP(ICH_VMCR_VPMR, 0xff));
	return 0;
}

static uint64_t rd(uint32_t encoding)
{
	uint64_t value = 0;

	assert_int_equal(icc_read(CPU, encoding, &value), ICC_DONE);
	return value;
}

static void wr(uint32_t encoding, uint64_t value)
{
	assert_int_equal(icc_write(CPU, encoding, value), ICC_DONE);
}

static uint64_t ich(uint32_t encoding)
{
	uint64_t value = 0;

	assert_true(ich_read(CPU, encoding, &value));
	return value;
}

static void set(uint32_t encoding, uint64_t value)
{
	assert_true(ich_write(CPU, encoding, value));
}

static uint64_t lr_state(unsigned int n)
{
	return FIELD_GET(ICH_LR_STATE, ich(ICH_LR_EL2(n)));
}

#define EMPTY 0
#define PENDING 1
#define ACTIVE 2
#define BOTH 3

/* ---- Delivery ------------------------------------------------------------ */

static void the_highest_priority_is_delivered(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	set(ICH_LR_EL2(1), LR1(41, 0x60));
	set(ICH_LR_EL2(3), LR1(42, 0x80));
	assert_int_equal(rd(ICC_HPPIR1_EL1), 41);
	assert_int_equal(rd(ICC_IAR1_EL1), 41);
	assert_int_equal(rd(ICC_RPR_EL1), 0x60);
	assert_int_equal(lr_state(1), ACTIVE);
	assert_int_equal(rd(ICC_HPPIR1_EL1), 42);
	/* It does not preempt. */
	assert_int_equal(icc_signal(CPU), ICC_NOTHING);
	assert_int_equal(rd(ICC_IAR1_EL1), NONE);
}

/* What is signalled for one pending interrupt in a given state. */
static void mask_and_running_priority_decide(void **state)
{
	static const struct {
		uint64_t lr;
		uint64_t vmcr; /* without PMR */
		unsigned int pmr;
		uint64_t ap1r0;
		enum icc_signal signal;
	} rows[] = {
		{ LR1(40, 0xa0), ICH_VMCR_VENG1, 0xf8, 0, ICC_IRQ },
		{ LR1(40, 0xa0), ICH_VMCR_VENG1, 0xa8, 0, ICC_IRQ },
		{ LR1(40, 0xa0), ICH_VMCR_VENG1, 0xa0, 0, ICC_NOTHING },
		{ LR1(40, 0), ICH_VMCR_VENG1, 0, 0, ICC_NOTHING },
		{ LR1(40, 0xa0), ICH_VMCR_VENG0, 0xf8, 0, ICC_NOTHING },
		{ LR0(40, 0xa0), ICH_VMCR_VENG0, 0xf8, 0, ICC_FIQ },
		{ LR0(40, 0xa0), ICH_VMCR_VENG1, 0xf8, 0, ICC_NOTHING },
		{ LR1(40, 0xa0) | ICH_LR_ACTIVE, ICH_VMCR_VENG1, 0xf8, 0,
		  ICC_NOTHING },
		/* Preemption: levels are priorities / 8. */
		{ LR1(40, 0xa0), ICH_VMCR_VENG1, 0xf8, 1u << 21, ICC_IRQ },
		{ LR1(40, 0xa0), ICH_VMCR_VENG1, 0xf8, 1u << 20, ICC_NOTHING },
		{ LR1(40, 0xa0), ICH_VMCR_VENG1, 0xf8, 1u << 19, ICC_NOTHING },
		/* With BPR1 6, 0xa0 and 0x80 are of one group priority. */
		{ LR1(40, 0x80), ICH_VMCR_VENG1 | 6ull << 18, 0xf8, 1u << 20,
		  ICC_IRQ },
		{ LR1(40, 0xa0), ICH_VMCR_VENG1 | 6ull << 18, 0xf8, 1u << 16,
		  ICC_NOTHING },
		/* With CBPR, by BPR0: 5 cuts off as much as BPR1 6. */
		{ LR1(40, 0xa0), ICH_VMCR_VENG1 | ICH_VMCR_VCBPR | 5ull << 21,
		  0xf8, 1u << 16, ICC_NOTHING },
		{ LR1(40, 0xa0), ICH_VMCR_VENG1 | ICH_VMCR_VCBPR | 2ull << 21,
		  0xf8, 1u << 21, ICC_IRQ },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		set(ICH_LR_EL2(0), rows[i].lr);
		set(ICH_VMCR_EL2, rows[i].vmcr |
			    FIELD_PREP(ICH_VMCR_VPMR, rows[i].pmr));
		set(ICH_AP1R0_EL2, rows[i].ap1r0);
		if (icc_signal(CPU) != rows[i].signal)
			fail_msg("row %zu: %d", i, (int)icc_signal(CPU));
	}
}

static void nothing_is_delivered_without_en(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	set(ICH_HCR_EL2, 0);
	assert_int_equal(icc_signal(CPU), ICC_NOTHING);
	assert_int_equal(rd(ICC_IAR1_EL1), NONE);
	assert_int_equal(lr_state(0), PENDING);
}

static void groups_are_acknowledged_apart(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR0(40, 0xa0));
	assert_int_equal(rd(ICC_IAR1_EL1), NONE);
	assert_int_equal(rd(ICC_HPPIR1_EL1), NONE);
	assert_int_equal(rd(ICC_HPPIR0_EL1), 40);
	assert_int_equal(rd(ICC_IAR0_EL1), 40);
	assert_int_equal(rd(ICC_AP0R0_EL1), 1u << 20);
	assert_int_equal(rd(ICC_AP1R0_EL1), 0);
}

static void a_higher_one_preempts_and_both_end_in_order(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	assert_int_equal(rd(ICC_IAR1_EL1), 40);
	set(ICH_LR_EL2(1), LR1(41, 0x20));
	assert_int_equal(icc_signal(CPU), ICC_IRQ);
	assert_int_equal(rd(ICC_IAR1_EL1), 41);
	assert_int_equal(rd(ICC_RPR_EL1), 0x20);
	assert_int_equal(rd(ICC_AP1R0_EL1), 1u << 20 | 1u << 4);
	wr(ICC_EOIR1_EL1, 41);
	assert_int_equal(rd(ICC_RPR_EL1), 0xa0);
	assert_int_equal(lr_state(1), EMPTY);
	wr(ICC_EOIR1_EL1, 40);
	assert_int_equal(rd(ICC_RPR_EL1), 0xff);
	assert_int_equal(lr_state(0), EMPTY);
}

static void pending_again_while_active_comes_back_after_its_end(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	rd(ICC_IAR1_EL1);
	set(ICH_LR_EL2(0), ich(ICH_LR_EL2(0)) | ICH_LR_PENDING);
	assert_int_equal(lr_state(0), BOTH);
	assert_int_equal(icc_signal(CPU), ICC_NOTHING);
	wr(ICC_EOIR1_EL1, 40);
	assert_int_equal(lr_state(0), PENDING);
	assert_int_equal(icc_signal(CPU), ICC_IRQ);
}

/* ---- Ending -------------------------------------------------------------- */

/* From an interrupt 40 that is active at 0xa0, in list register 0. */
static void ends_do_what_the_mode_says(void **state)
{
	static const struct {
		bool split; /* EOImode */
		uint32_t encoding;
		uint64_t intid;
		uint64_t lr_state;
		uint64_t ap1r0;
		unsigned int eoicount;
	} rows[] = {
		{ false, ICC_EOIR1_EL1, 40, EMPTY, 0, 0 },
		{ true, ICC_EOIR1_EL1, 40, ACTIVE, 0, 0 },
		{ true, ICC_DIR_EL1, 40, EMPTY, 1u << 20, 0 },
		/* DIR means nothing without EOImode. */
		{ false, ICC_DIR_EL1, 40, ACTIVE, 1u << 20, 0 },
		/* Of an interrupt that is in no list register. */
		{ false, ICC_EOIR1_EL1, 50, ACTIVE, 0, 1 },
		{ true, ICC_EOIR1_EL1, 50, ACTIVE, 0, 0 },
		{ true, ICC_DIR_EL1, 50, ACTIVE, 1u << 20, 1 },
		/* LPIs are not counted. */
		{ false, ICC_EOIR1_EL1, 8192, ACTIVE, 0, 0 },
		{ true, ICC_DIR_EL1, 8192, ACTIVE, 1u << 20, 0 },
		/* Special numbers and the other group change nothing. */
		{ false, ICC_EOIR1_EL1, 1023, ACTIVE, 1u << 20, 0 },
		{ false, ICC_EOIR1_EL1, 1020, ACTIVE, 1u << 20, 0 },
		{ true, ICC_DIR_EL1, 1023, ACTIVE, 1u << 20, 0 },
		{ false, ICC_EOIR0_EL1, 40, ACTIVE, 1u << 20, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		setup(state);
		set(ICH_LR_EL2(0), LR1(40, 0xa0));
		assert_int_equal(rd(ICC_IAR1_EL1), 40);
		wr(ICC_CTLR_EL1, rows[i].split ? 2 : 0);
		wr(rows[i].encoding, rows[i].intid);
		if (lr_state(0) != rows[i].lr_state ||
		    ich(ICH_AP1R0_EL2) != rows[i].ap1r0 ||
		    FIELD_GET(ICH_HCR_EOICOUNT, ich(ICH_HCR_EL2)) !=
			    rows[i].eoicount)
			fail_msg("row %zu: LR %d, AP1R0 0x%x, HCR 0x%x", i,
				 (int)lr_state(0), (int)ich(ICH_AP1R0_EL2),
				 (int)ich(ICH_HCR_EL2));
	}
}

static void end_without_active_priority_changes_nothing(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0) | ICH_LR_ACTIVE);
	wr(ICC_EOIR1_EL1, 40);
	assert_int_equal(lr_state(0), BOTH);
	wr(ICC_EOIR1_EL1, 50);
	assert_int_equal(FIELD_GET(ICH_HCR_EOICOUNT, ich(ICH_HCR_EL2)), 0);
}

static void end_out_of_order_drops_but_does_not_deactivate(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	rd(ICC_IAR1_EL1);
	set(ICH_LR_EL2(1), LR1(41, 0x20));
	rd(ICC_IAR1_EL1);
	wr(ICC_EOIR1_EL1, 40);
	assert_int_equal(rd(ICC_RPR_EL1), 0xa0);
	assert_int_equal(lr_state(0), ACTIVE);
	assert_int_equal(lr_state(1), ACTIVE);
}

static void eoicount_wraps_after_31(void **state)
{
	(void)state;
	for (unsigned int i = 1; i <= 33; i++) {
		set(ICH_AP1R0_EL2, 1);
		wr(ICC_EOIR1_EL1, 50);
		assert_int_equal(FIELD_GET(ICH_HCR_EOICOUNT, ich(ICH_HCR_EL2)),
				 i % 32);
	}
	assert_int_equal(ich(ICH_HCR_EL2) & ~ICH_HCR_EOICOUNT, ICH_HCR_EN);
}

/* ---- Controls ------------------------------------------------------------ */

static void controls_read_as_they_are_kept(void **state)
{
	static const struct {
		uint32_t encoding;
		uint64_t written;
		uint64_t read;
	} rows[] = {
		{ ICC_PMR_EL1, 0xff, 0xf8 },
		{ ICC_PMR_EL1, 0x13, 0x10 },
		{ ICC_BPR0_EL1, 0, 2 },
		{ ICC_BPR0_EL1, 7, 7 },
		{ ICC_BPR1_EL1, 0, 3 },
		{ ICC_BPR1_EL1, 5, 5 },
		{ ICC_CTLR_EL1, ~0ull, 0x8403 },
		{ ICC_BPR1_EL1, 4, 7 }, /* CBPR: BPR0 + 1, at most 7 */
		{ ICC_BPR0_EL1, 3, 3 },
		{ ICC_BPR1_EL1, 7, 4 },
		{ ICC_CTLR_EL1, 0, 0x8400 },
		{ ICC_BPR1_EL1, 5, 5 },
		{ ICC_IGRPEN0_EL1, 0, 0 },
		{ ICC_IGRPEN1_EL1, 0, 0 },
		{ ICC_IGRPEN1_EL1, 3, 1 },
		{ ICC_SRE_EL1, 0, 7 },
		{ ICC_AP0R0_EL1, 0x1234, 0x1234 },
		{ ICC_AP1R0_EL1, 0x100000001, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		wr(rows[i].encoding, rows[i].written);
		if (rd(rows[i].encoding) != rows[i].read)
			fail_msg("row %zu: 0x%x", i,
				 (int)rd(rows[i].encoding));
	}
}

static void vmcr_is_the_same_state(void **state)
{
	(void)state;
	set(ICH_VMCR_EL2, 0);
	wr(ICC_PMR_EL1, 0x80);
	wr(ICC_IGRPEN1_EL1, 1);
	wr(ICC_CTLR_EL1, 2);
	wr(ICC_BPR0_EL1, 4);
	wr(ICC_BPR1_EL1, 6);
	assert_int_equal(ich(ICH_VMCR_EL2),
			 ICH_VMCR_VENG1 | ICH_VMCR_VEOIM |
				 FIELD_PREP(ICH_VMCR_VBPR1, 6) |
				 FIELD_PREP(ICH_VMCR_VBPR0, 4) |
				 FIELD_PREP(ICH_VMCR_VPMR, 0x80));
}

static void directions_and_absent_registers(void **state)
{
	static const struct {
		uint32_t encoding;
		enum icc_result read;
		enum icc_result write;
	} rows[] = {
		{ ICC_IAR0_EL1, ICC_DONE, ICC_UNDEF },
		{ ICC_IAR1_EL1, ICC_DONE, ICC_UNDEF },
		{ ICC_HPPIR0_EL1, ICC_DONE, ICC_UNDEF },
		{ ICC_HPPIR1_EL1, ICC_DONE, ICC_UNDEF },
		{ ICC_RPR_EL1, ICC_DONE, ICC_UNDEF },
		{ ICC_EOIR0_EL1, ICC_UNDEF, ICC_DONE },
		{ ICC_EOIR1_EL1, ICC_UNDEF, ICC_DONE },
		{ ICC_DIR_EL1, ICC_UNDEF, ICC_DONE },
		{ ICC_SGI0R_EL1, ICC_UNDEF, ICC_TRAP },
		{ ICC_SGI1R_EL1, ICC_UNDEF, ICC_TRAP },
		{ ICC_ASGI1R_EL1, ICC_UNDEF, ICC_TRAP },
		{ ICC_AP0R1_EL1, ICC_UNDEF, ICC_UNDEF },
	};
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(icc_is(rows[i].encoding));
		assert_int_equal(icc_read(CPU, rows[i].encoding, &value),
				 rows[i].read);
		assert_int_equal(icc_write(CPU, rows[i].encoding, 0),
				 rows[i].write);
	}
	set(ICH_HCR_EL2, ICH_HCR_EN | ICH_HCR_TDIR);
	assert_int_equal(icc_write(CPU, ICC_DIR_EL1, 0), ICC_TRAP);
	assert_false(icc_is(SYSREG(3, 0, 12, 0, 0))); /* VBAR_EL1 */
	assert_false(icc_is(SYSREG(3, 0, 4, 2, 2))); /* CurrentEL */
	assert_false(icc_is(ICH_HCR_EL2));
}

/* ---- The hypervisor's side ----------------------------------------------- */

static void status_registers_follow_the_list_registers(void **state)
{
	const uint64_t done = ICH_LR_EOI | 40;

	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	set(ICH_LR_EL2(1), done);
	set(ICH_LR_EL2(2), done | ICH_LR_HW);
	set(ICH_LR_EL2(3), done | ICH_LR_ACTIVE);
	assert_int_equal(ich(ICH_EISR_EL2), 1u << 1);
	assert_int_equal(ich(ICH_ELRSR_EL2), 1u << 2);
	set(ICH_EISR_EL2, ~0ull); /* read only */
	assert_int_equal(ich(ICH_EISR_EL2), 1u << 1);
}

static void maintenance_is_what_hcr_asks_for(void **state)
{
	static const struct {
		uint64_t hcr;
		uint64_t lr[2];
		uint64_t vmcr;
		uint64_t misr;
	} rows[] = {
		{ 0, { 0, 0 }, 0, 0 },
		{ 0, { ICH_LR_EOI, 0 }, 0, 1 << 0 },
		{ ICH_HCR_UIE, { LR1(40, 0), 0 }, 0, 1 << 1 },
		{ ICH_HCR_UIE, { LR1(40, 0), LR1(41, 0) }, 0, 0 },
		{ ICH_HCR_LRENPIE, { 0, 0 }, 0, 0 },
		{ ICH_HCR_LRENPIE | FIELD_PREP(ICH_HCR_EOICOUNT, 2), { 0, 0 },
		  0, 1 << 2 },
		{ ICH_HCR_NPIE, { LR1(40, 0), 0 }, 0, 0 },
		{ ICH_HCR_NPIE, { LR1(40, 0) | ICH_LR_ACTIVE, 0 }, 0, 1 << 3 },
		{ ICH_HCR_VGRP0EIE, { 0, 0 }, ICH_VMCR_VENG0, 1 << 4 },
		{ ICH_HCR_VGRP0EIE, { 0, 0 }, ICH_VMCR_VENG1, 0 },
		{ ICH_HCR_VGRP0DIE, { 0, 0 }, ICH_VMCR_VENG1, 1 << 5 },
		{ ICH_HCR_VGRP1EIE, { 0, 0 }, ICH_VMCR_VENG1, 1 << 6 },
		{ ICH_HCR_VGRP1DIE, { 0, 0 }, ICH_VMCR_VENG0, 1 << 7 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		set(ICH_LR_EL2(0), rows[i].lr[0]);
		set(ICH_LR_EL2(1), rows[i].lr[1]);
		set(ICH_VMCR_EL2, rows[i].vmcr);
		set(ICH_HCR_EL2, rows[i].hcr);
		if (ich(ICH_MISR_EL2) != rows[i].misr)
			fail_msg("row %zu: 0x%x", i, (int)ich(ICH_MISR_EL2));
		assert_false(ich_maintenance(CPU));
		set(ICH_HCR_EL2, rows[i].hcr | ICH_HCR_EN);
		assert_int_equal(ich_maintenance(CPU), rows[i].misr != 0);
	}
}

static void vtr_describes_what_there_is(void **state)
{
	(void)state;
	assert_int_equal(ich(ICH_VTR_EL2) & 0x1f, ICH_LRS - 1);
	assert_int_equal(ich(ICH_VTR_EL2) >> 29, 4);
	assert_false(ich_write(CPU, ICH_LR_EL2(ICH_LRS), 0));
}

static void cpus_are_apart(void **state)
{
	(void)state;
	set(ICH_LR_EL2(0), LR1(40, 0xa0));
	assert_int_equal(icc_signal(CPU), ICC_IRQ);
	assert_int_equal(icc_signal(CPU + 1), ICC_NOTHING);
}

int main(void)
{
#define ICC_TEST(test) cmocka_unit_test_setup(test, setup)
	const struct CMUnitTest tests[] = {
		ICC_TEST(the_highest_priority_is_delivered),
		ICC_TEST(mask_and_running_priority_decide),
		ICC_TEST(nothing_is_delivered_without_en),
		ICC_TEST(groups_are_acknowledged_apart),
		ICC_TEST(a_higher_one_preempts_and_both_end_in_order),
		ICC_TEST(pending_again_while_active_comes_back_after_its_end),
		ICC_TEST(ends_do_what_the_mode_says),
		ICC_TEST(end_without_active_priority_changes_nothing),
		ICC_TEST(end_out_of_order_drops_but_does_not_deactivate),
		ICC_TEST(eoicount_wraps_after_31),
		ICC_TEST(controls_read_as_they_are_kept),
		ICC_TEST(vmcr_is_the_same_state),
		ICC_TEST(directions_and_absent_registers),
		ICC_TEST(status_registers_follow_the_list_registers),
		ICC_TEST(maintenance_is_what_hcr_asks_for),
		ICC_TEST(vtr_describes_what_there_is),
		ICC_TEST(cpus_are_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The virtual GIC at REC_ENTER: list registers that are refused, what the host
 * may choose of ICH_HCR_EL2, and registers of the GIC that it emulates.
 */
#include <string.h>

#include "abi/gic.h"
#include "realm_kit.h"

#define SGI1R SYSREG(3, 0, 12, 11, 5)
#define ASGI1R SYSREG(3, 0, 12, 11, 6)
#define SGI0R SYSREG(3, 0, 12, 11, 7)
#define DIR SYSREG(3, 0, 12, 11, 1)
#define PMR SYSREG(3, 0, 4, 6, 0)
#define IAR1 SYSREG(3, 0, 12, 12, 0)
#define IGRPEN1 SYSREG(3, 0, 12, 12, 7)
#define IAR0 SYSREG(3, 0, 12, 8, 0)

#define PENDING(intid) (ICH_LR_PENDING | ICH_LR_GROUP1 | (intid))

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

static uint64_t *lr(void)
{
	return fake.ich[0].lr;
}

static void assert_refused(uint64_t flags)
{
	struct kit_world world;

	kit_remember(&world);
	assert_int_equal(kit_enter(flags), RET(ERROR_REC));
	assert_int_equal(kit_pe.runs, 0);
	kit_assert_same(&world);
}

/* ---- List registers ---------------------------------------------------- */

static void no_physical_interrupt_of_a_device_is_linked(void **state)
{
	static const uint64_t states[] = {
		ICH_LR_PENDING, ICH_LR_ACTIVE, ICH_LR_STATE,
	};

	(void)state;
	for (unsigned int i = 0; i < FAKE_LRS; i++) {
		for (unsigned int s = 0; s < 3; s++) {
			lr()[i] = ICH_LR_HW | states[s] | 27;
			assert_refused(0);
		}
		/* Nothing is in it, so nothing is wrong with it. */
		lr()[i] = ICH_LR_HW | 27;
	}
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

static void no_interrupt_is_in_two_list_registers(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < FAKE_LRS; i++) {
		for (unsigned int j = 0; j < i; j++) {
			memset(lr(), 0, sizeof(fake.ich[0].lr));
			lr()[i] = PENDING(27);
			lr()[j] = ICH_LR_ACTIVE | 27;
			assert_refused(0);
		}
	}
	/* One of them empty, or another interrupt. */
	lr()[0] = ICH_LR_GROUP1 | 27;
	lr()[1] = PENDING(27 | 1ull << 31);
	lr()[2] = 27;
	lr()[3] = PENDING(27);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

/* What a list register says besides does not make it another interrupt. */
static void an_interrupt_is_its_number(void **state)
{
	(void)state;
	lr()[0] = PENDING(40) | FIELD_PREP(ICH_LR_PRIORITY, 0xa0);
	lr()[2] = ICH_LR_PENDING | ICH_LR_EOI | 40;
	assert_refused(0);
}

static void only_list_registers_that_exist_are_read(void **state)
{
	(void)state;
	kit_start();
	fake.features.lrs = 2;
	lr()[2] = ICH_LR_HW | PENDING(27);
	lr()[3] = PENDING(27);
	lr()[1] = PENDING(27);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

/* The CPU of the call is the one that counts. */
static void each_cpu_has_its_own(void **state)
{
	(void)state;
	fake.ich[1].lr[0] = ICH_LR_HW | PENDING(27);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	fake_cpu = 1;
	assert_int_equal(kit_enter(0), RET(ERROR_REC));
	fake_cpu = 0;
}

/* Behind the realm's and the REC's state, before the flags. */
static void list_registers_are_asked_in_their_place(void **state)
{
	(void)state;
	lr()[0] = ICH_LR_HW | PENDING(27);
	kit_rd()->state = REALM_ZOMBIE;
	assert_int_equal(kit_enter(0), RET(ERROR_REALM));
	kit_rd()->state = REALM_ACTIVE;
	assert_refused(RMI_ENTRY_EMUL_MMIO);
}

/* ---- ICH_HCR_EL2 ------------------------------------------------------- */

static void the_host_chooses_only_the_named_bits(void **state)
{
	uint64_t chosen = ICH_HCR_UIE | ICH_HCR_LRENPIE | ICH_HCR_NPIE |
			  ICH_HCR_VGRP0EIE | ICH_HCR_VGRP0DIE |
			  ICH_HCR_VGRP1EIE | ICH_HCR_VGRP1DIE | ICH_HCR_TDIR;

	(void)state;
	for (unsigned int bit = 0; bit < 64; bit++) {
		fake.ich[0].hcr = BIT_ULL(bit);
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_int_equal(kit_pe.regime.ich_hcr_el2,
				 (BIT_ULL(bit) & chosen) | ICH_HCR_EN);
		kit_pe.runs = 0;
	}
	fake.ich[0].hcr = ~0ull;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.regime.ich_hcr_el2, chosen | ICH_HCR_EN);
}

/* What the CPU made of it while the realm ran. */
static void count_an_eoi(struct pe *pe)
{
	(void)pe;
	fake.ich[0].hcr = kit_pe.regime.ich_hcr_el2 |
			  FIELD_PREP(ICH_HCR_EOICOUNT, 3);
}

static void an_exit_turns_the_interface_off_and_no_more(void **state)
{
	(void)state;
	fake.ich[0].hcr = ICH_HCR_EN | ICH_HCR_UIE;
	kit_pe_exit(PE_EXIT_IRQ, 0, 0, 0)->hook = count_an_eoi;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(fake.ich[0].hcr,
			 ICH_HCR_UIE | FIELD_PREP(ICH_HCR_EOICOUNT, 3));
}

static void list_registers_are_left_as_they_are(void **state)
{
	uint64_t before[FAKE_LRS];

	(void)state;
	for (unsigned int i = 0; i < FAKE_LRS; i++)
		lr()[i] = PENDING(32 + i) | ICH_LR_EOI;
	memcpy(before, lr(), sizeof(before));
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_memory_equal(lr(), before, sizeof(before));
}

/* ---- Registers that the host emulates ---------------------------------- */

#define ISS(encoding, rt, read) ((encoding) | (rt) << 5 | (read))

/* The host sees ESR without the register's number, and maybe a value. */
static void access(uint32_t iss, uint64_t gpr0)
{
	struct rec_exit want;

	kit_pe_exit(PE_EXIT_SYNC, KIT_ESR(ESR_EC_SYSREG, iss), ~0ull, ~0ull);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_SYNC;
	want.esr = KIT_ESR(ESR_EC_SYSREG, iss & ~(uint32_t)ESR_SYSREG_RT);
	want.gprs[0] = gpr0;
	kit_assert_exit(&want);
	assert_int_equal(kit_pe.runs, 1);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE + 4);
}

static void writes_show_the_value_alone(void **state)
{
	static const uint32_t writes[] = {
		SGI1R, ASGI1R, SGI0R, DIR, PMR, IGRPEN1,
	};

	for (unsigned int i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
		struct pe before;

		setup(state);
		kit_rec()->pe.x[9] = 0x123456789a;
		access(ISS(writes[i], 9, 0), 0x123456789a);
		before = kit_rec()->pe;
		/* Nothing comes back. */
		kit_said()->gprs[0] = 0x666;
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
	}
}

static void xzr_writes_zero(void **state)
{
	(void)state;
	access(ISS(SGI1R, 31, 0), 0);
}

static void reads_bring_the_hosts_value_at_the_next_entry(void **state)
{
	static const uint32_t reads[] = { PMR, IAR0, IAR1, IGRPEN1 };

	for (unsigned int i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		struct pe want;

		setup(state);
		kit_rec()->pe.x[9] = 0x5ec4e7;
		access(ISS(reads[i], 9, 1), 0);
		want = kit_rec()->pe;
		assert_int_equal(want.x[9], 0x5ec4e7);
		want.x[9] = 0xfedcba9876543210;
		kit_said()->gprs[0] = 0xfedcba9876543210;
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_memory_equal(&kit_pe.found[1], &want, sizeof(want));
		/* Once. */
		kit_said()->gprs[0] = 1;
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_int_equal(kit_pe.found[2].x[9], 0xfedcba9876543210);
	}
}

static void a_read_into_xzr_is_dropped(void **state)
{
	struct pe before;

	(void)state;
	access(ISS(PMR, 31, 1), 0);
	before = kit_rec()->pe;
	kit_said()->gprs[0] = 0x666;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
}

static void a_refused_entry_leaves_the_read(void **state)
{
	(void)state;
	access(ISS(PMR, 9, 1), 0);
	kit_said()->gprs[0] = 0x77;
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(ERROR_REC));
	assert_int_equal(kit_rec()->pe.x[9], 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.found[1].x[9], 0x77);
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(no_physical_interrupt_of_a_device_is_linked),
		CASE(no_interrupt_is_in_two_list_registers),
		CASE(an_interrupt_is_its_number),
		CASE(only_list_registers_that_exist_are_read),
		CASE(each_cpu_has_its_own),
		CASE(list_registers_are_asked_in_their_place),
		CASE(the_host_chooses_only_the_named_bits),
		CASE(an_exit_turns_the_interface_off_and_no_more),
		CASE(list_registers_are_left_as_they_are),
		CASE(writes_show_the_value_alone),
		CASE(xzr_writes_zero),
		CASE(reads_bring_the_hosts_value_at_the_next_entry),
		CASE(a_read_into_xzr_is_dropped),
		CASE(a_refused_entry_leaves_the_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

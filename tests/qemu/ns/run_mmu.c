/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm with its own MMU on: virtual, intermediate and physical addresses are
 * three different things.
 */
#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define GIB (1ull << 30)
#define ENTRIES 512

/* Stage 1: 39 bits, level 1, a GiB an entry. Attribute 0 device, 1 normal. */
#define MAIR 0xff00ull
#define TCR (25ull | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23 | 2ull << 32)
#define BLOCK 1ull
#define TABLE 3ull
#define DEVICE (1ull << 10)
#define NORMAL (1ull << 10 | 3ull << 8 | 1ull << 2)
#define SCTLR_MCI (1ull << 0 | 1ull << 2 | 1ull << 12)

/* The second GiB is mapped once more, here; a table in the hole maps this. */
#define ALIAS(address) ((address) + 2 * GIB)
#define LOST (2 * GIB)

/* Where the realm sees the page that it shares with the host. */
#define SHARED (LIVE_SHARED_IPA % GIB)

#define VALUE 0xfeedf00dull

static uint64_t table[ENTRIES] __attribute__((aligned(4096)));

/* ---- Inside ---- */

static uint64_t in_mmu_on(uint64_t lost_table, uint64_t b, uint64_t c)
{
	table[0] = LIVE_SHARED_IPA / GIB * GIB | NORMAL | BLOCK;
	table[1] = GIB | NORMAL | BLOCK;
	table[2] = lost_table | TABLE;
	table[3] = GIB | NORMAL | BLOCK;
	table[LIVE_DEVICE_IPA / GIB] =
		LIVE_DEVICE_IPA / GIB * GIB | DEVICE | BLOCK;
	dsb();
	write_sysreg(mair_el1, MAIR);
	write_sysreg(tcr_el1, TCR);
	write_sysreg(ttbr0_el1, table);
	isb();
	write_sysreg(sctlr_el1, read_sysreg(sctlr_el1) | SCTLR_MCI);
	isb();
	return b + c;
}

static uint64_t in_mmu_off(uint64_t a, uint64_t b, uint64_t c)
{
	write_sysreg(sctlr_el1, read_sysreg(sctlr_el1) & ~SCTLR_MCI);
	isb();
	return a + b + c;
}

static uint64_t in_mmu_is_on(uint64_t a, uint64_t b, uint64_t c)
{
	return (read_sysreg(sctlr_el1) & SCTLR_MCI) == SCTLR_MCI ? a + b + c :
								  0;
}

/* An atomic addition, which wants cacheable memory; what was there. */
static uint64_t in_add(uint64_t address, uint64_t value, uint64_t c)
{
	uint64_t old;

	asm volatile("ldaddal %1, %0, [%2]"
		     : "=r"(old)
		     : "r"(value), "r"(address)
		     : "memory");
	return old + c;
}

static uint64_t in_esr(uint64_t a, uint64_t b, uint64_t c)
{
	return inside_self()->esr + a + b + c;
}

static uint64_t in_far(uint64_t a, uint64_t b, uint64_t c)
{
	return inside_self()->far + a + b + c;
}

/* ---- The host ---- */

static bool began(inside_function *function, uint64_t a)
{
	return live_begin(0, function, a, 0, 0) == RMI_SUCCESS;
}

static uint64_t last_esr(void)
{
	return live_eval(0, in_esr, 0, 0, 0);
}

static uint64_t last_far(void)
{
	return live_eval(0, in_far, 0, 0, 0);
}

static void test_memory(void)
{
	expect("the realm switches its MMU on",
	       live_eval(0, in_mmu_on, LIVE_HOLE2_IPA, 1, 0) == 1);
	expect("and it stays on over exits",
	       live_eval(0, in_mmu_is_on, 1, 0, 0) == 1);
	expect("what it writes at one address",
	       live_eval(0, inside_write, LIVE_HOLE_IPA, VALUE, 1) == 1);
	expect("it reads at another that means the same",
	       live_eval(0, inside_read, ALIAS(LIVE_HOLE_IPA), 0, 0) == VALUE);
	expect("atomic operations work",
	       live_eval(0, in_add, LIVE_HOLE_IPA, 2, 0) == VALUE &&
		       live_eval(0, inside_read, LIVE_HOLE_IPA, 0, 0) ==
			       VALUE + 2);
}

static void test_device(void)
{
	uint64_t ipa = LIVE_DEVICE_IPA + 0x48;

	expect("a device is emulated as before",
	       began(inside_read, ipa) && live_exit_ipa(0) == ipa &&
		       (live_run[0].exit.esr & ESR_ABORT_ISV));
	live_run[0].enter.gprs[0] = VALUE;
	expect("with the host's answer",
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_SUCCESS &&
		       live_done(0, VALUE));
}

/* Faults of which HPFAR_EL2 need not say where they were. */
static void test_permissions(void)
{
	expect("a page of the host is mapped, to be read",
	       live_show(LIVE_SHARED_PA) == RMI_SUCCESS &&
		       live_eval(0, inside_read, SHARED, 0, 1) != ~0ull);
	expect("a write ends the run, with its IPA",
	       began(inside_write, SHARED + 0x20) &&
		       live_exit_ipa(0) == LIVE_SHARED_IPA + 0x20 &&
		       (live_run[0].exit.esr & FSC_TYPE) == FSC_PERMISSION &&
		       (live_run[0].exit.esr & ESR_ABORT_ISV));
	expect("and the host carries it out",
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_SUCCESS &&
		       live_done(0, 0));
	expect("a fetch is the realm's own external abort",
	       live_eval(0, inside_jump, SHARED, 5, 0) == 5 &&
		       FIELD_GET(ESR_EC, last_esr()) == ESR_EC_INST_ABORT &&
		       FIELD_GET(ESR_ABORT_FSC, last_esr()) == FSC_EXTERNAL &&
		       last_far() == SHARED);
	expect("the page is unmapped", live_unshare() == RMI_SUCCESS);
}

static void test_addresses(void)
{
	const uint64_t empty = ALIAS(LIVE_EMPTY_IPA) + 0x18;

	expect("an external abort names the virtual address",
	       live_eval(0, inside_read, empty, 5, 0) == 5 &&
		       FIELD_GET(ESR_ABORT_FSC, last_esr()) == FSC_EXTERNAL &&
		       last_far() == empty);
	expect("a table that is not there ends the run, with the table's IPA",
	       began(inside_read, LOST) &&
		       live_exit_class(0, ESR_EC_DATA_ABORT_LOWER) &&
		       HPFAR_TO_IPA(live_run[0].exit.hpfar) ==
			       LIVE_HOLE2_IPA);
	expect("and not the virtual address", live_run[0].exit.far == 0);
	expect("the table is put there, and is empty",
	       live_fill(LIVE_HOLE2_IPA) == RMI_SUCCESS &&
		       live_enter(0, 0) == RMI_SUCCESS && live_done(0, 0));
	expect("so the access is the realm's own fault, at level 2",
	       FIELD_GET(ESR_ABORT_FSC, last_esr()) ==
			       (FSC_TRANSLATION | 2) &&
		       last_far() == LOST);
}

void test_run_mmu(void)
{
	test_memory();
	test_device();
	test_permissions();
	test_addresses();
	expect("the realm switches its MMU off",
	       live_eval(0, in_mmu_off, 1, 0, 0) == 1 &&
		       live_eval(0, in_mmu_is_on, 1, 0, 0) == 0);
}

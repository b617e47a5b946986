/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers that host and realm share: each finds its own. And those
 * that a realm must not reach.
 */
#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "rmm/pe.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

/* Registers that hold any value while the MMU is off: REG(name, bits). */
#define PLAIN_TABLE(REG) \
	REG(ttbr0_el1, 0x0000fffffffff000) \
	REG(ttbr1_el1, 0x0000fffffffff000) \
	REG(elr_el1, ~0ull) \
	REG(spsr_el1, 0xf00003c5) \
	REG(far_el1, ~0ull) \
	REG(mair_el1, ~0ull) \
	REG(afsr0_el1, 0) \
	REG(contextidr_el1, 0xffffffff) \
	REG(sp_el0, ~0ull) \
	REG(tpidr_el0, ~0ull) \
	REG(tpidrro_el0, ~0ull) \
	REG(par_el1, ~0ull) \
	REG(cntkctl_el1, 0x3ff) \
	REG(apiakeylo_el1, ~0ull) \
	REG(apiakeyhi_el1, ~0ull) \
	REG(apibkeylo_el1, ~0ull) \
	REG(apibkeyhi_el1, ~0ull) \
	REG(apdakeylo_el1, ~0ull) \
	REG(apdakeyhi_el1, ~0ull) \
	REG(apdbkeylo_el1, ~0ull) \
	REG(apdbkeyhi_el1, ~0ull) \
	REG(apgakeylo_el1, ~0ull) \
	REG(apgakeyhi_el1, ~0ull)

/* The realm's life hangs on these: they are looked at on the host's side. */
#define VITAL_TABLE(REG) \
	REG(sctlr_el1, 0x30d00800) \
	REG(vbar_el1, 0xfffffffffffff800) \
	REG(cpacr_el1, 0x300000) \
	REG(sp_el1, ~0ull) \
	REG(tpidr_el1, ~0ull) \
	REG(mdscr_el1, 0x1000)

/* A, IDS, ISS */
#define DISR_BITS 0x81ffffffull

#define MDSCR_KDE 0x2000ull
#define MDSCR_MDE 0x8000ull
#define DBGBCR_AT_EL1 0x1e3ull /* enabled, EL1, four bytes */

enum plain {
#define PLAIN_ENUM(name, bits) PLAIN_##name,
	PLAIN_TABLE(PLAIN_ENUM) VITAL_TABLE(PLAIN_ENUM)
#undef PLAIN_ENUM
	PLAINS
};

static uint64_t pattern(uint64_t seed, enum plain i, uint64_t bits)
{
	return seed * (2 * i + 3) & bits;
}

static void plain_write(uint64_t seed)
{
#define PLAIN_WRITE(name, bits) \
	write_sysreg(name, pattern(seed, PLAIN_##name, bits));
	PLAIN_TABLE(PLAIN_WRITE)
}

static void vital_write(uint64_t seed)
{
	VITAL_TABLE(PLAIN_WRITE)
#undef PLAIN_WRITE
}

static unsigned int plain_wrong(uint64_t seed)
{
	unsigned int wrong = 0;

#define PLAIN_READ(name, bits) \
	if (read_sysreg(name) != pattern(seed, PLAIN_##name, bits)) \
		wrong |= 1u << PLAIN_##name;
	PLAIN_TABLE(PLAIN_READ)
	return wrong;
}

static unsigned int vital_wrong(uint64_t seed)
{
	unsigned int wrong = 0;

	VITAL_TABLE(PLAIN_READ)
#undef PLAIN_READ
	return wrong;
}

/* ---- Inside ---- */

static uint64_t in_write(uint64_t seed, uint64_t b, uint64_t c)
{
	plain_write(seed);
	return b + c;
}

static uint64_t in_wrong(uint64_t seed, uint64_t b, uint64_t c)
{
	return plain_wrong(seed) + b + c;
}

/* What the key makes of two words. */
static uint64_t in_pacga(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t code;

	asm volatile("pacga %0, %1, %2" : "=r"(code) : "r"(a), "r"(b));
	return code + c;
}

__attribute__((noinline))
static uint64_t in_mpidr(uint64_t a, uint64_t b, uint64_t c)
{
	return read_sysreg(mpidr_el1) + a + b + c;
}

#define SYSREG_READ(name, reg) \
	static uint64_t in_##name(uint64_t a, uint64_t b, uint64_t c) \
	{ \
		inside_self()->exceptions = 0; \
		return read_sysreg(reg) + a + b + c; \
	}

SYSREG_READ(pfr0, id_aa64pfr0_el1)
SYSREG_READ(pfr1, id_aa64pfr1_el1)
SYSREG_READ(dfr0, id_aa64dfr0_el1)
SYSREG_READ(zfr0, S3_0_C0_C4_4)
SYSREG_READ(third_breakpoint, dbgbvr2_el1)
SYSREG_READ(pmu, pmccntr_el0)
SYSREG_READ(scxtnum, S3_0_C13_C0_7)
SYSREG_READ(error_record, S3_0_C5_C3_0)
SYSREG_READ(lor, S3_0_C10_C4_3)

/* ESR_EL1 of the last exception, if there was one. */
static uint64_t in_exception(uint64_t a, uint64_t b, uint64_t c)
{
	const struct inside *self = inside_self();

	return self->exceptions == 1 ? self->esr : a + b + c;
}

static bool undefined(inside_function *function)
{
	live_eval(0, function, 0, 0, 0);
	return live_eval(0, in_exception, 0, 0, 0) == ESR_IL;
}

static uint64_t field(inside_function *function, unsigned int at)
{
	return live_eval(0, function, 0, 0, 0) >> at & 0xf;
}

/* Debug exceptions on; breakpoints of the CPU are the host's. */
static uint64_t in_debug(uint64_t a, uint64_t b, uint64_t c)
{
	struct inside *self = inside_self();

	self->exceptions = 0;
	write_sysreg(mdscr_el1, MDSCR_MDE | MDSCR_KDE);
	asm volatile("msr daifclr, #8" ::: "memory");
	in_mpidr(a, b, c);
	asm volatile("msr daifset, #8" ::: "memory");
	return self->exceptions << 32 | read_sysreg(mdscr_el1);
}

/* A breakpoint of the realm's own, as far as it goes. */
static uint64_t in_breakpoint(uint64_t a, uint64_t b, uint64_t c)
{
	write_sysreg(dbgbvr0_el1, a);
	return read_sysreg(dbgbvr0_el1) + b + c;
}

/*
 * An SError that was put off: DISR_EL1 to the realm, whose SErrors go to EL2,
 * and VDISR_EL2 to us. What stood there, and from now on @a.
 */
static uint64_t in_put_off(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t old = read_sysreg(disr_el1);

	write_sysreg(disr_el1, a);
	return old + b + c;
}

/* The OS lock before it is opened, and after. */
static uint64_t in_os_lock(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t before = read_sysreg(oslsr_el1);

	write_sysreg(oslar_el1, 0);
	return before << 8 | (read_sysreg(oslsr_el1) + a + b + c);
}

/* ---- The tests ---- */

#define HOST 0x0123456789abcdefull
#define REALM 0x0f1e2d3c4b5a6978ull

static void test_kept(void)
{
	uint64_t code;

	plain_write(HOST);
	vital_write(HOST);
	expect("the realm finds none of the host's values",
	       (live_eval(0, in_wrong, HOST, 0, 0) | 1ull << PLAIN_afsr0_el1) ==
		       (1ull << PLAIN_sctlr_el1) - 1);
	live_eval(0, in_write, REALM, 0, 0);
	expect("the host finds all of its own again",
	       plain_wrong(HOST) == 0 && vital_wrong(HOST) == 0);
	code = in_pacga(1, 2, 0);
	plain_write(HOST + 2);
	expect("the realm finds all of its own",
	       live_eval(0, in_wrong, REALM, 0, 0) == 0);
	expect("so its keys sign otherwise than the host's",
	       live_eval(0, in_pacga, 1, 2, 0) != code);
	expect("and the host's as the host has set them",
	       in_pacga(1, 2, 0) != code && plain_wrong(HOST + 2) == 0);
	expect("MPIDR_EL1 is that of the first REC",
	       live_eval(0, in_mpidr, 0, 0, 0) == MPIDR_RES1);
}

static void test_put_off(void)
{
	write_sysreg(vdisr_el2, HOST & DISR_BITS);
	expect("the realm finds no SError that the host put off",
	       live_eval(0, in_put_off, REALM & DISR_BITS, 0, 0) == 0);
	expect("the host finds its own again",
	       read_sysreg(vdisr_el2) == (HOST & DISR_BITS));
	write_sysreg(vdisr_el2, 0);
	expect("and the realm its own, which nobody else has seen",
	       live_eval(0, in_put_off, 0, 0, 0) == (REALM & DISR_BITS));
}

static void test_debug(void)
{
	write_sysreg(oslar_el1, 0);
	write_sysreg(dbgbvr0_el1, in_mpidr);
	write_sysreg(dbgbcr0_el1, DBGBCR_AT_EL1);
	isb();
	expect("a breakpoint of the host does not stop the realm",
	       live_eval(0, in_debug, 0, 0, 0) == (MDSCR_MDE | MDSCR_KDE));
	expect("the realm has one of its own",
	       live_eval(0, in_breakpoint, REALM, 0, 0) == REALM);
	expect("and the host's is still there",
	       read_sysreg(dbgbvr0_el1) == (uint64_t)in_mpidr &&
		       read_sysreg(dbgbcr0_el1) == DBGBCR_AT_EL1);
	write_sysreg(dbgbcr0_el1, 0);
	isb();
}

static void test_hidden(void)
{
	expect("ID registers name no EL2, EL3, SVE, RME",
	       field(in_pfr0, 8) == 0 && field(in_pfr0, 12) == 0 &&
		       field(in_pfr0, 32) == 0 && field(in_pfr0, 52) == 0 &&
		       live_eval(0, in_zfr0, 0, 0, 0) == 0);
	expect("but EL1 and EL0 in AArch64, FP and a GIC",
	       field(in_pfr0, 4) == 1 && field(in_pfr0, 0) == 1 &&
		       field(in_pfr0, 16) != 0xf && field(in_pfr0, 24) != 0);
	expect("no MTE, no SME", field(in_pfr1, 8) == 0 &&
					 field(in_pfr1, 24) == 0);
	expect("no PMU, and the breakpoints that were asked for",
	       field(in_dfr0, 8) == 0 && field(in_dfr0, 12) == 1);
	expect("and no more than those", undefined(in_third_breakpoint));
	expect("an OS lock that opens",
	       live_eval(0, in_os_lock, 0, 0, 0) == 0xa08);
	expect("the PMU's registers are Undefined", undefined(in_pmu));
	expect("SCXTNUM_EL1 is", undefined(in_scxtnum));
	expect("error records are", undefined(in_error_record));
	expect("limited ordering regions are", undefined(in_lor));
}

void test_run_registers(void)
{
	test_kept();
	test_put_off();
	test_debug();
	test_hidden();
}

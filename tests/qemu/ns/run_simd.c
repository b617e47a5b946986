/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Vector registers: a REC has its own, and the host's stay.
 */
#include <string.h>

#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/ns/simd_regs.h"

#define ZCR_WRITE(value) write_sysreg(S3_4_C1_C2_0, value)
#define ZCR_LEN_MAX 0xf
#define CPACR_ZEN (3ull << 16)
#define CPACR_FPEN (3ull << 20)
#define FPCR_RMODE 0xc00000ull
#define FPSR_QC 0x8000000ull

/* FFR holds an unbroken run of ones from below. */
#define FFR_BYTE 0xff

static void fill(struct v_regs *regs, uint64_t seed)
{
	for (unsigned int i = 0; i < 64; i++)
		regs->v[i / 2][i % 2] = seed * (i + 1);
	regs->fpcr = seed ? FPCR_RMODE : 0;
	regs->fpsr = seed ? FPSR_QC | (seed & 0xf) : 0;
}

static bool v_are(uint64_t seed)
{
	struct v_regs want, have;

	fill(&want, seed);
	v_read(&have);
	return memcmp(&want, &have, sizeof(want)) == 0;
}

static void v_set(uint64_t seed)
{
	struct v_regs regs;

	fill(&regs, seed);
	v_write(&regs);
}

/* ---- Inside ---- */

static uint64_t in_set(uint64_t seed, uint64_t b, uint64_t c)
{
	v_set(seed);
	return b + c;
}

static uint64_t in_are(uint64_t seed, uint64_t b, uint64_t c)
{
	return v_are(seed) + b + c;
}

/* Sets them, and leaves for the host by a load before it looks at them. */
static uint64_t in_set_leave_are(uint64_t seed, uint64_t address, uint64_t c)
{
	uint64_t value;

	v_set(seed);
	asm volatile("ldr %0, [%1]" : "=r"(value) : "r"(address) : "memory");
	return v_are(seed) + c;
}

/* ESR_EL1 of what an SVE instruction makes, if EL1 itself allows it. */
static uint64_t in_sve(uint64_t a, uint64_t b, uint64_t c)
{
	struct inside *self = inside_self();

	self->esr = a + b + c;
	write_sysreg(cpacr_el1, CPACR_FPEN | CPACR_ZEN);
	isb();
	sve_length();
	return self->esr;
}

/* ---- The host's SVE ---- */

static struct sve_regs sve_want, sve_have;

static void sve_fill(uint64_t vl)
{
	uint8_t *ffr = &sve_want.p[16 * vl / 8];

	for (unsigned int i = 0; i < sizeof(sve_want.z); i++)
		sve_want.z[i] = (uint8_t)(i * 7 + i / 256);
	for (unsigned int i = 0; i < sizeof(sve_want.p); i++)
		sve_want.p[i] = (uint8_t)(i * 5 + 1);
	memset(ffr, 0, vl / 8);
	ffr[0] = FFR_BYTE;
}

static bool sve_kept(void)
{
	uint64_t vl = sve_length();

	memset(&sve_have, 0, sizeof(sve_have));
	sve_read(sve_have.z, sve_have.p);
	return memcmp(sve_want.z, sve_have.z, 32 * vl) == 0 &&
	       memcmp(sve_want.p, sve_have.p, 17 * vl / 8) == 0;
}

static bool sve_kept_at(uint64_t zcr)
{
	uint64_t vl;

	ZCR_WRITE(zcr);
	isb();
	vl = sve_length();
	print("     SVE vectors of %u bytes\n", (unsigned int)vl);
	sve_fill(vl);
	sve_write(sve_want.z, sve_want.p);
	return live_eval(0, in_set, 0x1111, 2, 0) == 2 &&
	       sve_length() == vl && sve_kept();
}

static void test_sve(void)
{
	expect("an SVE instruction of the realm is Undefined",
	       live_eval(0, in_sve, 0, 0, 0) == ESR_IL);
	expect("the host's SVE registers are kept, at the longest length",
	       sve_kept_at(ZCR_LEN_MAX));
	expect("and at the shortest", sve_kept_at(0));
}

static void test_v(void)
{
	v_set(0xabcdef);
	expect("a realm's vector registers start as zero, not the host's",
	       live_eval(0, in_are, 0, 1, 0) == 2);
	expect("the host's are kept", v_are(0xabcdef));
	live_eval(0, in_set, 0x123457, 0, 0);
	expect("also when the realm writes its own", v_are(0xabcdef));
	v_set(0x777);
	expect("the realm finds its own again, whatever the host has done",
	       live_eval(0, in_are, 0x123457, 1, 0) == 2);
	expect("and the host finds its", v_are(0x777));
	expect("an exit in between does not change them",
	       live_begin(0, in_set_leave_are, 0x987, LIVE_DEVICE_IPA, 1) ==
			       RMI_SUCCESS &&
		       v_are(0x777));
	v_set(0x888);
	expect("for either",
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_SUCCESS &&
		       live_done(0, 2) && v_are(0x888));
}

void test_run_simd(void)
{
	test_v();
	test_sve();
	v_set(0);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ID registers: the machine's value, cut to the fields that a realm may know.
 * A field is shown only if all its state is in struct pe or pe_simd, and if no
 * EL2 control that we leave off stands behind it. The same on every CPU.
 *
 * Fields are four bits, so a digit of a mask is a field: f shows it, 0 hides
 * it, and 1 shows it as far as its lowest bit.
 */
#include "rmm/idreg.h"

#include "rmm/platform.h"

#define ID_AA64PFR0_EL1 SYSREG(3, 0, 0, 4, 0)
#define ID_AA64PFR1_EL1 SYSREG(3, 0, 0, 4, 1)
#define ID_AA64DFR0_EL1 SYSREG(3, 0, 0, 5, 0)
#define ID_AA64ISAR0_EL1 SYSREG(3, 0, 0, 6, 0)
#define ID_AA64ISAR1_EL1 SYSREG(3, 0, 0, 6, 1)
#define ID_AA64ISAR2_EL1 SYSREG(3, 0, 0, 6, 2)
#define ID_AA64MMFR0_EL1 SYSREG(3, 0, 0, 7, 0)
#define ID_AA64MMFR1_EL1 SYSREG(3, 0, 0, 7, 1)
#define ID_AA64MMFR2_EL1 SYSREG(3, 0, 0, 7, 2)

#define DFR0_BRPS GENMASK_ULL(15, 12)
#define DFR0_WRPS GENMASK_ULL(23, 20)
#define DFR0_CTX_CMPS GENMASK_ULL(31, 28)

struct idreg {
	uint32_t encoding;
	uint64_t shown;
	uint64_t fixed; /* where hiding a field is not the same as 0 */
};

static const struct idreg idregs[] = {
	/*
	 * Hidden: RAS, SVE, SEL2, MPAM, AMU, RME, EL3, EL2, and CSV2 above 1,
	 * which brings SCXTNUM. EL1 and EL0 are AArch64 only.
	 */
	{ ID_AA64PFR0_EL1, 0xf10f00000fff0000, 0x11 },
	/* BT, SSBS. Hidden: MTE, SME, NMI, GCS, all fractions. */
	{ ID_AA64PFR1_EL1, 0x00000000000000ff, 0 },
	/*
	 * DebugVer, CTX_CMPs; the counts are the realm's. Hidden: trace, PMU,
	 * SPE, TRBE, BRBE. DoubleLock: f is absent.
	 */
	{ ID_AA64DFR0_EL1, 0x00000000f000000f, 0x000000f000000000 },
	/* Hidden: TME. */
	{ ID_AA64ISAR0_EL1, 0xfffffffff0fffff0, 0 },
	/* Hidden: LS64, and pointer authentication, whose keys work anyway. */
	{ ID_AA64ISAR1_EL1, 0x0fffffff00fff00f, 0 },
	/* RPRES, BC, CLRBHB, CSSC. Hidden: MOPS, WFxT, SYSREG128. */
	{ ID_AA64ISAR2_EL1, 0x00f00000f0f000f0, 0 },
	/* Hidden: ECV, FGT, stage 2 granules, SNSMem. */
	{ ID_AA64MMFR0_EL1, 0x0000f000ffff0fff, 0 },
	/* Hidden: HCX, TWED, XNX, LO, VH, VMIDBits, TIDCP1, CMOW. */
	{ ID_AA64MMFR1_EL1, 0x000ff0f00ff0f00f, 0 },
	/* Hidden: EVT, FWB, NV, IESB. */
	{ ID_AA64MMFR2_EL1, 0xf0ff00fff0ff0fff, 0 },
};

bool idreg_is(uint32_t encoding)
{
	return SYSREG_OP0(encoding) == 3 && SYSREG_OP1(encoding) == 0 &&
	       SYSREG_CRN(encoding) == 0 && SYSREG_CRM(encoding) >= 1 &&
	       SYSREG_CRM(encoding) <= 7;
}

/* The counts that REALM_CREATE was asked for. */
static uint64_t dfr0(const struct rec *rec, uint64_t value)
{
	uint64_t ctx = FIELD_GET(DFR0_CTX_CMPS, value);

	/* A context comparing breakpoint is one of the breakpoints. */
	if (ctx > rec->num_bps)
		ctx = rec->num_bps;
	value &= ~DFR0_CTX_CMPS;
	return value | FIELD_PREP(DFR0_CTX_CMPS, ctx) |
	       FIELD_PREP(DFR0_BRPS, rec->num_bps) |
	       FIELD_PREP(DFR0_WRPS, rec->num_wps);
}

uint64_t idreg_read(const struct rec *rec, uint32_t encoding)
{
	unsigned int i;

	for (i = 0; i < sizeof(idregs) / sizeof(idregs[0]); i++) {
		const struct idreg *reg = &idregs[i];
		uint64_t value;

		if (reg->encoding != encoding)
			continue;
		value = (plat_id_register(encoding) & reg->shown) | reg->fixed;
		return encoding == ID_AA64DFR0_EL1 ? dfr0(rec, value) : value;
	}
	return 0;
}

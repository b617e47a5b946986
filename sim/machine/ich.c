/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The hypervisor's registers of the virtual CPU interface, a set a CPU.
 */
#include "sim/machine/ich.h"

#include <stddef.h>
#include <string.h>

#include "abi/gic.h"
#include "sim/machine/conf.h"

/* Fields of ICH_VTR_EL2; those that count have one less. */
#define VTR_LISTREGS GENMASK_ULL(4, 0)
#define VTR_TDS BIT_ULL(19) /* ICH_HCR_EL2.TDIR is there */
#define VTR_NV4 BIT_ULL(20) /* no direct injection */
#define VTR_A3V BIT_ULL(21) /* SGIs to any Aff3 */
#define VTR_PREBITS GENMASK_ULL(28, 26)
#define VTR_PRIBITS GENMASK_ULL(31, 29)
#define VTR \
	(FIELD_PREP(VTR_LISTREGS, ICH_LRS - 1) | VTR_TDS | VTR_NV4 | VTR_A3V | \
	 FIELD_PREP(VTR_PREBITS, 4) | FIELD_PREP(VTR_PRIBITS, 4))

/* Bits that hold what is written to them. */
#define HCR_BITS \
	(ICH_HCR_EN | ICH_HCR_UIE | ICH_HCR_LRENPIE | ICH_HCR_NPIE | \
	 ICH_HCR_VGRP0EIE | ICH_HCR_VGRP0DIE | ICH_HCR_VGRP1EIE | \
	 ICH_HCR_VGRP1DIE | ICH_HCR_TDIR | ICH_HCR_EOICOUNT)
#define VMCR_BITS \
	(ICH_VMCR_VENG0 | ICH_VMCR_VENG1 | ICH_VMCR_VCBPR | ICH_VMCR_VEOIM | \
	 FIELD_PREP(ICH_VMCR_VPMR, ICH_PRIORITY_MASK))
#define LR_BITS \
	(ICH_LR_VINTID | ICH_LR_PINTID | \
	 FIELD_PREP(ICH_LR_PRIORITY, ICH_PRIORITY_MASK) | ICH_LR_GROUP1 | \
	 ICH_LR_HW | ICH_LR_STATE)
#define APR_BITS GENMASK_ULL(31, 0)

/* ICH_MISR_EL2 */
#define MISR_EOI BIT_ULL(0)
#define MISR_U BIT_ULL(1)
#define MISR_LRENP BIT_ULL(2)
#define MISR_NP BIT_ULL(3)
#define MISR_VGRP0E BIT_ULL(4)
#define MISR_VGRP0D BIT_ULL(5)
#define MISR_VGRP1E BIT_ULL(6)
#define MISR_VGRP1D BIT_ULL(7)

static struct ich ich[MACHINE_CPU_MAX];

void ich_start(void)
{
	memset(ich, 0, sizeof(ich));
	for (unsigned int cpu = 0; cpu < MACHINE_CPU_MAX; cpu++)
		ich[cpu].vmcr = ich_vmcr(0);
}

struct ich *ich_of(unsigned int cpu)
{
	return &ich[cpu];
}

/* ---- What is computed ---------------------------------------------------- */

/* A list register whose interrupt is done, and whose end is to be told. */
static bool lr_ended(uint64_t lr)
{
	return (lr & (ICH_LR_STATE | ICH_LR_HW | ICH_LR_EOI)) == ICH_LR_EOI;
}

static bool lr_empty(uint64_t lr)
{
	return !(lr & ICH_LR_STATE) && !lr_ended(lr);
}

static uint64_t lrs_that(const struct ich *at, bool (*is)(uint64_t lr))
{
	uint64_t bits = 0;

	for (unsigned int n = 0; n < ICH_LRS; n++) {
		if (is(at->lr[n]))
			bits |= BIT_ULL(n);
	}
	return bits;
}

static bool lr_valid(uint64_t lr)
{
	return lr & ICH_LR_STATE;
}

static bool lr_pending(uint64_t lr)
{
	return (lr & ICH_LR_STATE) == ICH_LR_PENDING;
}

static uint64_t misr(const struct ich *at)
{
	bool group0 = at->vmcr & ICH_VMCR_VENG0;
	bool group1 = at->vmcr & ICH_VMCR_VENG1;
	uint64_t hcr = at->hcr, bits = 0;

	if (lrs_that(at, lr_ended))
		bits |= MISR_EOI;
	if ((hcr & ICH_HCR_UIE) &&
	    __builtin_popcountll(lrs_that(at, lr_valid)) <= 1)
		bits |= MISR_U;
	if ((hcr & ICH_HCR_LRENPIE) && (hcr & ICH_HCR_EOICOUNT))
		bits |= MISR_LRENP;
	if ((hcr & ICH_HCR_NPIE) && !lrs_that(at, lr_pending))
		bits |= MISR_NP;
	if ((hcr & ICH_HCR_VGRP0EIE) && group0)
		bits |= MISR_VGRP0E;
	if ((hcr & ICH_HCR_VGRP0DIE) && !group0)
		bits |= MISR_VGRP0D;
	if ((hcr & ICH_HCR_VGRP1EIE) && group1)
		bits |= MISR_VGRP1E;
	if ((hcr & ICH_HCR_VGRP1DIE) && !group1)
		bits |= MISR_VGRP1D;
	return bits;
}

bool ich_maintenance(unsigned int cpu)
{
	return (ich[cpu].hcr & ICH_HCR_EN) && misr(&ich[cpu]);
}

/* A binary point below what the implemented bits allow is that minimum. */
uint64_t ich_vmcr(uint64_t value)
{
	uint64_t bpr0 = FIELD_GET(ICH_VMCR_VBPR0, value);
	uint64_t bpr1 = FIELD_GET(ICH_VMCR_VBPR1, value);

	if (bpr0 < ICH_BPR0_MIN)
		bpr0 = ICH_BPR0_MIN;
	if (bpr1 < ICH_BPR1_MIN)
		bpr1 = ICH_BPR1_MIN;
	return (value & VMCR_BITS) | FIELD_PREP(ICH_VMCR_VBPR0, bpr0) |
	       FIELD_PREP(ICH_VMCR_VBPR1, bpr1);
}

/* ---- Access by encoding -------------------------------------------------- */

static unsigned int lr_index(uint32_t encoding)
{
	unsigned int n = 0;

	while (n < ICH_LRS && encoding != ICH_LR_EL2(n))
		n++;
	return n;
}

bool ich_read(unsigned int cpu, uint32_t encoding, uint64_t *value)
{
	const struct ich *at = &ich[cpu];
	unsigned int n = lr_index(encoding);

	switch (encoding) {
	case ICH_AP0R0_EL2:
		*value = at->apr[0];
		return true;
	case ICH_AP1R0_EL2:
		*value = at->apr[1];
		return true;
	case ICH_HCR_EL2:
		*value = at->hcr;
		return true;
	case ICH_VTR_EL2:
		*value = VTR;
		return true;
	case ICH_MISR_EL2:
		*value = misr(at);
		return true;
	case ICH_EISR_EL2:
		*value = lrs_that(at, lr_ended);
		return true;
	case ICH_ELRSR_EL2:
		*value = lrs_that(at, lr_empty);
		return true;
	case ICH_VMCR_EL2:
		*value = at->vmcr;
		return true;
	}
	if (n < ICH_LRS)
		*value = at->lr[n];
	return n < ICH_LRS;
}

bool ich_write(unsigned int cpu, uint32_t encoding, uint64_t value)
{
	struct ich *at = &ich[cpu];
	unsigned int n = lr_index(encoding);

	switch (encoding) {
	case ICH_AP0R0_EL2:
		at->apr[0] = value & APR_BITS;
		return true;
	case ICH_AP1R0_EL2:
		at->apr[1] = value & APR_BITS;
		return true;
	case ICH_HCR_EL2:
		at->hcr = value & HCR_BITS;
		return true;
	case ICH_VMCR_EL2:
		at->vmcr = ich_vmcr(value);
		return true;
	case ICH_VTR_EL2:
	case ICH_MISR_EL2:
	case ICH_EISR_EL2:
	case ICH_ELRSR_EL2:
		return true;
	}
	if (n < ICH_LRS)
		at->lr[n] = value & LR_BITS;
	return n < ICH_LRS;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * List registers and ICH_HCR_EL2 between host and realm.
 */
#include "rmm/vgic.h"

#include "abi/gic.h"
#include "rmm/platform.h"

#define LRS_MAX 16

/* Maintenance interrupts, and the trap of ICC_DIR_EL1. */
#define HCR_OF_THE_HOST \
	(ICH_HCR_UIE | ICH_HCR_LRENPIE | ICH_HCR_NPIE | ICH_HCR_VGRP0EIE | \
	 ICH_HCR_VGRP0DIE | ICH_HCR_VGRP1EIE | ICH_HCR_VGRP1DIE | ICH_HCR_TDIR)

/* Valid list registers of this CPU, in @lr; how many. */
static unsigned int valid_lrs(uint64_t lr[LRS_MAX])
{
	struct plat_features features;
	unsigned int count = 0;

	plat_features(&features);
	for (unsigned int i = 0; i < features.lrs; i++) {
		uint64_t value = plat_ich_lr(i);

		if (value & ICH_LR_STATE)
			lr[count++] = value;
	}
	return count;
}

static bool same_intid(uint64_t a, uint64_t b)
{
	return ((a ^ b) & ICH_LR_VINTID) == 0;
}

bool vgic_lrs_ok(void)
{
	uint64_t lr[LRS_MAX];
	unsigned int count = valid_lrs(lr);

	for (unsigned int i = 0; i < count; i++) {
		if (lr[i] & ICH_LR_HW)
			return false;
		for (unsigned int j = 0; j < i; j++) {
			if (same_intid(lr[i], lr[j]))
				return false;
		}
	}
	return true;
}

uint64_t vgic_hcr(void)
{
	return (plat_ich_hcr() & HCR_OF_THE_HOST) | ICH_HCR_EN;
}

void vgic_leave(void)
{
	plat_ich_set_hcr(plat_ich_hcr() & ~ICH_HCR_EN);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPU that the caller runs on, and what all CPUs can do.
 */
#include "abi/arm_arch.h"
#include "platform/qemu/boot.h"
#include "platform/qemu/ich.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

#define MMFR0_PARANGE GENMASK_ULL(3, 0)
#define DFR0_BRPS GENMASK_ULL(15, 12)
#define DFR0_WRPS GENMASK_ULL(23, 20)
#define ISR_FIQ BIT_ULL(6)
#define ISR_IRQ BIT_ULL(7)

/* Without LPA2, 4 KiB granules reach no further. */
#define PA_BITS_MAX 48u

static unsigned int pa_bits(void)
{
	static const uint8_t bits[] = { 32, 36, 40, 42, 44, 48 };
	uint64_t range =
		FIELD_GET(MMFR0_PARANGE, read_sysreg(id_aa64mmfr0_el1));

	return range < sizeof(bits) ? bits[range] : PA_BITS_MAX;
}

void plat_features(struct plat_features *features)
{
	uint64_t debug = read_sysreg(id_aa64dfr0_el1);

	*features = (struct plat_features){
		.ipa_bits = pa_bits(),
		.pa_bits = pa_bits(),
		.num_bps = (unsigned int)FIELD_GET(DFR0_BRPS, debug) + 1,
		.num_wps = (unsigned int)FIELD_GET(DFR0_WRPS, debug) + 1,
		.cpus = (unsigned int)boot_manifest()->cpus,
		.lrs = ich_lrs(),
	};
}

unsigned int plat_cpu(void)
{
	return (unsigned int)read_sysreg(tpidr_el2);
}

bool plat_irq_pending(void)
{
	return read_sysreg(isr_el1) & (ISR_IRQ | ISR_FIQ);
}

void plat_relax(void)
{
	relax();
}

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
#define MMFR0_TGRAN16 GENMASK_ULL(23, 20)
#define MMFR0_TGRAN64 GENMASK_ULL(27, 24)
#define MMFR0_TGRAN16_2 GENMASK_ULL(35, 32)
#define MMFR0_TGRAN64_2 GENMASK_ULL(39, 36)
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

/*
 * Granules of stage 2, as bits 0 to 2; 4 KiB is what we run on. The fields of
 * stage 2 say 0 for "as stage 1", which for 64 KiB says 0 itself.
 */
static unsigned int granule_sizes(void)
{
	uint64_t mmfr0 = read_sysreg(id_aa64mmfr0_el1);
	uint64_t own16 = FIELD_GET(MMFR0_TGRAN16_2, mmfr0);
	uint64_t own64 = FIELD_GET(MMFR0_TGRAN64_2, mmfr0);
	bool has16 = own16 ? own16 > 1 : FIELD_GET(MMFR0_TGRAN16, mmfr0) != 0;
	bool has64 = own64 ? own64 > 1 : FIELD_GET(MMFR0_TGRAN64, mmfr0) == 0;

	return 1 | (unsigned int)has16 << 1 | (unsigned int)has64 << 2;
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
		.granule_sizes = granule_sizes(),
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

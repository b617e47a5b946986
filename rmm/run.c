/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running a REC. EL2 controls follow Arm DDI 0487 with HCR_EL2.E2H, which is
 * what CNTHCTL_EL2's layout hangs on.
 */
#include "rmm/run.h"

#include "rmm/exit.h"
#include "rmm/platform.h"
#include "rmm/rtt.h"
#include "rmm/timer.h"
#include "rmm/vgic.h"

/* Stage 2 on, interrupts to the host, SMC and ID registers to the RMM. */
#define HCR_REALM \
	(HCR_VM | HCR_SWIO | HCR_PTW | HCR_FMO | HCR_IMO | HCR_AMO | HCR_FB | \
	 HCR_BSU_IS | HCR_TID3 | HCR_TSC | HCR_RW | HCR_E2H | HCR_TEA | \
	 HCR_APK | HCR_API | HCR_FWB)

/* Debug registers are the RMM's to carry out; there is no PMU. */
#define MDCR_REALM (MDCR_TDA | MDCR_TDOSA | MDCR_TPM | MDCR_TPMCR)

/* The realm has counter and physical timer for itself. */
#define CNTHCTL_REALM (CNTHCTL_EL1PCTEN | CNTHCTL_EL1PTEN)

void run_regime(const struct rd *rd, const struct rec *rec, uint64_t flags,
		struct pe_regime *regime)
{
	regime->hcr_el2 = HCR_REALM;
	if (flags & RMI_ENTRY_TRAP_WFI)
		regime->hcr_el2 |= HCR_TWI;
	if (flags & RMI_ENTRY_TRAP_WFE)
		regime->hcr_el2 |= HCR_TWE;
	regime->vtcr_el2 = rtt_vtcr(rd);
	regime->vttbr_el2 = rtt_vttbr(rd);
	regime->vmpidr_el2 = rec_mpidr_to_vmpidr(rec->mpidr);
	regime->mdcr_el2 = MDCR_REALM;
	regime->cnthctl_el2 = CNTHCTL_REALM | timer_masks(rec);
	regime->ich_hcr_el2 = vgic_hcr();
}

void run_rec(struct rec *rec, const struct pe_regime *regime,
	     struct rec_exit *exit)
{
	struct pe_simd *simd = rec_simd(rec);
	struct pe_exit why;

	do {
		plat_pe_run(&rec->pe, simd, regime, &why);
		if (exit_handle(rec, &why, exit))
			return;
	} while (!timer_news(rec));
	exit->exit_reason = RMI_EXIT_IRQ;
}

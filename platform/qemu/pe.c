/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running a REC at Realm EL1 (Arm DDI 0487). The RMM itself runs with
 * HCR_EL2.E2H 0 and so does a realm, for which that bit changes nothing; the
 * layout of CNTHCTL_EL2 and CPTR_EL2 hangs on it.
 */
#include "platform/qemu/pe.h"

#include "platform/qemu/el1.h"
#include "platform/qemu/fault_ipa.h"
#include "platform/qemu/ich.h"
#include "platform/qemu/image.h"
#include "platform/qemu/simd.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

/*
 * What no realm may do on this machine, besides what the regime says: reach
 * registers whose state nobody saves (implementation defined ones, RAS, limited
 * ordering regions), and take a granule protection fault at its own EL1 where
 * the RMM would not hear of it.
 */
#define HCR_TIDCP BIT_ULL(20)
#define HCR_TLOR BIT_ULL(35)
#define HCR_TERR BIT_ULL(36)
#define HCR_GPF BIT_ULL(48)
#define HCR_ALWAYS (HCR_TIDCP | HCR_TLOR | HCR_TERR | HCR_GPF)

/* The same for OS lock, debug ROM, statistical profiling, trace filters. */
#define MDCR_TPMS BIT_ULL(14)
#define MDCR_TTRF BIT_ULL(19)
#define MDCR_ALWAYS (MDCR_TDOSA | MDCR_TDRA | MDCR_TPMS | MDCR_TTRF)

/* Breakpoints and watchpoints, which are the host's. */
#define MDSCR_MDE BIT_ULL(15)

/* CPTR_EL2 with E2H 0 */
#define CPTR_RMM 0x22ffull
#define CPTR_TFP BIT_ULL(10)
#define CPTR_TZ BIT_ULL(8)
#define CPTR_TSM BIT_ULL(12)
#define CPTR_TTA BIT_ULL(20)
#define CPTR_TAM BIT_ULL(30)
#define CPTR_REALM (CPTR_RMM | CPTR_TZ | CPTR_TSM | CPTR_TTA | CPTR_TAM)

/* CNTHCTL_EL2 with E2H 0: the enables of EL1 are the lowest bits. */
#define CNTHCTL_ENABLES GENMASK_ULL(1, 0)
#define CNTHCTL_ENABLES_E2H (CNTHCTL_EL1PCTEN | CNTHCTL_EL1PTEN)
#define CNTHCTL_MASKS (CNTHCTL_CNTVMASK | CNTHCTL_CNTPMASK)

/* What a REC displaces on a CPU, besides what EL3 keeps for each world. */
struct host {
	uint64_t sysreg[PE_SYSREGS];
	uint64_t key[PE_KEYS][2];
	uint64_t hcr_el2;
	uint64_t mdcr_el2;
	const struct pe *last; /* that ran here */
};

static struct host hosts[RMM_CPUS];

static uint64_t cnthctl(const struct pe_regime *regime)
{
	uint64_t enables =
		FIELD_GET(CNTHCTL_ENABLES_E2H, regime->cnthctl_el2);

	return (regime->cnthctl_el2 & CNTHCTL_MASKS) |
	       FIELD_PREP(CNTHCTL_ENABLES, enables);
}

static void controls_load(struct host *host, const struct pe *pe,
			  const struct pe_regime *regime)
{
	uint64_t hcr = (regime->hcr_el2 & ~HCR_E2H) | HCR_ALWAYS;

	host->hcr_el2 = read_sysreg(hcr_el2);
	host->mdcr_el2 = read_sysreg(mdcr_el2);
	if (pe->serror) {
		write_sysreg(vsesr_el2, pe->vsesr_el2);
		hcr |= HCR_VSE;
	}
	write_sysreg(vdisr_el2, pe->vdisr_el2);
	write_sysreg(hcr_el2, hcr);
	write_sysreg(mdcr_el2, regime->mdcr_el2 | MDCR_ALWAYS);
	write_sysreg(vtcr_el2, regime->vtcr_el2);
	write_sysreg(vttbr_el2, regime->vttbr_el2);
	write_sysreg(vmpidr_el2, regime->vmpidr_el2);
	write_sysreg(cptr_el2, CPTR_REALM | CPTR_TFP);
	write_sysreg(cnthctl_el2, cnthctl(regime));
	ich_enter(regime->ich_hcr_el2);
}

static void controls_restore(const struct host *host, struct pe *pe)
{
	/* The CPU has cleared it if the realm took the SError. */
	pe->serror = read_sysreg(hcr_el2) & HCR_VSE;
	pe->vdisr_el2 = read_sysreg(vdisr_el2);
	write_sysreg(hcr_el2, host->hcr_el2);
	write_sysreg(mdcr_el2, host->mdcr_el2);
	write_sysreg(cptr_el2, CPTR_RMM);
	isb();
}

/*
 * Timers change hands in these two: masked, so that a mixture of the host's and
 * the REC's makes no interrupt. SP_EL0 stays the RMM's, whose exceptions need a
 * stack: enter() has the realm's.
 */
static void state_load(struct host *host, const struct pe *pe,
		       const struct pe_simd *simd)
{
	write_sysreg(cnthctl_el2, CNTHCTL_MASKS);
	el1_save(host->sysreg);
	el1_keys_save(host->key);
	el1_load(pe->sysreg);
	el1_keys_load(simd->key);
	write_sysreg(sp_el0, host->sysreg[PE_SP_EL0]);
	write_sysreg(mdscr_el1, pe->sysreg[PE_MDSCR_EL1] & ~MDSCR_MDE);
}

static void state_restore(const struct host *host, struct pe *pe,
			  struct pe_simd *simd)
{
	uint64_t mdscr = pe->sysreg[PE_MDSCR_EL1];
	uint64_t sp_el0 = pe->sysreg[PE_SP_EL0];

	el1_save(pe->sysreg);
	el1_keys_save(simd->key);
	/* The realm cannot write the register itself: MDCR_EL2.TDA. */
	pe->sysreg[PE_MDSCR_EL1] = mdscr;
	pe->sysreg[PE_SP_EL0] = sp_el0;
	write_sysreg(cnthctl_el2, CNTHCTL_MASKS);
	el1_load(host->sysreg);
	el1_keys_load(host->key);
	write_sysreg(cnthctl_el2, 0);
}

/*
 * RECs of a realm share its VMID, so that what the CPU keeps of one REC's
 * stage 1 would serve another, which may use the same ASID for other tables.
 * VTTBR_EL2 is that of @pe. (Where a REC was, a new one may be: then VMIDs
 * differ, or the old realm's was invalidated with it.)
 */
static void tlb_hand_over(struct host *host, const struct pe *pe)
{
	if (host->last == pe)
		return;
	isb();
	asm volatile("tlbi vmalle1" ::: "memory");
	dsb();
	host->last = pe;
}

static bool wants_simd(const struct pe_exit *exit)
{
	return exit->kind == PE_EXIT_SYNC &&
	       FIELD_GET(ESR_EC, exit->esr) == ESR_EC_FP;
}

static void enter(const struct host *host, struct pe *pe,
		  struct pe_exit *exit)
{
	do {
		write_sysreg(sp_el0, pe->sysreg[PE_SP_EL0]);
		isb();
		exit->kind = pe_enter(pe);
		pe->sysreg[PE_SP_EL0] = read_sysreg(sp_el0);
		write_sysreg(sp_el0, host->sysreg[PE_SP_EL0]);
		exit->esr = read_sysreg(esr_el2);
		exit->far = read_sysreg(far_el2);
		exit->hpfar = read_sysreg(hpfar_el2);
	} while (!fault_ipa_complete(exit));
}

/* A realm that uses no vector register costs none of their switching. */
static void run(const struct host *host, struct pe *pe, struct pe_simd *simd,
		struct pe_exit *exit)
{
	enter(host, pe, exit);
	if (!wants_simd(exit))
		return;
	write_sysreg(cptr_el2, CPTR_RMM);
	isb();
	simd_take(simd);
	write_sysreg(cptr_el2, CPTR_REALM);
	enter(host, pe, exit);
	write_sysreg(cptr_el2, CPTR_RMM);
	isb();
	simd_give_back(simd);
}

void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	struct host *host = &hosts[plat_cpu()];

	state_load(host, pe, simd);
	controls_load(host, pe, regime);
	tlb_hand_over(host, pe);
	run(host, pe, simd, exit);
	controls_restore(host, pe);
	state_restore(host, pe, simd);
}

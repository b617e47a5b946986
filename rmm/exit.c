/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exits of a realm, sorted by exception class. What the host is not meant to
 * see stays out of @exit by not being written there.
 */
#include "rmm/exit.h"

#include "abi/rmi_smc.h"
#include "rmm/abort.h"
#include "rmm/inject.h"
#include "rmm/platform.h"
#include "rmm/realm_smc.h"
#include "rmm/reg.h"
#include "rmm/sysreg.h"

/* Classes of instructions that belong to features which realms lack here. */
#define ESR_EC_SVE 0x19
#define ESR_EC_SME 0x1d

/* ISS of an SError */
#define SERROR_IDS BIT_ULL(24)
#define SERROR_AET GENMASK_ULL(12, 10)
#define SERROR_DFSC_RAS 0x11 /* AET is valid */

/* AET: the state in which the PE is left. */
enum {
	AET_UC, /* uncontainable: nobody can go on */
	AET_UEU, /* unrecoverable: the realm has to hear of it */
	AET_UEO, /* restartable */
	AET_UER, /* recoverable: the same as UEU */
	AET_CE = 6, /* corrected */
};

#define SERROR_SHOWN \
	(ESR_EC | SERROR_IDS | SERROR_AET | ESR_ABORT_EA | ESR_ABORT_FSC)

/* WFIT and WFET wait no longer than until a time that a register holds. */
static bool has_timeout(uint64_t esr)
{
	uint64_t ti = FIELD_GET(ESR_WFX_TI, esr);

	return (ti == ESR_WFX_TI_WFIT || ti == ESR_WFX_TI_WFET) &&
	       (esr & ESR_WFX_RV);
}

static bool wfx(struct rec *rec, uint64_t esr, struct rec_exit *exit)
{
	unsigned int rn = (unsigned int)FIELD_GET(ESR_WFX_RN, esr);

	exit->exit_reason = RMI_EXIT_SYNC;
	exit->esr = esr & (ESR_EC | ESR_WFX_TI);
	if (has_timeout(esr))
		exit->gprs[0] = reg_read(&rec->pe, rn);
	reg_next_insn(&rec->pe);
	return true;
}

/* No conduit of a realm: Undefined, at the HVC and not after it. */
static bool hvc(struct rec *rec)
{
	rec->pe.pc -= 4;
	inject_undef(&rec->pe);
	return false;
}

static bool sync(struct rec *rec, const struct pe_exit *why,
		 struct rec_exit *exit)
{
	switch (FIELD_GET(ESR_EC, why->esr)) {
	case ESR_EC_WFX:
		return wfx(rec, why->esr, exit);
	case ESR_EC_HVC64:
		return hvc(rec);
	case ESR_EC_SMC64:
		return realm_smc(rec, exit);
	case ESR_EC_SYSREG:
		return sysreg_handle(rec, why->esr, exit);
	case ESR_EC_SVE:
	case ESR_EC_SME:
		inject_undef(&rec->pe);
		return false;
	case ESR_EC_INST_ABORT_LOWER:
	case ESR_EC_DATA_ABORT_LOWER:
		return abort_handle(rec, why, exit);
	default:
		/* The host learns that there is something, not what. */
		exit->exit_reason = RMI_EXIT_SYNC;
		return true;
	}
}

/* What is not contained, or not described, stops the machine. */
static bool serror(struct rec *rec, const struct pe_exit *why,
		   struct rec_exit *exit)
{
	if ((why->esr & SERROR_IDS) ||
	    (why->esr & ESR_ABORT_FSC) != SERROR_DFSC_RAS)
		rmm_panic("SError without a syndrome");
	switch (FIELD_GET(SERROR_AET, why->esr)) {
	case AET_UEU:
	case AET_UER:
		inject_serror(&rec->pe, why->esr);
		break;
	case AET_UEO:
	case AET_CE:
		break;
	default:
		rmm_panic("SError that is not contained");
	}
	exit->exit_reason = RMI_EXIT_SERROR;
	exit->esr = why->esr & SERROR_SHOWN;
	return true;
}

bool exit_handle(struct rec *rec, const struct pe_exit *why,
		 struct rec_exit *exit)
{
	switch (why->kind) {
	case PE_EXIT_SYNC:
		return sync(rec, why, exit);
	case PE_EXIT_IRQ:
		exit->exit_reason = RMI_EXIT_IRQ;
		return true;
	case PE_EXIT_FIQ:
		exit->exit_reason = RMI_EXIT_FIQ;
		return true;
	case PE_EXIT_SERROR:
		return serror(rec, why, exit);
	}
	rmm_panic("a PE ended its run for no known reason");
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stage 2 aborts. The host sees the granule, the kind of fault and, only where
 * it may emulate the access, its place there, size and direction; never the
 * virtual address, nor the register.
 */
#include "rmm/abort.h"

#include "rmm/inject.h"
#include "rmm/mmio.h"
#include "rmm/platform.h"
#include "rmm/rtt.h"

#define SHOWN_FETCH (ESR_EC | ESR_ABORT_SET | ESR_ABORT_EA | ESR_ABORT_FSC)
#define SHOWN_DATA (SHOWN_FETCH | ESR_ABORT_FNV)
#define SHOWN_EMULATABLE \
	(SHOWN_DATA | ESR_ABORT_ISV | ESR_ABORT_SAS | ESR_ABORT_SF | \
	 ESR_ABORT_WNR)

#define FSC_EXTERNAL_WALK 0x14

/* SET, of an external abort. */
enum {
	SET_UER, /* recoverable: the realm can be told */
	SET_RESERVED,
	SET_UC, /* uncontainable: nobody can go on */
	SET_UEO, /* restartable */
};

/* Where in the IPA space an access went. */
enum place {
	PLACE_NOWHERE, /* beyond the IPA space, or RIPAS EMPTY */
	PLACE_PROTECTED,
	PLACE_UNPROTECTED,
};

static bool is_fetch(uint64_t esr)
{
	return FIELD_GET(ESR_EC, esr) == ESR_EC_INST_ABORT_LOWER;
}

static bool is_external(uint64_t esr)
{
	uint64_t type = esr & FSC_TYPE;

	return type == FSC_EXTERNAL || type == FSC_EXTERNAL_WALK;
}

/*
 * With ISV the syndrome describes the access in full; AArch32 state is left
 * out, since registers there have other names.
 */
static bool is_emulatable(const struct pe *pe, uint64_t esr)
{
	return (esr & ESR_ABORT_ISV) && !(pe->pstate & PSTATE_AARCH32);
}

static enum place place_of(const struct rd *rd, uint64_t ipa)
{
	struct rtt_walk walk;

	if (ipa >= realm_ipa_end(rd))
		return PLACE_NOWHERE;
	if (ipa >= realm_par_end(rd))
		return PLACE_UNPROTECTED;
	rtt_walk(rd, ipa, RTT_LEVEL_LAST, &walk);
	return walk.entry.ripas == RMI_EMPTY ? PLACE_NOWHERE : PLACE_PROTECTED;
}

static enum place place_lookup(const struct rec *rec, uint64_t ipa)
{
	struct rd *rd = realm_lock_owner(rec->owner);
	enum place place = place_of(rd, ipa);

	realm_unlock(rd);
	return place;
}

static void report(struct rec_exit *exit, const struct pe_exit *why,
		   uint64_t shown)
{
	exit->exit_reason = RMI_EXIT_SYNC;
	exit->esr = why->esr & shown;
}

/* HPFAR_EL2 for the host: in which part of a granule is not its business. */
static uint64_t hpfar_shown(uint64_t ipa)
{
	return IPA_TO_HPFAR(ipa & ~(granule_size() - 1));
}

static void report_fault(struct rec_exit *exit, const struct pe_exit *why,
			 uint64_t shown)
{
	report(exit, why, shown);
	exit->hpfar = hpfar_shown(HPFAR_TO_IPA(why->hpfar));
}

/* HPFAR_EL2 is UNKNOWN, so it may be an earlier abort's: not shown. */
static void report_external(struct rec *rec, const struct pe_exit *why,
			    struct rec_exit *exit)
{
	uint64_t set = FIELD_GET(ESR_ABORT_SET, why->esr);

	if (set == SET_UC)
		rmm_panic("uncontainable external abort");
	report(exit, why, SHOWN_DATA);
	if (set == SET_UER)
		inject_sea(&rec->pe, why->esr, why->far);
}

static void report_unprotected(struct rec *rec, const struct pe_exit *why,
			       struct rec_exit *exit)
{
	rec->abort_exit = *why;
	if (!is_emulatable(&rec->pe, why->esr)) {
		rec->abort = REC_ABORT_UNPROTECTED;
		report_fault(exit, why, SHOWN_DATA | ESR_IL);
		return;
	}
	rec->abort = REC_ABORT_EMULATABLE;
	report_fault(exit, why, SHOWN_EMULATABLE);
	exit->far = why->far & (granule_size() - 1);
	exit->gprs[0] = mmio_value(&rec->pe, why->esr);
}

bool abort_handle(struct rec *rec, const struct pe_exit *why,
		  struct rec_exit *exit)
{
	bool fetch = is_fetch(why->esr);
	enum place place;

	if (is_external(why->esr)) {
		report_external(rec, why, exit);
		return true;
	}

	place = place_lookup(rec, HPFAR_TO_IPA(why->hpfar));
	if (place == PLACE_PROTECTED) {
		/* Also if it is mapped by now: the host lets it try again. */
		report_fault(exit, why, fetch ? SHOWN_FETCH : SHOWN_DATA);
		return true;
	}
	if (place == PLACE_UNPROTECTED && !fetch) {
		report_unprotected(rec, why, exit);
		return true;
	}
	/* Nothing is there, or nothing that a realm may execute. */
	inject_sea(&rec->pe, why->esr, why->far);
	return false;
}

void abort_report_absent(struct rec_exit *exit, uint64_t ipa, int level)
{
	exit->exit_reason = RMI_EXIT_SYNC;
	exit->esr = FIELD_PREP(ESR_EC, ESR_EC_DATA_ABORT_LOWER) |
		    FSC_TRANSLATION | (unsigned int)level;
	exit->hpfar = hpfar_shown(ipa);
}

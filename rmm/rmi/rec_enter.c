/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REC_ENTER (Arm DEN 0137): the host lends a CPU to a REC. The REC is
 * running for the whole call, which keeps others away from it and the realm
 * from being taken apart; locks are held only before and after.
 */
#include "rmm/rmi/rmi.h"

#include <string.h>

#include "rmm/inject.h"
#include "rmm/mmio.h"
#include "rmm/platform.h"
#include "rmm/rec.h"
#include "rmm/rsi/rsi.h"
#include "rmm/run.h"
#include "rmm/sro.h"
#include "rmm/sysreg.h"
#include "rmm/timer.h"
#include "rmm/vgic.h"

/* The host's half of the run page, read once and in one piece. */
static bool enter_read(uint64_t run_pa, struct rec_enter *enter)
{
	return granule_aligned(run_pa) &&
	       ns_read(enter, run_pa, sizeof(*enter));
}

/*
 * Locks the REC at @pa and its realm, in the order of locks: whose it is stands
 * in the REC, so it is asked before. A REC that has another realm by then is
 * not the one that was named.
 */
static uint64_t lock(uint64_t pa, struct rd **rd, struct rec **rec)
{
	uint64_t owner;

	*rec = rec_lock(pa);
	if (!*rec)
		return sro_refusal(pa);
	owner = (*rec)->owner;
	rec_unlock(*rec);

	*rd = realm_lock(owner);
	if (!*rd)
		return sro_refusal(pa);
	*rec = rec_lock(pa);
	if (*rec && (*rec)->owner == owner)
		return RMI_SUCCESS;
	if (*rec)
		rec_unlock(*rec);
	realm_unlock(*rd);
	return sro_refusal(pa);
}

static uint64_t check(const struct rd *rd, const struct rec *rec,
		      uint64_t flags)
{
	if (rec->running)
		return RMI_ERROR_REC;
	if (rd->state != REALM_ACTIVE)
		return RMI_ERROR_REALM;
	if (!rec->runnable || rec->pending == REC_PENDING_PSCI ||
	    !vgic_lrs_ok())
		return RMI_ERROR_REC;
	if (flags & RMI_ENTRY_INJECT_SEA)
		return rec->abort == REC_ABORT_NONE ? RMI_ERROR_REC :
						      RMI_SUCCESS;
	if ((flags & RMI_ENTRY_EMUL_MMIO) &&
	    rec->abort != REC_ABORT_EMULATABLE)
		return RMI_ERROR_REC;
	return RMI_SUCCESS;
}

/*
 * The REC starts running, in one step with all that is asked about it: nobody
 * sees a REC that runs and then could not.
 */
static uint64_t start(uint64_t pa, uint64_t flags, struct rec **rec,
		      struct pe_regime *regime)
{
	struct rd *rd = NULL;
	uint64_t status = lock(pa, &rd, rec);

	if (status != RMI_SUCCESS)
		return status;
	status = check(rd, *rec, flags);
	if (status == RMI_SUCCESS) {
		(*rec)->running = true;
		rd->rec_running++;
		run_regime(rd, *rec, flags, regime);
	}
	rec_unlock(*rec);
	realm_unlock(rd);
	return status;
}

static void stop(uint64_t pa, struct rec *rec)
{
	struct rd *rd = realm_lock_owner(rec->owner);

	rmm_assert(rec_lock(pa));
	rd->rec_running--;
	rec->running = false;
	rec_unlock(rec);
	realm_unlock(rd);
}

/* The answer to the last exit's question, for the realm. */
static bool answer(struct rec *rec, const struct rec_enter *enter,
		   struct rec_exit *exit)
{
	switch (rec->pending) {
	case REC_PENDING_HOST_CALL:
		return rsi_host_call_complete(rec, enter->gprs, exit);
	case REC_PENDING_RIPAS:
		rsi_ipa_state_set_complete(rec, enter->flags &
						RMI_ENTRY_RIPAS_REJECT);
		return true;
	case REC_PENDING_SYSREG:
		sysreg_complete(rec, enter->gprs[0]);
		return true;
	default:
		return true;
	}
}

/*
 * What the last exit left open is settled by @enter. False if that needs the
 * host again, with @exit filled in.
 */
static bool settle(struct rec *rec, const struct rec_enter *enter,
		   struct rec_exit *exit)
{
	const struct pe_exit *abort = &rec->abort_exit;

	if (enter->flags & RMI_ENTRY_INJECT_SEA)
		inject_sea(&rec->pe, abort->esr, abort->far);
	else if (enter->flags & RMI_ENTRY_EMUL_MMIO)
		mmio_complete(&rec->pe, abort->esr, enter->gprs[0]);
	rec->abort = REC_ABORT_NONE;
	return answer(rec, enter, exit);
}

static void commit(struct rec *rec, const struct rec_enter *enter,
		   const struct pe_regime *regime, struct rec_exit *exit)
{
	memset(exit, 0, sizeof(*exit));
	if (settle(rec, enter, exit))
		run_rec(rec, regime, exit);
	timer_report(rec, exit);
	vgic_leave();
}

uint64_t rmi_rec_enter(const uint64_t in[7], uint64_t out[5])
{
	uint64_t exit_pa = in[2] + offsetof(struct rec_run, exit);
	struct pe_regime regime;
	struct rec_enter enter;
	struct rec_exit exit;
	struct rec *rec = NULL;
	uint64_t status;

	(void)out;
	if (!enter_read(in[2], &enter))
		return RMI_ERROR_INPUT;
	status = start(in[1], enter.flags, &rec, &regime);
	if (status != RMI_SUCCESS)
		return status;
	commit(rec, &enter, &regime, &exit);
	stop(in[1], rec);
	return ns_write(exit_pa, &exit, sizeof(exit)) ? RMI_SUCCESS :
							RMI_ERROR_INPUT;
}

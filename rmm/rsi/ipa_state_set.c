/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_IPA_STATE_SET (Arm DEN 0137): the realm wants memory to be RAM, or gives
 * it up. The call has two halves: it leaves to the host here, which does as
 * much of it as it likes by RMI_RTT_SET_RIPAS, and the next RMI_REC_ENTER
 * brings the answer.
 */
#include "rmm/rsi/rsi.h"

#include "abi/rmi_smc.h"
#include "abi/rsi_layout.h"
#include "rmm/reg.h"

static bool check(const struct rec *rec, uint64_t base, uint64_t top,
		  uint64_t ripas)
{
	struct rd *rd = realm_lock_owner(rec->owner);
	uint64_t end = realm_par_end(rd);

	realm_unlock(rd);
	return !((base | top) % RSI_GRANULE_SIZE) && base < top && top <= end &&
	       (ripas == RMI_EMPTY || ripas == RMI_RAM);
}

enum rsi_then rsi_ipa_state_set(struct rec *rec, uint64_t out[4],
				struct rec_exit *exit)
{
	uint64_t base = rec->pe.x[1], top = rec->pe.x[2];
	uint64_t ripas = rec->pe.x[3], flags = rec->pe.x[4];

	if (!check(rec, base, top, ripas)) {
		out[0] = RSI_ERROR_INPUT;
		return RSI_ANSWER;
	}
	rec->pending = REC_PENDING_RIPAS;
	rec->ripas = (struct rec_ripas){
		.next = base,
		.top = top,
		.ripas = (enum rmi_ripas)ripas,
		.change_destroyed = flags & RSI_CHANGE_DESTROYED,
	};
	exit->exit_reason = RMI_EXIT_RIPAS_CHANGE;
	exit->ripas_base = base;
	exit->ripas_top = top;
	exit->ripas_value = (uint8_t)ripas;
	reg_next_insn(&rec->pe);
	return RSI_EXIT;
}

void rsi_ipa_state_set_complete(struct rec *rec, bool reject)
{
	const struct rec_ripas *change = &rec->ripas;
	uint64_t *x = rec->pe.x;

	/* A host can withhold RAM; it cannot keep what the realm gives up. */
	reject = reject && change->ripas == RMI_RAM &&
		 change->next != change->top;
	x[0] = RSI_SUCCESS;
	x[1] = change->next;
	x[2] = reject ? RSI_REJECT : RSI_ACCEPT;
	x[3] = 0;
	rec->pending = REC_PENDING_NONE;
}

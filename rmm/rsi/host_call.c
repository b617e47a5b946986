/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_HOST_CALL (Arm DEN 0137): the realm's message to the host, in a structure
 * of its own memory. The call has two halves: it leaves to the host here, and
 * the next RMI_REC_ENTER brings the answer.
 */
#include "rmm/rsi/rsi.h"

#include <string.h>

#include "abi/rmi_smc.h"
#include "abi/rsi_layout.h"
#include "rmm/abort.h"
#include "rmm/reg.h"
#include "rmm/rsi_buffer.h"

static void message(const struct rsi_host_call *call, struct rec_exit *exit)
{
	exit->exit_reason = RMI_EXIT_HOST_CALL;
	exit->imm = call->imm;
	memcpy(exit->gprs, call->gprs, sizeof(exit->gprs));
}

enum rsi_then rsi_host_call(struct rec *rec, uint64_t out[4],
			    struct rec_exit *exit)
{
	uint64_t ipa = rec->pe.x[1];
	struct rd *rd = realm_lock_owner(rec->owner);
	enum rsi_buffer_state state;
	struct rsi_buffer buffer;

	state = rsi_buffer_find(rd, ipa, sizeof(struct rsi_host_call),
				&buffer);
	if (state == RSI_BUFFER_OK)
		message(buffer.view, exit);
	realm_unlock(rd);

	switch (state) {
	case RSI_BUFFER_OK:
		rec->pending = REC_PENDING_HOST_CALL;
		rec->host_call_ipa = ipa;
		reg_next_insn(&rec->pe);
		return RSI_EXIT;
	case RSI_BUFFER_ABSENT:
		abort_report_absent(exit, ipa, buffer.level);
		return RSI_EXIT;
	default:
		out[0] = RSI_ERROR_INPUT;
		return RSI_ANSWER;
	}
}

bool rsi_host_call_complete(struct rec *rec, const uint64_t *gprs,
			    struct rec_exit *exit)
{
	struct rd *rd = realm_lock_owner(rec->owner);
	enum rsi_buffer_state state;
	struct rsi_buffer buffer;

	state = rsi_buffer_find(rd, rec->host_call_ipa,
				sizeof(struct rsi_host_call), &buffer);
	if (state == RSI_BUFFER_OK) {
		struct rsi_host_call *call = buffer.view;

		memcpy(call->gprs, gprs, sizeof(call->gprs));
		rsi_buffer_written(&buffer);
	}
	realm_unlock(rd);

	if (state == RSI_BUFFER_ABSENT) {
		abort_report_absent(exit, rec->host_call_ipa, buffer.level);
		return false;
	}
	/* A page that the realm gave up meanwhile is just not written. */
	rec->pending = REC_PENDING_NONE;
	rec->pe.x[0] = RSI_SUCCESS;
	return true;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One handler a command of abi/rsi_table.h, each in the file of its name.
 *
 * A handler reads x1 and up of its caller in rec->pe.x. If it answers, @out[0]
 * (RSI_SUCCESS, and zero like the rest on entry) to @out[3] become x0 to x3 and
 * the realm goes on behind the SMC; results beyond x3 it writes itself.
 */
#ifndef RMM_RSI_RSI_H
#define RMM_RSI_RSI_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rsi_table.h"
#include "rmm/rec.h"

enum rsi_then {
	RSI_ANSWER, /* @out is the answer */
	RSI_EXIT, /* @exit is for the host, PC as it must be then */
};

#define RSI_HANDLER(NAME, name, args, results) \
	enum rsi_then rsi_##name(struct rec *rec, uint64_t out[4], \
				 struct rec_exit *exit);
RSI_CALL_TABLE(RSI_HANDLER)
#undef RSI_HANDLER

/* Answers the RSI call at PC. True if @exit is filled in for the host. */
bool rsi_call(struct rec *rec, uint32_t fid, struct rec_exit *exit);

/*
 * The host has answered the pending RSI_HOST_CALL of @rec with @gprs. False if
 * the realm's structure is not mapped any more: then the call stays pending and
 * @exit asks the host for the page.
 */
bool rsi_host_call_complete(struct rec *rec, const uint64_t *gprs,
			    struct rec_exit *exit);

/*
 * The host has done what it wanted of the pending RSI_IPA_STATE_SET of @rec;
 * @reject if it wants to do no more.
 */
void rsi_ipa_state_set_complete(struct rec *rec, bool reject);

#endif

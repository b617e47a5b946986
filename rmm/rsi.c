/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RSI dispatcher, made from abi/rsi_table.h.
 */
#include "rmm/rsi/rsi.h"

#include <string.h>

#include "abi/smccc.h"
#include "rmm/reg.h"

typedef enum rsi_then rsi_handler(struct rec *rec, uint64_t out[4],
				  struct rec_exit *exit);

static rsi_handler *find(uint32_t fid)
{
	switch (fid) {
#define RSI_CASE(NAME, name, args, results) \
	case SMC_RSI_##NAME: \
		return rsi_##name;
	RSI_CALL_TABLE(RSI_CASE)
#undef RSI_CASE
	default:
		return NULL;
	}
}

bool rsi_call(struct rec *rec, uint32_t fid, struct rec_exit *exit)
{
	rsi_handler *handler = find(fid);
	uint64_t out[4] = { RSI_SUCCESS };

	if (!handler) {
		rec->pe.x[0] = SMCCC_NOT_SUPPORTED;
		reg_next_insn(&rec->pe);
		return false;
	}
	if (handler(rec, out, exit) == RSI_EXIT)
		return true;
	memcpy(rec->pe.x, out, sizeof(out));
	reg_next_insn(&rec->pe);
	return false;
}

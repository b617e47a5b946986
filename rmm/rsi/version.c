/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_VERSION (Arm DEN 0137). We speak 1.0 alone, so it is both the lower and
 * the higher revision of every answer.
 */
#include "rmm/rsi/rsi.h"

enum rsi_then rsi_version(struct rec *rec, uint64_t out[4],
			  struct rec_exit *exit)
{
	(void)exit;
	if (rec->pe.x[1] != RSI_ABI_VERSION_1_0)
		out[0] = RSI_ERROR_INPUT;
	out[1] = RSI_ABI_VERSION_1_0;
	out[2] = RSI_ABI_VERSION_1_0;
	return RSI_ANSWER;
}

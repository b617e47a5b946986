/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_FEATURES (Arm DEN 0137). RSI 1.0 defines no feature: every register is 0,
 * which @out is already.
 */
#include "rmm/rsi/rsi.h"

enum rsi_then rsi_features(struct rec *rec, uint64_t out[4],
			   struct rec_exit *exit)
{
	(void)rec;
	(void)out;
	(void)exit;
	return RSI_ANSWER;
}

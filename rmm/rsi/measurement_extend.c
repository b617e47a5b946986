/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_MEASUREMENT_EXTEND (Arm DEN 0137): the realm adds x2 bytes, from x3 to
 * x10, to REM x1. The RIM is not its to change.
 */
#include "rmm/rsi/rsi.h"

#include "rmm/measurement.h"

enum rsi_then rsi_measurement_extend(struct rec *rec, uint64_t out[4],
				     struct rec_exit *exit)
{
	const uint64_t *x = rec->pe.x;
	struct rd *rd;

	(void)exit;
	if (x[1] == 0 || x[1] >= RSI_MEASUREMENTS ||
	    x[2] > RSI_MEASUREMENT_SIZE) {
		out[0] = RSI_ERROR_INPUT;
		return RSI_ANSWER;
	}
	rd = realm_lock_owner(rec->owner);
	measurement_extend_rem(rd, (unsigned int)x[1], &x[3], x[2]);
	realm_unlock(rd);
	return RSI_ANSWER;
}

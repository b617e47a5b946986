/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_MEASUREMENT_READ (Arm DEN 0137): a measurement register in x1 to x8, zero
 * where its hash is shorter.
 */
#include "rmm/rsi/rsi.h"

#include <string.h>

/* Where the result leaves the registers that every call returns. */
#define BYTES_IN_OUT (3 * sizeof(uint64_t))

enum rsi_then rsi_measurement_read(struct rec *rec, uint64_t out[4],
				   struct rec_exit *exit)
{
	uint64_t index = rec->pe.x[1];
	uint8_t value[RSI_MEASUREMENT_SIZE];
	struct rd *rd;

	(void)exit;
	if (index >= RSI_MEASUREMENTS) {
		out[0] = RSI_ERROR_INPUT;
		return RSI_ANSWER;
	}
	rd = realm_lock_owner(rec->owner);
	memcpy(value, rd->measurement[index], sizeof(value));
	realm_unlock(rd);

	memcpy(&out[1], value, BYTES_IN_OUT);
	memcpy(&rec->pe.x[4], value + BYTES_IN_OUT,
	       sizeof(value) - BYTES_IN_OUT);
	return RSI_ANSWER;
}

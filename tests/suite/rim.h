/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Realm Initial Measurement, computed a second time, for SHA-256: what each
 * command that is measured must make of it.
 */
#ifndef SUITE_RIM_H
#define SUITE_RIM_H

#include <stdint.h>

#include "abi/rmi_layout.h"

#define RIM_SIZE 64 /* of a register; the hash, and zeros */

/*
 * Sources differ in what it starts with: the hash of the realm's parameters, or
 * zero.
 */
void rim_start_params(uint8_t rim[RIM_SIZE], const struct realm_params *params);
void rim_start_zero(uint8_t rim[RIM_SIZE]);

/* RTT_DATA_MAP_INIT of a page, and REC_CREATE of a REC that is runnable. */
void rim_data(uint8_t rim[RIM_SIZE], uint64_t ipa, uint64_t flags,
	      const void *page);
void rim_rec(uint8_t rim[RIM_SIZE], const struct rec_params *params);

#endif

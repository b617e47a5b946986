/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements of a realm (Arm DEN 0137, chapter "Realm measurement"): the
 * host's commands build the RIM while the realm is NEW, the realm its REMs.
 *
 * Sources differ on what REALM_CREATE puts into the RIM; we hash the reduced
 * parameters, as the reference RMM does. That choice, and the padding of a REM
 * extension, are in measurement.c and nowhere else.
 */
#ifndef RMM_MEASUREMENT_H
#define RMM_MEASUREMENT_H

#include <stddef.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "rmm/realm.h"

/* All registers zero, then the RIM of a realm with these parameters. */
void measurement_start(struct rd *rd, const struct realm_params *params);

/*
 * Extends the RIM by a granule at @ipa. @content is all its bytes; they count
 * only if @flags has RMI_MEASURE_CONTENT.
 */
void measurement_extend_data(struct rd *rd, uint64_t ipa, uint64_t flags,
			     const void *content);

/* Extends the RIM by a runnable REC. */
void measurement_extend_rec(struct rd *rd, const struct rec_params *params);

/* Extends REM @index (1 to 4) by @size (0 to 64) bytes. */
void measurement_extend_rem(struct rd *rd, unsigned int index,
			    const void *value, size_t size);

#endif

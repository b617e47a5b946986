/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One handler a command of abi/rmi_table.h, each in the file of its name.
 *
 * @in[1] to @in[6] are x1 to x6 of the caller; @out[1] to @out[4], all zero on
 * entry, become its x1 to x4. The result is x0: a status and its index.
 *
 * A handler is `check`, every question in the documented order, and `commit`,
 * the effect. A check may lock, claim or fill what nobody can see yet, and
 * takes that back when it fails. Commands on ranges ask and act a block at a
 * time (map_range.h, unmap_range.h, granule_range.h), stateful ones leave the
 * rest to an operation (sro.h). What only the effect can tell, its commit
 * answers: PSCI_COMPLETE if a REC is on, RMM_CONFIG_SET if it comes too late.
 */
#ifndef RMM_RMI_RMI_H
#define RMM_RMI_RMI_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_table.h"

#define RMI_HANDLER(NAME, name, args, results) \
	uint64_t rmi_##name(const uint64_t in[7], uint64_t out[5]);
RMI_CALL_TABLE(RMI_HANDLER)
#undef RMI_HANDLER

/* State of the RMM as a whole; the dispatcher gates commands by it. */
enum rmm_state {
	RMM_INIT,
	RMM_INIT_HELD, /* the same: a command is at the configuration */
	RMM_ACTIVE,
};

enum rmm_state rmm_state(void);

/*
 * As long as the RMM is in INIT, what reads or changes its configuration does
 * so alone: waits for others, holds the state, and is true. False, and nothing
 * is held, once it is ACTIVE, where the configuration stays as it is.
 */
bool rmm_init_hold(void);

/* No longer held; from now on the state is @next, INIT or ACTIVE. */
void rmm_init_release(enum rmm_state next);

#endif

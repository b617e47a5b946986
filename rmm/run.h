/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running a REC: the controls of EL2, and the loop around the PE.
 */
#ifndef RMM_RUN_H
#define RMM_RUN_H

#include <stdint.h>

#include "rmm/rec.h"

/* EL2 controls for @rec of the locked @rd; @flags are RMI_ENTRY_*. */
void run_regime(const struct rd *rd, const struct rec *rec, uint64_t flags,
		struct pe_regime *regime);

/*
 * Runs @rec until there is something for the host, if only that a timer has
 * come due or is so no more, and writes that to @exit, zeroed by the caller. No
 * lock may be held.
 */
void run_rec(struct rec *rec, const struct pe_regime *regime,
	     struct rec_exit *exit);

#endif

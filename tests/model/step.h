/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One call, made by the RMM and by the rules, and everything compared that can
 * be: what was answered, what changed, who may see what, what a granule holds
 * when it changes hands.
 */
#ifndef TESTS_MODEL_STEP_H
#define TESTS_MODEL_STEP_H

#include "moves.h"

/* After world_boot(): the host's memory gets contents, which are looked for. */
void step_begin(void);

/*
 * Makes @move. Returns what is wrong, or NULL; @model is moved on. @before is
 * the world as it was, which a refused call must not change.
 */
const char *step(struct model *model, const struct move *move,
		 const struct world_snapshot *before);

/* The same, where nothing is known about the world before. */
const char *step_on(struct model *model, const struct move *move);

/* What must hold between two calls: the ledger, the views, the trees. */
const char *step_invariants(const struct model *model);

/*
 * A host that has had enough takes everything back: each call must work, and
 * all that is delegated must be the host's again in the end.
 */
const char *step_drain(struct model *model);

#endif

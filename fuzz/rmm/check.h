/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What must hold whatever the host did: of each answer, of the granules that it
 * names, and now and then of everything.
 */
#ifndef FUZZ_RMM_CHECK_H
#define FUZZ_RMM_CHECK_H

#include "fuzz/rmm/world.h"

/* Each stops the fuzzer if it finds something. */
void check_call(const struct call *call);
void check_all(void);

/* SUCCESS of a range command means a step at least, and none beyond it. */
void check_progress(const struct call *call);

/* check_all() after every so many commands. */
void check_now_and_then(void);

/* Nothing is the RMM's any more. */
void check_nothing_left(void);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a realm sees at some of its addresses, before and after commands that
 * are to change how tables say it and nothing else: RTT_CREATE and RTT_FOLD.
 */
#ifndef FUZZ_RMM_MEANING_H
#define FUZZ_RMM_MEANING_H

#include "fuzz/rmm/world.h"
#include "rmm/rtt.h"

#define MEANING_PLACES 17u

struct meaning {
	const struct rd *rd; /* NULL: none of these commands */
	uint64_t ipa[MEANING_PLACES];
	struct rtte seen[MEANING_PLACES];
};

void meaning_before(struct meaning *meaning, const struct call *call);

/* Stops the fuzzer if it is not the same. */
void meaning_after(const struct meaning *meaning, const struct call *call);

#endif

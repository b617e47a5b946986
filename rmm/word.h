/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words that several CPUs change at once: the locks of granules, and what
 * whoever comes first gets (handles, VMIDs, the RMM's state). Nothing else
 * changes them, so a test that brings its own functions decides which CPU goes
 * on at each.
 */
#ifndef RMM_WORD_H
#define RMM_WORD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Changes *@word from @from to @to. False, and no change, if it has another
 * value. What other CPUs wrote before they left @from there can be seen.
 */
bool word_change(uint32_t *word, uint32_t from, uint32_t to);

/* Sets it; whoever sees the new value sees what was written before. */
void word_set(uint32_t *word, uint32_t to);

/* Its value at this moment. */
static inline uint32_t word_get(const uint32_t *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

#endif

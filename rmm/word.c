/* SPDX-License-Identifier: BSD-3-Clause */
/* Words that several CPUs change at once; see word.h. */
#include "rmm/word.h"

bool word_change(uint32_t *word, uint32_t from, uint32_t to)
{
	return __atomic_compare_exchange_n(word, &from, to, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

void word_set(uint32_t *word, uint32_t to)
{
	__atomic_store_n(word, to, __ATOMIC_RELEASE);
}

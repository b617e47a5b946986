/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * rmm/word.h for CPUs by turns: before a word may change, and after it was set,
 * another CPU may go on. What a CPU does between two such points is between its
 * locks or its own, so it makes no difference what others do meanwhile.
 */
#include "rmm/word.h"

#include "tests/explore/sched.h"
#include "tests/explore/word.h"

bool word_locks_are_broken;

/* Whoever wants a lock that another one holds gets it, too. */
static unsigned int shared;
static uint32_t *shared_word;

#define LOCKED 0x100u /* of struct granule's word */

static bool share(uint32_t *word, uint32_t to)
{
	if (!word_locks_are_broken || *word != to || !(to & LOCKED) || shared)
		return false;
	shared_word = word;
	shared = 1;
	return true;
}

bool word_change(uint32_t *word, uint32_t from, uint32_t to)
{
	sched_point();
	if (*word != from)
		return share(word, to);
	*word = to;
	sched_progress();
	return true;
}

void word_set(uint32_t *word, uint32_t to)
{
	if (shared && word == shared_word && !(to & LOCKED)) {
		shared = 0;
		to |= *word & ~0xffu;
	}
	*word = to;
	sched_progress();
	sched_point();
}

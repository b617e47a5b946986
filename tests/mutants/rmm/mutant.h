/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All mutants of rmm/ in one program: each stands where it differs, and does
 * nothing but be counted until it is the live one. Included by what `weave`
 * writes, and by nothing else.
 */
#ifndef TESTS_MUTANTS_RMM_MUTANT_H
#define TESTS_MUTANTS_RMM_MUTANT_H

#include <stdbool.h>

#define MUTANTS_MAX 4096

/* The number of the one that is live; 0 is none. Set before main(). */
extern unsigned int mutant_live;

/* By number: it would have made a difference somewhere. */
extern unsigned char *mutant_seen;

static inline void mutant_see(unsigned int number)
{
	if (!mutant_seen[number])
		mutant_seen[number] = 1;
}

static inline bool mutant_is(unsigned int number)
{
	return mutant_live == number;
}

static inline bool mutant_choose(unsigned int number, bool mutated,
				 bool original)
{
	if (mutated != original)
		mutant_see(number);
	return mutant_is(number) ? mutated : original;
}

static inline bool mutant_note(unsigned int number, bool condition)
{
	if (condition)
		mutant_see(number);
	return condition;
}

/* The condition is @value, whatever it asks; it is asked in any case. */
#define MUTANT(number, value, ...) \
	mutant_choose(number, value, (__VA_ARGS__) ? true : false)

/* Another comparison. */
#define MUTANT_COMPARE(number, left, op, mutated, right) \
	({ \
		__auto_type mutant_left = (left); \
		__auto_type mutant_right = (right); \
		mutant_choose(number, mutant_left mutated mutant_right, \
			      mutant_left op mutant_right); \
	})

/* Another constant. */
#define MUTANT_VALUE(number, mutated, original) \
	(mutant_see(number), mutant_is(number) ? (mutated) : (original))

/* The check that a later one may have come before, if it fails. */
#define MUTANT_NOTE(number, ...) \
	mutant_note(number, (__VA_ARGS__) ? true : false)

#endif

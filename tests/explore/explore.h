/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two commands at once, in all orders of their operations on locks: what comes
 * of it must be what comes of one after the other.
 */
#ifndef TESTS_EXPLORE_EXPLORE_H
#define TESTS_EXPLORE_EXPLORE_H

#include "tests/explore/world.h"

/*
 * Every two commands of @world, with at most @preemptions: how many schedules.
 * sched_fail() if one is wrong.
 */
unsigned long explore_pairs(const struct world *world,
			    unsigned int preemptions);

/*
 * Every three commands, which must not end in a deadlock or in a wrong ledger;
 * orders are not compared.
 */
unsigned long explore_triples(const struct world *world,
			      unsigned int preemptions);

#endif

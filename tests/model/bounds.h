/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How far a search goes. Every call is made from every state that is followed,
 * and checked; what is out of bounds is whether the state that it leads to is
 * followed, too.
 */
#ifndef TESTS_MODEL_BOUNDS_H
#define TESTS_MODEL_BOUNDS_H

#include "moves.h"

struct bounds {
	unsigned int granules; /* that the host delegates at all */
	/* False: they are delegated and undelegated all at once, when unused */
	bool exchange;
	unsigned int realms;
	unsigned int recs; /* ever made by a realm, and by all there are */
	unsigned int recs_in_all;
	unsigned int ops; /* open at once */
	bool ripas; /* calls that are about RIPAS alone */
	unsigned int tables[HALVES]; /* of all realms, roots not counted */
};

/* True if the search goes on at @model, to which @move has led. */
bool bounds_follow(const struct bounds *bounds, const struct move *move,
		   const struct model *model);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The engine: ways to run what the tables say (table.h), and its comparisons,
 * by which stories say what must be so.
 */
#ifndef SUITE_ENGINE_H
#define SUITE_ENGINE_H

#include "tests/suite/table.h"

void engine_deviation(const struct table *table, const struct deviation *d);
void engine_order(const struct table *table, const struct deviation *first,
		  const struct deviation *second);
/* The good call leaves the registers behind its results alone. */
void engine_registers(const struct table *table);
/* Of x1 to x3, what is no result of the good call is zero. */
void engine_zeroes(const struct table *table);
void engine_effect(const struct table *table, const struct effect *effect);
void engine_inside(const struct table *table, const struct inside *inside);
void engine_story(const struct table *table, const struct story *story);

/* True if there is any such register. */
bool engine_has_zeroes(const struct table *table);

/* True if the order of the two is a condition. */
bool engine_is_order(const struct deviation *first,
		     const struct deviation *second);
bool engine_order_is_strict(const struct deviation *first,
			    const struct deviation *second);

/* ---- For stories --------------------------------------------------------- */

/* True if the first REC has left so. */
bool exit_holds(unsigned int reason, const struct exit_field *fields,
		unsigned int count);
#define left(reason, ...) \
	exit_holds(reason, (const struct exit_field[]){ __VA_ARGS__ }, \
		   COUNT(((const struct exit_field[]){ __VA_ARGS__ })))

/* The realm asks for a change of RIPAS, which leaves to the host. */
bool realm_asks(const struct request *request);

/* True if the entry, or the granule, is so. */
bool after_holds(const struct after *after);
#define holds(...) after_holds(&(const struct after)__VA_ARGS__)

#endif

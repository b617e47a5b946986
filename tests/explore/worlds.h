/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What all worlds are made of. Every two commands of a world meet, also one
 * with itself, so each list is of commands on the same few granules.
 *
 *	G(0)	RD; G(1) its root; G(2), G(3) tables of levels 2 and 3 at 0;
 *		G(4), G(5) the same in the other half; G(6), G(7) its memory at
 *		0; G(8), G(10) its RECs with their memory behind them; G(17) an
 *		empty table at HOST_BLOCK
 *	G(12)	RD of another realm; G(13) its root; G(14), G(15) tables at 0
 *	G(16), G(18) to G(27)	delegated; from G(28) on: the host's
 */
#ifndef TESTS_EXPLORE_WORLDS_H
#define TESTS_EXPLORE_WORLDS_H

#include "abi/rmi_table.h"
#include "tests/explore/host.h"

#define RD G(0)
#define REC0 G(8)
#define REC1 G(10)
#define OTHER_RD G(12)
#define FREE G(18)
#define FREE_REC G(20)

#define GIVE(NAME, ...) { #NAME, SMC_RMI_##NAME, { __VA_ARGS__ } }
#define GIVE_AS(text, NAME, ...) \
	{ #NAME ", " text, SMC_RMI_##NAME, { __VA_ARGS__ } }

#define COMMANDS(list) list, sizeof(list) / sizeof((list)[0])
#define WORLD(name, build, list, nested) \
	{ name, build, COMMANDS(list), nested, false, false }
#define WITH_BLOCK(name, build, list) \
	{ name, build, COMMANDS(list), false, true, false }
#define COLD(name, build, list) \
	{ name, build, COMMANDS(list), false, false, true }

/* A new realm with two RECs, and what each does; the other realm, new. */
void build_realm(enum host_does does0, enum host_does does1, bool runnable1);
void build_other(void);

/* The same, of RECs that are runnable, and the realm is active. */
void build_running(enum host_does does0, enum host_does does1);

/* The worlds of a file; one without a name ends them. */
extern const struct world worlds_of_realms[];
extern const struct world worlds_of_recs[];
extern const struct world worlds_of_operations[];

#endif

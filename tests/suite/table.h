/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The forms in which conditions are written.
 *
 * A deviation is one failure condition: a good call, with what makes it bad.
 * Each is a condition, and so is each pair of two checks of which the reference
 * says which comes first. After the refusal nothing may have changed, and the
 * good call must do.
 *
 * An effect is one call that must do something: its results, and what is so
 * afterwards. An inside is the same for what the realm does. A story is a
 * condition that takes more than one call.
 */
#ifndef SUITE_TABLE_H
#define SUITE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/arm_arch.h"
#include "tests/suite/call.h"
#include "tests/suite/guest.h"
#include "tests/suite/scene.h"
#include "tests/suite/value.h"
#include "tests/suite/expect.h"
#include "tests/suite/world.h"

/* What a deviation changes: an argument, or a field of the page at PARAMS. */
struct set {
	uint32_t what;
	uint64_t value;
};

#define X(n, value) { n, value }
#define F8(offset, value) { 0x10000 | (offset), value }
#define F32(offset, value) { 0x40000 | (offset), value }
#define F64(offset, value) { 0x80000 | (offset), value }

#define SET_WIDTH(what) ((what) >> 16)
#define SET_OFFSET(what) ((what) & 0xffff)

/*
 * The specification puts checks of the addresses and granule states of objects
 * before those of their attributes, and these before the results of walks; the
 * order of all else is one RMM's.
 */
enum check_class {
	CHECK_OTHER,
	CHECK_OBJECT,
	CHECK_ATTRIBUTE,
	CHECK_WALK,
};

#define SETS 4

struct deviation {
	unsigned int check; /* its number in the reference, 1 is the first */
	enum check_class class;
	const char *name;
	struct set set[SETS];
	bool (*twist)(void); /* or a change of the scene; false: verdict */
	uint64_t want;
	uint64_t also; /* where sources differ; 0 is none */
	bool strict; /* sources differ in more than that */
	bool alone; /* cannot hold together with another check */
};

/* How the world is after an effect. */
enum after_kind {
	AFTER_NOTHING,
	AFTER_ENTRY,
	AFTER_GRANULE,
};

struct after {
	enum after_kind kind;
	uint64_t where;
	uint64_t level;
	enum rmi_rtte_state state;
	enum rmi_ripas ripas;
	uint64_t pa;
	enum granule_is is;
};

/* The entry that translates @ipa is at @level and says so, with PA @out. */
#define ENTRY(ipa, level, state, ripas, out) \
	{ AFTER_ENTRY, ipa, level, RMI_##state, RMI_##ripas, out, 0 }
#define GRANULE_IS(pa, state) \
	{ AFTER_GRANULE, pa, 0, 0, 0, 0, IS_##state }

struct out {
	unsigned int reg; /* of x1 to x4; 0 ends the list */
	uint64_t value;
};

#define OUTS 4
#define AFTERS 6

struct effect {
	const char *name;
	const char *section; /* NULL: the table's */
	bool strict;
	enum scene scene; /* 0: the table's */
	bool (*twist)(void);

	/* Before, the realm asks for this by RSI_IPA_STATE_SET; or all zero. */
	struct request {
		uint64_t base;
		uint64_t top;
		uint64_t ripas;
		uint64_t flags;
	} request;

	uint32_t fid; /* 0: the table's */
	uint64_t x[CALL_ARGS];
	struct set set[SETS]; /* of the page at PARAMS */
	uint64_t want;
	uint64_t also;
	struct out out[OUTS];
	struct after after[AFTERS];
	bool (*check)(void); /* more of the same, with answer[] */
};

struct story {
	const char *name;
	const char *section;
	bool strict;
	enum scene scene;
	void (*tell)(void);
};

/* What an operation of the realm comes to. */
enum inside_end {
	RETURNS, /* out[] are registers of the realm */
	TAKES, /* an exception to EL1 */
	LEAVES, /* exit[] are fields of the REC exit */
};

/* A field of struct rec_exit, as far as @mask. */
struct exit_field {
	uint16_t offset;
	uint16_t width;
	uint64_t mask;
	uint64_t value;
};

#define EXIT_MASKED(field, mask, value) \
	{ offsetof(struct rec_exit, field), \
	  sizeof(((struct rec_exit *)0)->field), mask, value }
#define EXIT(field, value) EXIT_MASKED(field, ~(uint64_t)0, value)

#define INSIDE_OUTS 9
#define INSIDE_EXITS 7
#define INSIDE_ARGS 6

/*
 * What the agent of the first REC does, in SCENE_RUN: an SMC whose function is
 * x[0], or another operation with the operands x[0] and x[1].
 */
struct inside {
	const char *name;
	const char *section;
	bool strict;
	bool (*twist)(void);
	enum agent_op op; /* NONE: the table's */
	uint64_t x[INSIDE_ARGS];
	uint64_t flags; /* of the REC_ENTER */
	enum inside_end end;
	struct out out[INSIDE_OUTS]; /* of x0, x1, ...; reg is number + 1 */
	unsigned int class; /* TAKES: ESR_EL1.EC */
	uint64_t fsc; /* and its fault status; 0 is any */
	unsigned int reason; /* LEAVES: for this reason */
	struct exit_field exit[INSIDE_EXITS];
	struct after after[AFTERS];
	bool (*check)(void);
};

#define R(n, value) { (n) + 1, value }

/* One command, or one area. Lists may be empty. */
struct table {
	const char *name;
	const char *section; /* of the reference, README.md */
	bool boot; /* before RMM_ACTIVATE */
	enum scene scene;

	uint32_t fid;
	uint64_t x[CALL_ARGS]; /* the good call of the deviations */
	void (*fill)(void); /* and the pages that it reads */
	bool (*prepare)(void); /* what it wants of the scene */
	const struct deviation *deviations;
	unsigned int deviation_count;

	const struct effect *effects;
	unsigned int effect_count;

	enum agent_op op;
	const struct inside *insides;
	unsigned int inside_count;

	const struct story *stories;
	unsigned int story_count;
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DEVIATIONS(array) \
	.deviations = array, .deviation_count = COUNT(array)
#define EFFECTS(array) .effects = array, .effect_count = COUNT(array)
#define INSIDES(array) .insides = array, .inside_count = COUNT(array)
#define STORIES(array) .stories = array, .story_count = COUNT(array)

/* All tables, those of boot first (tables.c). */
extern const struct table *const suite_tables[];
extern const unsigned int suite_table_count;

/*
 * What every command with a realm descriptor in x1 refuses. Nothing else of the
 * call can be judged without one.
 */
#define RD_DEVIATIONS(number) \
	{ number, CHECK_OBJECT, "rd is not aligned", { X(1, RD + HALF) }, \
	  .want = ERR(INPUT), .alone = true }, \
	{ number, CHECK_OBJECT, "rd is Non-secure", { X(1, NS) }, \
	  .want = ERR(INPUT), .alone = true }, \
	{ number, CHECK_OBJECT, "rd is DELEGATED", { X(1, FRESH) }, \
	  .want = ERR(INPUT), .alone = true }, \
	{ number, CHECK_OBJECT, "rd is a table of the realm", \
	  { X(1, ROOT) }, .want = ERR(INPUT), .alone = true }, \
	{ number, CHECK_OBJECT, "rd is where no memory is", \
	  { X(1, NO_RAM) }, .want = ERR(INPUT), .alone = true }

/*
 * What every command refuses as the granule of something new, in argument @n of
 * a scene with RECs.
 */
#define GRANULE_DEVIATIONS(number, n, what) \
	{ number, CHECK_OBJECT, what " is Non-secure", { X(n, NS) }, \
	  .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is not aligned", \
	  { X(n, FRESH + HALF) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is where no memory is", \
	  { X(n, NO_RAM) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is a realm descriptor", \
	  { X(n, RD) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is a root table", \
	  { X(n, ROOT) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is another table", \
	  { X(n, TABLE) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is DATA", \
	  { X(n, DATA_RAM) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is a REC", \
	  { X(n, REC) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, what " is of an operation", \
	  { X(n, DONATED) }, .twist = scene_donated, .want = ERR(INPUT), \
	  .also = RMI_BLOCKED }

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host can do next: a call and its arguments, of which granules are
 * numbers in the pool (world.h). Three things are made of a move: the SMC
 * (calls.c), what must come of it (rules.c), and a line for a reader.
 */
#ifndef TESTS_MODEL_MOVES_H
#define TESTS_MODEL_MOVES_H

#include "state.h"

/* CALL(NAME, arguments by name): what struct move's arg[] holds. */
#define MODEL_MOVES(CALL) \
	CALL(CONFIG_SET, "good_page") \
	CALL(ACTIVATE, "") \
	CALL(DELEGATE, "base top") \
	CALL(UNDELEGATE, "base top") \
	CALL(REALM_CREATE, "rd root") \
	CALL(REALM_ACTIVATE, "rd") \
	CALL(REALM_TERMINATE, "rd") \
	CALL(REALM_DESTROY, "rd") \
	CALL(RTT_CREATE, "rd rtt half level") \
	CALL(RTT_DESTROY, "rd half level") \
	CALL(RTT_FOLD, "rd half level") \
	CALL(READ_ENTRY, "rd half level") \
	CALL(INIT_RIPAS, "rd size") \
	CALL(SET_RIPAS, "rd rec size") \
	CALL(DATA_MAP_INIT, "rd data src") \
	CALL(DATA_MAP, "rd data") \
	CALL(DATA_UNMAP, "rd size") \
	CALL(UNPROT_MAP, "rd") \
	CALL(UNPROT_UNMAP, "rd size") \
	CALL(REC_CREATE, "rd rec") \
	CALL(REC_DESTROY, "rec") \
	CALL(REC_ENTER, "rec does") \
	CALL(PSCI_COMPLETE, "calling target denied") \
	CALL(OP_CONTINUE, "handle good_params") \
	CALL(OP_MEM_DONATE, "handle granule") \
	CALL(OP_MEM_RECLAIM, "handle") \
	CALL(OP_CANCEL, "handle") \
	CALL(OTHER, "which")

enum move_call {
#define MODEL_MOVE(name, args) MOVE_##name,
	MODEL_MOVES(MODEL_MOVE)
#undef MODEL_MOVE
	MOVE_CALLS
};

struct move {
	uint8_t call;
	uint8_t arg[4];
};

/* What a REC does once it is entered. */
enum move_does {
	DOES_NOTHING,
	DOES_ASK_EMPTY,
	DOES_ASK_RAM,
	DOES_ASK_RAM_DESTROYED,
	DOES_CPU_OFF,
	DOES_CPU_ON,
	DOES_SYSTEM_OFF,
	DOES_COUNT
};

/* Calls that change nothing that the model knows. */
enum move_other {
	OTHER_VERSION,
	OTHER_VERSION_BAD,
	OTHER_FEATURES,
	OTHER_CONFIG_GET,
	OTHER_CONFIG_GET_BAD,
	OTHER_TRACKING_GET,
	OTHER_TRACKING_GET_BAD,
	OTHER_TRACKING_SET,
	OTHER_TRACKING_SET_BAD,
	OTHER_GPT_CREATE,
	OTHER_GPT_DESTROY,
	OTHER_COUNT
};

/* What must come of a call. */
enum outcome {
	REFUSED, /* an error, and nothing has changed */
	DONE, /* SUCCESS */
	OPEN, /* INCOMPLETE */
	FAILED, /* an error that ends an operation */
};

struct answer {
	enum outcome outcome;
	unsigned int granule; /* that x1 names, or WORLD_NONE */
};

/* All moves from @model, the sensible and a good many that are not. */
#define MOVES_MAX 2048
unsigned int moves_from(const struct model *model, struct move *moves);

/* By the rules: what must come of @move. @model is moved on. */
struct answer rules_apply(struct model *model, const struct move *move);

/* Those of RECs and of operations: rules_rec.c. */
struct answer rules_apply_rec(struct model *model, const struct move *move);
struct answer rules_apply_op(struct model *model, const struct move *move);

/* By the RMM: makes the SMC; what came of it. */
struct answer calls_make(const struct model *model, const struct move *move);

/* "RTT_CREATE rd=1 rtt=3 half=0 level=2" */
void move_print(const struct move *move);

#endif

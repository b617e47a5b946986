/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ledger. An object is noted when the call that makes it succeeds, which
 * for a stateful operation is at its last answer; the operation remembers the
 * call that opened it.
 */
#include "tests/suite/ledger.h"

#include <string.h>

#include "abi/rmi_layout.h"
#include "tests/suite/call.h"
#include "tests/suite/pool.h"

#define OBJECTS 1200
#define STEPS_MAX 1024

enum kind {
	NOTHING,
	REALM,
	REC,
	TABLE,
	OPERATION,
};

static struct object {
	enum kind kind;
	uint64_t name; /* PA, IPA of a table, handle */
	uint64_t rd; /* of a table */
	uint64_t level;
	uint64_t in[SUITE_SMC_REGS]; /* of an operation's opener */
	uint64_t ret; /* its last answer */
	uint64_t request;
} objects[OBJECTS];

void ledger_clear(void)
{
	memset(objects, 0, sizeof(objects));
}

static struct object *find(enum kind kind, uint64_t name, uint64_t rd,
			   uint64_t level)
{
	for (unsigned int i = 0; i < OBJECTS; i++) {
		struct object *o = &objects[i];

		if (o->kind == kind && o->name == name && o->rd == rd &&
		    o->level == level)
			return o;
	}
	return NULL;
}

static struct object *add(enum kind kind, uint64_t name, uint64_t rd,
			  uint64_t level)
{
	struct object *o = find(kind, name, rd, level);

	if (!o)
		o = find(NOTHING, 0, 0, 0);
	if (o)
		*o = (struct object){ kind, name, rd, level, { 0 }, 0, 0 };
	return o;
}

static void drop(struct object *o)
{
	if (o)
		memset(o, 0, sizeof(*o));
}

static void note_success(const uint64_t in[], const uint64_t out[])
{
	switch (in[0]) {
	case SMC_RMI_GRANULE_RANGE_DELEGATE:
		pool_note(in[1], out[1], true);
		break;
	case SMC_RMI_GRANULE_RANGE_UNDELEGATE:
		pool_note(in[1], out[1], false);
		break;
	case SMC_RMI_REALM_CREATE:
		add(REALM, in[1], 0, 0);
		break;
	case SMC_RMI_REALM_DESTROY:
		drop(find(REALM, in[1], 0, 0));
		break;
	case SMC_RMI_REC_CREATE:
		add(REC, in[2], 0, 0);
		break;
	case SMC_RMI_REC_DESTROY:
		drop(find(REC, in[1], 0, 0));
		break;
	case SMC_RMI_RTT_CREATE:
		add(TABLE, in[3], in[1], in[4]);
		break;
	case SMC_RMI_RTT_DESTROY:
	case SMC_RMI_RTT_FOLD:
		drop(find(TABLE, in[2], in[1], in[3]));
		break;
	}
}

static bool is_operation(uint64_t fid)
{
	return fid == SMC_RMI_OP_CONTINUE || fid == SMC_RMI_OP_MEM_DONATE ||
	       fid == SMC_RMI_OP_MEM_RECLAIM || fid == SMC_RMI_OP_CANCEL;
}

/* An opener that is not done yet. */
static void note_opened(const uint64_t in[], const uint64_t out[])
{
	struct object *o = add(OPERATION, out[1], 0, 0);

	if (!o)
		return;
	memcpy(o->in, in, sizeof(o->in));
	o->ret = out[0];
	o->request = out[2];
}

/*
 * The final answer comes from OP_CONTINUE, or from OP_CANCEL. An error of the
 * wrong call at the wrong time changes nothing.
 */
static void note_operation(const uint64_t in[], const uint64_t out[])
{
	struct object *o = find(OPERATION, in[1], 0, 0);
	uint64_t status = RMI_RETURN_STATUS(out[0]);

	if (!o || out[0] == RMI_BUSY)
		return;
	if (status == RMI_INCOMPLETE) {
		o->ret = out[0];
		o->request = out[2];
	} else if (in[0] == SMC_RMI_OP_CONTINUE &&
		   RMI_RETURN_MEMREQ(o->ret) == RMI_OP_MEM_REQ_NONE) {
		if (status == RMI_SUCCESS)
			note_success(o->in, out);
		drop(o);
	} else if (in[0] == SMC_RMI_OP_CANCEL && status == RMI_SUCCESS) {
		drop(o);
	}
}

void ledger_note(const uint64_t in[SUITE_SMC_REGS],
		 const uint64_t out[SUITE_SMC_REGS])
{
	if (is_operation(in[0]))
		note_operation(in, out);
	else if (out[0] == RMI_SUCCESS)
		note_success(in, out);
	else if (RMI_RETURN_STATUS(out[0]) == RMI_INCOMPLETE &&
		 out[0] >> 11 == 0)
		note_opened(in, out);
}

/* ---- Taking apart -------------------------------------------------------- */

static uint64_t table_size(uint64_t level)
{
	return LEVEL_SIZE(level - 1);
}

/* Goes on past what cannot be unmapped here: a table that stays. */
static void unmap_all(uint64_t rd, uint64_t base, uint64_t top)
{
	for (unsigned int i = 0; i < STEPS_MAX && base < top; i++) {
		if (driven(RTT_DATA_UNMAP, rd, base, top, RMI_OADDR_NONE) !=
			    RMI_SUCCESS ||
		    answer[1] <= base)
			return;
		base = answer[1];
	}
}

static void end_tables(uint64_t level)
{
	for (unsigned int i = 0; i < OBJECTS; i++) {
		const struct object *o = &objects[i];

		if (o->kind != TABLE || o->level != level)
			continue;
		unmap_all(o->rd, o->name, o->name + table_size(level));
		rmi(RTT_DESTROY, o->rd, o->name, level);
	}
}

static void end_all(enum kind kind)
{
	for (unsigned int i = 0; i < OBJECTS; i++) {
		const struct object *o = &objects[i];

		if (o->kind != kind)
			continue;
		if (kind == OPERATION)
			drive_on(o->name, o->ret, o->request);
		else if (kind == REC)
			driven(REC_DESTROY, o->name);
		else if (driven(REALM_TERMINATE, o->name) == RMI_SUCCESS)
			driven(REALM_DESTROY, o->name);
	}
}

void ledger_take_apart(void)
{
	end_all(OPERATION);
	end_all(REC);
	for (uint64_t level = 3; level > 0; level--)
		end_tables(level);
	end_all(REALM);
	pool_give_back();
}

/* SPDX-License-Identifier: BSD-3-Clause */
/* What the answers of the RMM tell its host; see world.h. */
#include "fuzz/rmm/world.h"

#include <string.h>

#include "fuzz/rmm/check.h"
#include "rmm/config.h"

struct world world;

void world_reset(void)
{
	world.commands = 0;
	world.realms = world.recs = world.ops = 0;
}

struct realm *world_realm(unsigned int pick)
{
	return world.realms ? &world.realm[pick % world.realms] : NULL;
}

struct rec_known *world_rec(unsigned int pick)
{
	return world.recs ? &world.rec[pick % world.recs] : NULL;
}

struct op *world_op(unsigned int pick)
{
	return world.ops ? &world.op[pick % world.ops] : NULL;
}

struct realm *world_realm_at(uint64_t rd)
{
	for (unsigned int i = 0; i < world.realms; i++) {
		if (world.realm[i].rd == rd)
			return &world.realm[i];
	}
	return NULL;
}

struct rec_known *world_rec_at(uint64_t rec)
{
	for (unsigned int i = 0; i < world.recs; i++) {
		if (world.rec[i].rec == rec)
			return &world.rec[i];
	}
	return NULL;
}

static struct op *op_at(uint64_t handle)
{
	for (unsigned int i = 0; i < world.ops; i++) {
		if (world.op[i].handle == handle)
			return &world.op[i];
	}
	return NULL;
}

/* A list that is full has more in it than the RAM can hold. */
static unsigned int grow(unsigned int *count, unsigned int max, uint64_t name)
{
	if (*count == max)
		machine_fail("more objects than there is memory for", name);
	return (*count)++;
}

static void realm_made(const struct call *call)
{
	unsigned int i = grow(&world.realms, WORLD_REALMS, call->in[1]);

	world.realm[i] = (struct realm){
		.rd = call->in[1],
		.ipa_bits = world.params.s2sz,
		.level_start = (int)world.params.rtt_level_start,
	};
}

static void realm_gone(const struct call *call)
{
	struct realm *realm = world_realm_at(call->in[1]);

	if (!realm)
		machine_fail("a realm that never was is gone", call->in[1]);
	*realm = world.realm[--world.realms];
}

static void rec_made(const struct call *call)
{
	unsigned int i = grow(&world.recs, WORLD_RECS, call->in[2]);
	struct realm *realm = world_realm_at(call->in[1]);

	if (!realm)
		machine_fail("a REC without a realm", call->in[2]);
	world.rec[i] = (struct rec_known){
		.rec = call->in[2],
		.rd = call->in[1],
	};
	realm->recs++;
}

static void rec_gone(const struct call *call)
{
	struct rec_known *rec = world_rec_at(call->in[1]);

	if (!rec)
		machine_fail("a REC that never was is gone", call->in[1]);
	*rec = world.rec[--world.recs];
}

static void rec_left(const struct call *call)
{
	struct rec_known *rec = world_rec_at(call->in[1]);
	const struct rec_run *run = machine_host_view(call->in[2]);

	if (!rec)
		machine_fail("a REC that never was has run", call->in[1]);
	if (!run)
		return;
	rec->reason = run->exit.exit_reason;
	if (rec->reason == RMI_EXIT_RIPAS_CHANGE) {
		rec->ripas_base = run->exit.ripas_base;
		rec->ripas_top = run->exit.ripas_top;
	} else if (rec->reason == RMI_EXIT_PSCI) {
		rec->mpidr = run->exit.gprs[1];
	}
}

/* A command has done what it was for, at once or as an operation's end. */
static void succeeded(const struct call *call)
{
	switch (call->fid) {
	case SMC_RMI_RMM_CONFIG_SET:
		/* Which, it may not know: its page can change meanwhile. */
		machine_resize(granule_shift());
		break;
	case SMC_RMI_REALM_CREATE:
		realm_made(call);
		break;
	case SMC_RMI_REALM_DESTROY:
		realm_gone(call);
		break;
	case SMC_RMI_REC_CREATE:
		rec_made(call);
		break;
	case SMC_RMI_REC_ENTER:
		rec_left(call);
		break;
	}
}

unsigned int world_rec_ops(void)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < world.ops; i++) {
		switch (world.op[i].opener.fid) {
		case SMC_RMI_REC_CREATE:
		case SMC_RMI_REC_DESTROY:
			count++;
		}
	}
	return count;
}

static void op_waits(struct op *op, const struct call *call)
{
	op->memory = RMI_RETURN_MEMREQ(call->out[0]);
	op->can_cancel = call->out[0] & RMI_RETURN_CAN_CANCEL;
	op->request = call->out[2];
}

static void op_opened(const struct call *call)
{
	unsigned int i;

	if (op_at(call->out[1]))
		machine_fail("a handle is given twice", call->out[1]);
	i = grow(&world.ops, WORLD_OPS, call->out[1]);
	world.op[i] = (struct op){ .handle = call->out[1], .opener = *call };
	op_waits(&world.op[i], call);
	/* From here on it is no REC any more, whatever becomes of this. */
	if (call->fid == SMC_RMI_REC_DESTROY)
		rec_gone(call);
}

/* The last answer is that of the command which opened it. */
static void op_closed(struct op *op, const struct call *last)
{
	struct call call = op->opener;

	memcpy(call.out, last->out, sizeof(call.out));
	*op = world.op[--world.ops];
	if (call.out[0] == RMI_SUCCESS) {
		check_progress(&call);
		succeeded(&call);
	}
}

/* An error may say no more than that this was not the call that is due. */
static bool is_over(const struct op *op, uint32_t fid)
{
	if (fid == SMC_RMI_OP_CANCEL)
		return op->can_cancel;
	return fid == SMC_RMI_OP_CONTINUE && op->memory == RMI_OP_MEM_REQ_NONE;
}

static void op_stepped(const struct call *call)
{
	struct op *op = op_at(call->in[1]);
	uint64_t status = RMI_RETURN_STATUS(call->out[0]);

	if (!op) {
		if (status == RMI_SUCCESS || status == RMI_INCOMPLETE)
			machine_fail("a handle that never was", call->in[1]);
		return;
	}
	if (status == RMI_INCOMPLETE)
		op_waits(op, call);
	else if (status != RMI_BUSY && is_over(op, call->fid))
		op_closed(op, call);
}

void world_learn(const struct call *call)
{
	uint64_t status = RMI_RETURN_STATUS(call->out[0]);

	switch (call->fid) {
	case SMC_RMI_OP_CONTINUE:
	case SMC_RMI_OP_MEM_DONATE:
	case SMC_RMI_OP_MEM_RECLAIM:
	case SMC_RMI_OP_CANCEL:
		op_stepped(call);
		break;
	default:
		if (call->out[0] == RMI_SUCCESS)
			succeeded(call);
		else if (status == RMI_INCOMPLETE)
			op_opened(call);
	}
}

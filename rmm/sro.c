/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The pool of stateful operations, and the steps of one. Who may touch an
 * operation is settled by its `use` word alone, so that two CPUs that name one
 * handle at once do not both get it. Memory moves in sro_memory.c.
 */
#include "rmm/sro.h"

#include <stddef.h>

#include "rmm/granule.h"
#include "rmm/platform.h"
#include "rmm/word.h"

enum sro_use {
	SRO_FREE,
	SRO_WAITING, /* for the host's next call */
	SRO_IN_USE, /* by a CPU in the RMM */
};

static struct sro pool[SRO_HANDLES];

void sro_init(void)
{
	unsigned int i;

	for (i = 0; i < SRO_HANDLES; i++)
		word_set(&pool[i].use, SRO_FREE);
}

struct sro *sro_open(const struct sro_kind *kind, uint64_t *status)
{
	unsigned int i;

	*status = RMI_BLOCKED;
	for (i = 0; i < SRO_HANDLES; i++) {
		struct sro *sro = &pool[i];

		if (word_change(&sro->use, SRO_FREE, SRO_IN_USE)) {
			sro->kind = kind;
			sro->step = SRO_WORK;
			sro->status = RMI_SUCCESS;
			sro->object = SRO_NO_OBJECT;
			sro->range = (struct sro_range){ 0 };
			sro->cancellable = false;
			sro->wanted = 0;
			sro->contiguous = false;
			sro->refused = false;
			sro->held = 0;
			return sro;
		}
		if (word_get(&sro->use) != SRO_WAITING)
			*status = RMI_BUSY;
	}
	return NULL;
}

struct sro *sro_enter(uint64_t handle)
{
	if (handle >= SRO_HANDLES)
		return NULL;
	if (!word_change(&pool[handle].use, SRO_WAITING, SRO_IN_USE))
		return NULL;
	return &pool[handle];
}

void sro_close(struct sro *sro)
{
	rmm_assert(sro->held == 0);
	rmm_assert(word_change(&sro->use, SRO_IN_USE, SRO_FREE));
}

uint64_t sro_handle(const struct sro *sro)
{
	return (uint64_t)(sro - pool);
}

uint64_t sro_refusal(uint64_t pa)
{
	const struct granule *granule = granule_find(pa);

	if (granule && granule_state(granule) == GRANULE_PENDING)
		return RMI_BLOCKED;
	return RMI_ERROR_INPUT;
}

const struct sro *sro_at(unsigned int handle)
{
	const struct sro *sro = &pool[handle];

	if (word_get(&sro->use) == SRO_FREE)
		return NULL;
	return sro;
}

void sro_donate_first(struct sro *sro, unsigned int count, bool contiguous)
{
	rmm_assert(count <= SRO_GRANULES);
	rmm_assert(!contiguous || !(count & (count - 1)));
	sro->wanted = count;
	sro->contiguous = contiguous;
	sro->step = count ? SRO_DONATE : SRO_WORK;
}

void sro_reclaim_first(struct sro *sro)
{
	sro->step = SRO_RECLAIM;
}

uint64_t sro_leave(struct sro *sro, uint64_t *request)
{
	uint64_t answer = RMI_INCOMPLETE;

	*request = 0;
	if (sro->step == SRO_WORK && sro->cancellable)
		answer |= RMI_RETURN_CAN_CANCEL;
	if (sro->step == SRO_DONATE) {
		answer |= FIELD_PREP(RMI_RETURN_MEMREQ_MASK,
				     RMI_OP_MEM_REQ_DONATE) |
			  RMI_RETURN_CAN_CANCEL;
		*request = FIELD_PREP(RMI_DONATE_COUNT, sro->wanted) |
			   (sro->contiguous ? RMI_DONATE_CONTIG : 0);
	} else if (sro->step == SRO_RECLAIM) {
		answer |= FIELD_PREP(RMI_RETURN_MEMREQ_MASK,
				     RMI_OP_MEM_REQ_RECLAIM);
	}
	rmm_assert(word_change(&sro->use, SRO_IN_USE, SRO_WAITING));
	return answer;
}

uint64_t sro_finish(struct sro *sro, uint64_t status, uint64_t out[5])
{
	if (status == RMI_INCOMPLETE) {
		out[1] = sro_handle(sro);
		return sro_leave(sro, &out[2]);
	}
	sro_close(sro);
	return status;
}

uint64_t sro_give_up(struct sro *sro, uint64_t *request)
{
	sro->status = RMI_ERROR_INPUT;
	sro_reclaim_first(sro);
	return sro_leave(sro, request);
}

uint64_t sro_refuse(struct sro *sro)
{
	uint64_t unused;

	(void)sro_leave(sro, &unused);
	return RMI_ERROR_INPUT;
}

/* The status is the last answer, or comes after what is held was given back. */
static uint64_t work(struct sro *sro, uint64_t out[5])
{
	uint64_t status = sro->kind->work(sro, out);

	if (status == RMI_INCOMPLETE)
		return sro_leave(sro, &out[2]);
	if (status != RMI_SUCCESS && sro->kind->end) {
		sro->status = status;
		sro_reclaim_first(sro);
		return sro_leave(sro, &out[2]);
	}
	sro_close(sro);
	return status;
}

static uint64_t end(struct sro *sro)
{
	uint64_t status = sro->status;

	sro->kind->end(sro);
	sro_close(sro);
	return status;
}

uint64_t sro_continue(struct sro *sro, uint64_t out[5])
{
	switch (sro->step) {
	case SRO_WORK:
		return work(sro, out);
	case SRO_END:
		return end(sro);
	case SRO_DONATE:
		/* A host whose memory was refused may ask how it ends. */
		if (sro->refused)
			return sro_give_up(sro, &out[2]);
		return sro_refuse(sro);
	default:
		return sro_refuse(sro);
	}
}

uint64_t sro_cancel(struct sro *sro, uint64_t out[5])
{
	if (sro->step == SRO_DONATE)
		return sro_give_up(sro, &out[2]);
	if (sro->step != SRO_WORK || !sro->cancellable)
		return sro_refuse(sro);
	sro->kind->cancel(sro);
	return work(sro, out);
}

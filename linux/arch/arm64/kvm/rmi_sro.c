// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stateful operations of the RMM. A call that cannot end at once answers
 * INCOMPLETE with a handle, and goes on by RMI_OP_CONTINUE, RMI_OP_MEM_DONATE
 * and RMI_OP_MEM_RECLAIM until one of them answers with a final status. Any
 * call may do so, which is why all of them are driven here.
 *
 * An operation that is left open keeps its handle and its objects for ever. So
 * it is driven to an end even if there is no memory to donate: by a donation
 * that the RMM has to refuse.
 */
#include "rmi_internal.h"

/* Address ranges that fit a page. */
#define SRO_LIST_MAX (PAGE_SIZE / sizeof(u64))

/* Units in one range of a donation; the field has 10 bits. */
#define SRO_CHUNK_MAX 512

/*
 * Granules of one request: 64 MiB. An RMM that wants more is refused, rather
 * than the host starved.
 */
#define SRO_GRANULES_MAX BIT_ULL(14)

/* Calls after the first, for one operation, even if each gets on. */
#define SRO_STEPS_MAX 10000

/* Calls in a row that do not get on. With the first, RMI_TRIES. */
#define SRO_STALLS_MAX (RMI_TRIES - 2)

/*
 * Interruptions in a row: each is a sign of life, and of work on a granule or
 * so, of which a block has 512. From the half on the RMM is asked to leave it
 * at what it has done.
 */
#define SRO_WAITS_MAX 1024

/* Requests in a row for which there is no memory at all. */
#define SRO_EMPTY_MAX 3

/**
 * struct sro - an open operation
 * @regs: results of the last call
 * @handle: of the first answer; no later one repeats it, and 0 is one
 * @memory: where lists go
 * @stalls: calls that did not get on, since one did
 * @waits: times that it stopped for an interrupt, since a call got on
 * @empty: requests for which there was no memory
 * @can_cancel: the last request said that the operation may be cancelled
 * @cancelled: it was
 * @refused: the last step was refused, for a reason
 * @dry: the RMM does not take memory of the host
 * @own_list: the list page was allocated for this operation
 * @lost: nothing more can be done
 */
struct sro {
	struct arm_smccc_1_2_regs *regs;
	u64 handle;
	struct rmi_memory *memory;
	unsigned int stalls;
	unsigned int waits;
	unsigned int empty;
	bool can_cancel;
	bool cancelled;
	bool refused;
	bool dry;
	bool own_list;
	bool lost;
};

static bool sro_status_is(const struct arm_smccc_1_2_regs *regs, u64 status)
{
	return !rmi_is_unknown_call(regs->a0) &&
	       RMI_RETURN_STATUS(regs->a0) == status;
}

static bool sro_is_open(const struct sro *sro)
{
	return sro_status_is(sro->regs, RMI_INCOMPLETE);
}

/* Notes that the last step did not help; false if that was once too often. */
static bool sro_stall(struct sro *sro)
{
	rmi_env_yield();
	sro->lost = ++sro->stalls > SRO_STALLS_MAX;
	return !sro->lost;
}

/* What the RMM wanted before the last call, it wants again. */
static void sro_again(struct sro *sro, const struct arm_smccc_1_2_regs *before)
{
	if (sro_stall(sro))
		*sro->regs = *before;
}

static void sro_got_on(struct sro *sro)
{
	sro->stalls = 0;
	sro->waits = 0;
	sro->empty = 0;
	sro->refused = false;
}

/*
 * An operation that fails gives back what it was given before it says so. One
 * that says so and has not was not ended: the step was refused.
 */
static bool sro_was_refused(const struct sro *sro)
{
	return sro->regs->a0 != RMI_SUCCESS && !sro_is_open(sro) &&
	       sro->memory->granules > 0 && !sro->refused;
}

/* The final status, or the next request. BUSY means that the handle stays. */
static void sro_continue(struct sro *sro)
{
	const struct arm_smccc_1_2_regs before = { .a0 = RMI_INCOMPLETE };
	u64 flags = sro->waits > SRO_WAITS_MAX / 2 ? RMI_CONTINUE_STOP : 0;

	rmi_op_continue(sro->handle, flags, sro->regs);
	if (sro_status_is(sro->regs, RMI_BUSY)) {
		sro_again(sro, &before);
	} else if (sro_was_refused(sro)) {
		sro->refused = true;
		sro_again(sro, &before);
	}
}

static u64 *sro_list(struct sro *sro)
{
	struct rmi_memory *memory = sro->memory;

	while (memory->list == RMI_NO_PAGE) {
		memory->list = rmi_env_alloc_pages(0);
		sro->own_list = true;
		if (memory->list == RMI_NO_PAGE && !sro_stall(sro))
			return NULL;
	}
	return rmi_env_va(memory->list);
}

/* Pages of one unit of a request or range, as a power of two. */
static unsigned int sro_unit_order(u64 size)
{
	return size * RTT_LEVEL_SHIFT;
}

/* Takes back what the RMM does not want of [pa, pa + granules). */
static void sro_drop(phys_addr_t pa, u64 granules, bool delegated)
{
	phys_addr_t top = pa + granules * PAGE_SIZE;

	if (delegated)
		rmi_free_delegated_range(pa, top);
	else
		rmi_env_put_pages(pa, top);
}

static u64 sro_range_granules(u64 range)
{
	return FIELD_GET(RMI_ADDR_RANGE_COUNT, range)
	       << sro_unit_order(FIELD_GET(RMI_ADDR_RANGE_SIZE, range));
}

/* Allocates one range of @units for @request; 0 if there is no memory. */
static u64 sro_make_range(struct sro *sro, u64 request, u64 units)
{
	u64 size = FIELD_GET(RMI_DONATE_SIZE, request);
	unsigned int order = sro_unit_order(size) + ilog2(units);
	bool undelegated = request & RMI_DONATE_UNDELEGATED;
	phys_addr_t pa, top;

	if (order > RMI_ENV_MAX_ORDER)
		return 0;
	pa = rmi_env_alloc_pages(order);
	if (pa == RMI_NO_PAGE)
		return 0;
	top = pa + (PAGE_SIZE << order);
	if (!undelegated && rmi_delegate(pa, top)) {
		rmi_env_put_pages(pa, top);
		sro->dry = true;
		return 0;
	}
	return FIELD_PREP(RMI_ADDR_RANGE_SIZE, size) |
	       FIELD_PREP(RMI_ADDR_RANGE_COUNT, units) | pa |
	       (undelegated ? RMI_ADDR_RANGE_UNDELEGATED : 0);
}

/*
 * Fills the list with what @request asks for, or with a part of it: units lie
 * together as far as the allocator can make it, so that few calls delegate
 * them.
 */
static unsigned int sro_fill(struct sro *sro, u64 *list, u64 request)
{
	u64 left = FIELD_GET(RMI_DONATE_COUNT, request);
	unsigned int count = 0;
	u64 units, range;

	if (left << sro_unit_order(FIELD_GET(RMI_DONATE_SIZE, request)) >
	    SRO_GRANULES_MAX)
		return 0;
	if (request & RMI_DONATE_CONTIG) {
		if (!is_power_of_2(left) || left > SRO_CHUNK_MAX)
			return 0;
		list[0] = sro_make_range(sro, request, left);
		return list[0] ? 1 : 0;
	}

	units = SRO_CHUNK_MAX;
	while (left && units && count < SRO_LIST_MAX && !sro->dry) {
		range = units <= left ? sro_make_range(sro, request, units) : 0;
		if (!range) {
			units /= 2;
			continue;
		}
		list[count++] = range;
		left -= units;
	}
	return count;
}

/* Takes back what is left of the list behind @taken granules. */
static void sro_drop_untaken(const u64 *list, unsigned int count, u64 taken)
{
	unsigned int i;
	u64 granules, used;

	for (i = 0; i < count; i++) {
		granules = sro_range_granules(list[i]);
		used = min(taken, granules);
		taken -= used;
		if (used < granules)
			sro_drop((list[i] & RMI_ADDR_RANGE_ADDR) +
				 used * PAGE_SIZE, granules - used,
				 !(list[i] & RMI_ADDR_RANGE_UNDELEGATED));
	}
}

/*
 * Ends an operation whose request is not met: it is cancelled, if that may be.
 * Else, going on would be refused, and the handle lost: memory is due. But the
 * RMM answers a donation whose first granule has the wrong state by winding up:
 * the page of the list, which is not delegated, where that is asked for.
 */
static void sro_give_up(struct sro *sro, u64 *list, u64 request)
{
	const struct arm_smccc_1_2_regs before = *sro->regs;

	if (sro->can_cancel && !sro->cancelled) {
		sro->cancelled = true;
		rmi_op_cancel(sro->handle, sro->regs);
		if (sro_is_open(sro) || sro->regs->a0 == RMI_SUCCESS)
			return;
	}
	if (request & RMI_DONATE_UNDELEGATED) {
		sro_continue(sro);
		return;
	}
	list[0] = sro->memory->list | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1);
	rmi_op_mem_donate(sro->handle, sro->memory->list, 1, sro->regs);
	if (sro_status_is(sro->regs, RMI_BUSY))
		sro_again(sro, &before);
	else if (!sro_is_open(sro))
		sro_continue(sro);
	else if (RMI_RETURN_MEMREQ(sro->regs->a0) == RMI_OP_MEM_REQ_DONATE)
		sro_stall(sro);
}

/* Offers @count ranges; one refusal may be the RMM's having no time. */
static void sro_offer(struct sro *sro, u64 *list, unsigned int count,
		      u64 request)
{
	struct rmi_memory *memory = sro->memory;
	unsigned int i, refused = 0;
	u64 offered = 0, taken;

	for (i = 0; i < count; i++)
		offered += sro_range_granules(list[i]);

	do {
		rmi_op_mem_donate(sro->handle, memory->list, count, sro->regs);
		taken = min_t(u64, sro->regs->a1, offered);
		if (!sro_status_is(sro->regs, RMI_BUSY))
			refused++;
	} while (!sro_is_open(sro) && !taken && refused < 2 && sro_stall(sro));

	sro_drop_untaken(list, count, taken);
	memory->granules += taken;
	if (!sro_is_open(sro))
		sro_give_up(sro, list, request);
	else if (taken)
		sro_got_on(sro);
	else
		sro_stall(sro);
}

static void sro_donate(struct sro *sro)
{
	u64 request = sro->regs->a2;
	u64 *list = sro_list(sro);
	unsigned int count;

	if (!list)
		return;
	sro->can_cancel = sro->regs->a0 & RMI_RETURN_CAN_CANCEL;
	count = sro->dry ? 0 : sro_fill(sro, list, request);
	if (count)
		sro_offer(sro, list, count, request);
	else if (sro->dry || ++sro->empty >= SRO_EMPTY_MAX)
		sro_give_up(sro, list, request);
	else
		sro_stall(sro);
}

/* The ranges that the RMM wrote; the rest of the list is empty. */
static u64 sro_take_back(struct sro *sro, const u64 *list, u64 count)
{
	u64 granules, i, sum = 0;

	for (i = 0; i < count; i++) {
		granules = sro_range_granules(list[i]);
		sro_drop(list[i] & RMI_ADDR_RANGE_ADDR, granules,
			 !(list[i] & RMI_ADDR_RANGE_UNDELEGATED));
		sum += granules;
	}
	sro->memory->granules -= sum;
	return sum;
}

static void sro_reclaim(struct sro *sro)
{
	const struct arm_smccc_1_2_regs before = *sro->regs;
	u64 *list = sro_list(sro);
	u64 count;

	if (!list)
		return;
	memset(list, 0, PAGE_SIZE);
	rmi_op_mem_reclaim(sro->handle, sro->memory->list, SRO_LIST_MAX,
			   sro->regs);
	count = min_t(u64, sro->regs->a1, SRO_LIST_MAX);
	if (sro_take_back(sro, list, count))
		sro_got_on(sro);
	else if (sro_is_open(sro))
		sro_stall(sro);
	if (sro_is_open(sro))
		return;

	/* Refused: once more, as the operation waits for nothing else. */
	if (sro_status_is(sro->regs, RMI_BUSY)) {
		sro_again(sro, &before);
	} else if (!sro->refused) {
		sro->refused = true;
		sro_again(sro, &before);
	} else {
		sro_continue(sro);
	}
}

static void sro_step(struct sro *sro)
{
	switch (RMI_RETURN_MEMREQ(sro->regs->a0)) {
	case RMI_OP_MEM_REQ_DONATE:
		sro_donate(sro);
		break;
	case RMI_OP_MEM_REQ_RECLAIM:
		sro_reclaim(sro);
		break;
	default:
		/* The RMM has stopped for a pending interrupt. */
		rmi_env_yield();
		sro->lost = ++sro->waits > SRO_WAITS_MAX;
		if (!sro->lost)
			sro_continue(sro);
	}
}

/* Drives an open operation to its final status. */
static void sro_drive(struct arm_smccc_1_2_regs *regs,
		      struct rmi_memory *memory)
{
	struct sro sro = {
		.regs = regs,
		.handle = regs->a1,
		.memory = memory,
	};
	unsigned int steps;

	for (steps = 0; steps < SRO_STEPS_MAX && sro_is_open(&sro) &&
	     !sro.lost; steps++)
		sro_step(&sro);

	if (sro.own_list && memory->list != RMI_NO_PAGE)
		rmi_env_put_pages(memory->list, memory->list + PAGE_SIZE);
	if (sro_is_open(&sro) || sro.lost)
		pr_err_ratelimited("kvm: RMI: operation %llu stays open\n",
				   sro.handle);
	else if (!sro.cancelled || regs->a0 != RMI_SUCCESS)
		return;
	/* Nothing was done; another time there may be memory. */
	*regs = (struct arm_smccc_1_2_regs) { .a0 = RMI_BLOCKED };
}

/* See asm/rmi_cmds.h. */
u64 rmi_sro_run(struct arm_smccc_1_2_regs *regs, struct rmi_memory *memory)
{
	const struct arm_smccc_1_2_regs args = *regs;
	struct rmi_memory own = { .list = RMI_NO_PAGE };
	unsigned int tries;

	for (tries = 0; tries < RMI_TRIES; tries++) {
		if (tries)
			rmi_env_yield();
		*regs = args;
		rmi_smc(regs);
		if (!sro_status_is(regs, RMI_BUSY) &&
		    !sro_status_is(regs, RMI_BLOCKED))
			break;
	}
	if (sro_status_is(regs, RMI_INCOMPLETE)) {
		sro_drive(regs, memory ? memory : &own);
		if (own.granules > 0)
			rmi_leak("donated for good", own.granules);
	}
	return regs->a0;
}

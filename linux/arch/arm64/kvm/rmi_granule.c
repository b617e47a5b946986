// SPDX-License-Identifier: GPL-2.0-only
/*
 * Granules that go to the RMM and come back.
 *
 * A range command may stop anywhere, so that both directions loop over its
 * progress. What cannot be delegated in whole is undone exactly: only what this
 * range command took is given back. A granule that the RMM does not give back
 * keeps its users (see rmi_env.h) for ever and is counted.
 */
#include "rmi_internal.h"

/*
 * With so many granules refused the rest of a range is given up: a realm has
 * several ranges, and an RMM that refuses everything is asked for each.
 */
#define REFUSED_MAX (RMI_TRIES / 2)

static atomic64_t granules_delegated = ATOMIC64_INIT(0);

typedef u64 granule_range_fn(phys_addr_t base, phys_addr_t top,
			     phys_addr_t *out_top);

/**
 * struct granule_range - a range command under way
 * @command: which
 * @done: how far it came
 * @top: how far it shall come
 * @odd: it said something that cannot be, so that it may have done more
 */
struct granule_range {
	granule_range_fn *command;
	phys_addr_t done;
	phys_addr_t top;
	bool odd;
};

/*
 * One step. Success without progress, or with more than there is, is tried
 * again, and is BUSY in the end.
 */
static u64 granule_step(struct granule_range *range, phys_addr_t *next)
{
	unsigned int tries;
	u64 ret;

	for (tries = 0; tries < RMI_TRIES; tries++) {
		if (tries)
			rmi_env_yield();
		ret = range->command(range->done, range->top, next);
		if (ret)
			return ret;
		if (*next > range->done && *next <= range->top &&
		    PAGE_ALIGNED(*next))
			return RMI_SUCCESS;
		range->odd = true;
	}
	return RMI_BUSY;
}

/* Takes [@base, @top) back, and @users of each page. See rmi_undelegate(). */
static void granule_undelegate(phys_addr_t base, phys_addr_t top,
			       unsigned int users)
{
	struct granule_range range = {
		.command = rmi_granule_range_undelegate,
		.done = base,
		.top = top,
	};
	unsigned int refused = 0, i;
	phys_addr_t next;
	u64 ret;

	while (range.done < top) {
		ret = granule_step(&range, &next);
		for (i = 0; !ret && i < users; i++)
			rmi_env_put_pages(range.done, next);
		if (!ret) {
			atomic64_sub((next - range.done) / PAGE_SIZE,
				     &granules_delegated);
		} else {
			rmi_failed("GRANULE_RANGE_UNDELEGATE", ret);
			/* One is bad, or nothing gets on. */
			next = rmi_is_refusal(ret) && ++refused < REFUSED_MAX ?
			       range.done + PAGE_SIZE : top;
			rmi_leak("cannot be undelegated",
				 (next - range.done) / PAGE_SIZE);
		}
		range.done = next;
	}
}

/*
 * The RMM may have taken some of [@base, @top) without saying so. If it says
 * that nothing of it is there to be taken back, that is so.
 */
static void granule_undo_odd(phys_addr_t base, phys_addr_t top)
{
	struct granule_range range = {
		.command = rmi_granule_range_undelegate,
		.done = base,
		.top = top,
	};
	phys_addr_t next;
	u64 ret = RMI_SUCCESS;

	rmi_env_get_pages(base, top);
	while (range.done < top && !ret) {
		ret = granule_step(&range, &next);
		if (ret)
			next = range.done;
		rmi_env_put_pages(range.done, next);
		range.done = next;
	}
	if (rmi_is_refusal(ret)) {
		rmi_env_put_pages(range.done, top);
		return;
	}
	rmi_leak("may have been delegated", (top - range.done) / PAGE_SIZE);
	atomic64_add((top - range.done) / PAGE_SIZE, &granules_delegated);
}

/* Memory that appeared after boot may lack what rmi.c made for the rest. */
static bool granule_is_new(u64 ret)
{
	return RMI_RETURN_STATUS(ret) == RMI_ERROR_TRACKING ||
	       RMI_RETURN_STATUS(ret) == RMI_ERROR_GPT;
}

/* Delegates what can be, and says how far that is. */
static u64 granule_delegate(phys_addr_t base, phys_addr_t top,
			    phys_addr_t *done)
{
	struct granule_range range = {
		.command = rmi_granule_range_delegate,
		.done = base,
		.top = top,
	};
	bool prepared = false;
	phys_addr_t next;
	u64 ret = RMI_SUCCESS;

	while (range.done < top && !ret) {
		ret = granule_step(&range, &next);
		if (!prepared && granule_is_new(ret)) {
			prepared = true;
			if (rmi_prepare_ram(range.done, top))
				ret = granule_step(&range, &next);
		}
		if (ret)
			break;
		rmi_env_get_pages(range.done, next);
		atomic64_add((next - range.done) / PAGE_SIZE,
			     &granules_delegated);
		range.done = next;
	}
	if (ret && (range.odd || (!rmi_is_refusal(ret) && ret != RMI_BUSY)))
		granule_undo_odd(range.done, top);
	*done = range.done;
	return ret;
}

/* All of it or nothing. */
static u64 granule_delegate_all(phys_addr_t base, phys_addr_t top)
{
	phys_addr_t done;
	u64 ret = granule_delegate(base, top, &done);

	if (ret)
		rmi_undelegate(base, done);
	return ret;
}

/**
 * realm_delegate() - give memory to the RMM
 * @realm: the realm that it is for, or NULL
 * @base: first granule
 * @top: end of the last
 *
 * Return: 0, or -errno and nothing is delegated that was not before.
 */
int realm_delegate(struct realm *realm, phys_addr_t base, phys_addr_t top)
{
	u64 ret = granule_delegate_all(base, top);

	return ret ? realm_failed(realm, "GRANULE_RANGE_DELEGATE", ret) : 0;
}

/* The same for no realm. */
int rmi_delegate(phys_addr_t base, phys_addr_t top)
{
	return realm_delegate(NULL, base, top);
}

/**
 * rmi_try_delegate() - rmi_delegate() for memory that the RMM may have already
 * @base: first granule
 * @top: end of the last
 *
 * Return: 0, or -EBUSY without a message.
 */
int rmi_try_delegate(phys_addr_t base, phys_addr_t top)
{
	return granule_delegate_all(base, top) ? -EBUSY : 0;
}

/**
 * rmi_delegate_some() - give as much memory to the RMM as it takes
 * @base: first granule
 * @top: end of the last
 *
 * Return: the granule that it does not take, or @top.
 */
phys_addr_t rmi_delegate_some(phys_addr_t base, phys_addr_t top)
{
	phys_addr_t done;

	granule_delegate(base, top, &done);
	return done;
}

/**
 * rmi_undelegate() - take memory back from the RMM
 * @base: first granule
 * @top: end of the last
 *
 * The RMM wipes it. Granules that it keeps are counted, and are never reused.
 */
void rmi_undelegate(phys_addr_t base, phys_addr_t top)
{
	granule_undelegate(base, top, 1);
}

/**
 * realm_alloc_delegated() - allocate pages and give them to the RMM
 * @realm: the realm that they are for, or NULL
 * @order: 2^order pages, aligned to their size
 *
 * Return: physical address, or RMI_NO_PAGE.
 */
phys_addr_t realm_alloc_delegated(struct realm *realm, unsigned int order)
{
	phys_addr_t base = rmi_env_alloc_pages(order);

	if (base == RMI_NO_PAGE)
		return RMI_NO_PAGE;
	if (realm_delegate(realm, base, base + (PAGE_SIZE << order))) {
		rmi_env_put_pages(base, base + (PAGE_SIZE << order));
		return RMI_NO_PAGE;
	}
	return base;
}

/* The same for no realm. */
phys_addr_t rmi_alloc_delegated(unsigned int order)
{
	return realm_alloc_delegated(NULL, order);
}

/**
 * rmi_free_delegated_range() - free pages that the RMM has
 * @base: first granule, of realm_alloc_delegated()
 * @top: end of the last
 *
 * What the RMM does not give back was maybe never ours: it is left alone.
 */
void rmi_free_delegated_range(phys_addr_t base, phys_addr_t top)
{
	granule_undelegate(base, top, 2);
}

/**
 * rmi_free_delegated() - undo realm_alloc_delegated()
 * @base: its result
 * @order: its argument
 */
void rmi_free_delegated(phys_addr_t base, unsigned int order)
{
	rmi_free_delegated_range(base, base + (PAGE_SIZE << order));
}

/**
 * kvm_rmi_delegated() - granules that are the RMM's by now
 *
 * Return: how many, those that it keeps for ever among them.
 */
u64 kvm_rmi_delegated(void)
{
	return atomic64_read(&granules_delegated);
}

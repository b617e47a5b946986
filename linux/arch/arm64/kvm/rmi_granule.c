// SPDX-License-Identifier: GPL-2.0-only
/*
 * Granules that go to the RMM and come back.
 *
 * A range command may stop anywhere, so that both directions loop over its
 * progress. What cannot be delegated in whole is undone exactly: only what this
 * range command took is given back. A granule that the RMM does not give back
 * keeps its user (see rmi_env.h) for ever and is counted.
 */
#include "rmi_internal.h"

static atomic64_t granules_delegated = ATOMIC64_INIT(0);

typedef u64 granule_range_fn(phys_addr_t base, phys_addr_t top,
			     phys_addr_t *out_top);

/*
 * One step of a range command. Success without progress is tried again, and is
 * BUSY in the end.
 */
static u64 granule_step(granule_range_fn *command, phys_addr_t base,
			phys_addr_t top, phys_addr_t *next)
{
	unsigned int tries;
	u64 ret;

	for (tries = 0; tries < RMI_TRIES; tries++) {
		if (tries)
			rmi_env_yield();
		ret = command(base, top, next);
		if (ret)
			return ret;
		if (*next > base && *next <= top && PAGE_ALIGNED(*next))
			return RMI_SUCCESS;
	}
	return RMI_BUSY;
}

/* Memory that appeared after boot may lack what rmi.c made for the rest. */
static bool granule_is_new(u64 ret)
{
	return RMI_RETURN_STATUS(ret) == RMI_ERROR_TRACKING ||
	       RMI_RETURN_STATUS(ret) == RMI_ERROR_GPT;
}

static u64 granule_delegate(phys_addr_t base, phys_addr_t top)
{
	phys_addr_t next, done = base;
	bool prepared = false;
	u64 ret;

	while (done < top) {
		ret = granule_step(rmi_granule_range_delegate, done, top,
				   &next);
		if (!prepared && granule_is_new(ret)) {
			prepared = rmi_prepare_ram(done, top);
			if (prepared)
				continue;
		}
		if (ret) {
			rmi_undelegate(base, done);
			return ret;
		}
		rmi_env_get_pages(done, next);
		atomic64_add((next - done) / PAGE_SIZE, &granules_delegated);
		done = next;
	}
	return RMI_SUCCESS;
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
	u64 ret = granule_delegate(base, top);

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
	return granule_delegate(base, top) ? -EBUSY : 0;
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
	phys_addr_t next;
	u64 ret;

	while (base < top) {
		ret = granule_step(rmi_granule_range_undelegate, base, top,
				   &next);
		if (ret) {
			rmi_failed("GRANULE_RANGE_UNDELEGATE", ret);
			rmi_leak("cannot be undelegated", 1);
			next = base + PAGE_SIZE;
		} else {
			atomic64_sub((next - base) / PAGE_SIZE,
				     &granules_delegated);
			rmi_env_put_pages(base, next);
		}
		base = next;
	}
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
 * rmi_free_delegated() - undo realm_alloc_delegated()
 * @base: its result
 * @order: its argument
 */
void rmi_free_delegated(phys_addr_t base, unsigned int order)
{
	rmi_undelegate(base, base + (PAGE_SIZE << order));
	rmi_env_put_pages(base, base + (PAGE_SIZE << order));
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

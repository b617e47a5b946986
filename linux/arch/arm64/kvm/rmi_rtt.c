// SPDX-License-Identifier: GPL-2.0-only
/*
 * Realm translation tables: their geometry, making one where the RMM misses it,
 * and taking all of them away.
 *
 * The tables belong to the RMM and are never read here; where something is
 * missing, ERROR_RTT says at which level the walk ended.
 */
#include "rmi_internal.h"

/**
 * realm_rtt_geometry() - choose start level and number of root tables
 * @realm: its ia_bits are set
 *
 * As KVM does for its own stage 2: up to 16 tables joined at the start level
 * rather than one more level.
 */
void realm_rtt_geometry(struct realm *realm)
{
	unsigned int bits;

	if (realm->ia_bits <= 34)
		realm->start_level = 2;
	else if (realm->ia_bits <= 43)
		realm->start_level = 1;
	else
		realm->start_level = 0;

	bits = ilog2(rtt_entry_size(realm->start_level)) + RTT_LEVEL_SHIFT;
	realm->root_count = realm->ia_bits > bits ?
			    1 << (realm->ia_bits - bits) : 1;
}

/**
 * realm_rtt_reserve() - have pages for tables at hand
 * @realm: the realm
 * @tables: how many will be needed; 0 and 1 are not worth it
 *
 * The RMM gets them in one call. If there is no memory, each table still looks
 * for its own.
 */
void realm_rtt_reserve(struct realm *realm, u64 tables)
{
	unsigned int order;

	lockdep_assert_held(&realm->lock);
	if (tables < 2 || realm->spare_count)
		return;
	order = min_t(unsigned int, ilog2(tables - 1) + 1, RMI_ENV_MAX_ORDER);
	realm->spare = realm_alloc_delegated(realm, order);
	if (realm->spare != RMI_NO_PAGE)
		realm->spare_count = 1ULL << order;
}

/**
 * realm_rtt_unreserve() - give back what is left of realm_rtt_reserve()
 * @realm: the realm
 */
void realm_rtt_unreserve(struct realm *realm)
{
	phys_addr_t top = realm->spare + realm->spare_count * PAGE_SIZE;

	lockdep_assert_held(&realm->lock);
	if (!realm->spare_count)
		return;
	rmi_free_delegated_range(realm->spare, top);
	realm->spare_count = 0;
}

static phys_addr_t rtt_alloc(struct realm *realm)
{
	phys_addr_t page = realm->spare;

	if (!realm->spare_count)
		return realm_alloc_delegated(realm, 0);
	realm->spare += PAGE_SIZE;
	realm->spare_count--;
	return page;
}

/* Makes the table at @level that translates @ipa. */
static int rtt_create(struct realm *realm, u64 ipa, int level)
{
	phys_addr_t rtt = rtt_alloc(realm);
	u64 ret;

	if (rtt == RMI_NO_PAGE)
		return -ENOMEM;

	ipa = ALIGN_DOWN(ipa, rtt_entry_size(level - 1));
	ret = rmi_rtt_create(realm->rd, rtt, ipa, level);
	if (ret == RMI_SUCCESS) {
		realm->tables++;
		return 0;
	}

	rmi_free_delegated(rtt, 0);
	/* The table may be there already, which is as good. */
	if (ret == RMI_RETURN(RMI_ERROR_RTT, level - 1))
		return 0;
	return realm_failed(realm, "RTT_CREATE", ret);
}

/**
 * realm_rtt_extend() - make the tables that a call missed
 * @realm: the realm
 * @call: name of the call
 * @ipa: the address at which it stopped
 * @ret: its answer, ERROR_RTT with the level at which the walk ended
 * @last: level of the table that it needs; 0 if only the RMM knows: then one
 *	is made, and the next try may be told of another
 *
 * Return: 0, or -errno; also if no table can be missing at that level.
 */
int realm_rtt_extend(struct realm *realm, const char *call, u64 ipa, u64 ret,
		     int last)
{
	int level = rmi_return_level(ret) + 1;
	int err;

	lockdep_assert_held(&realm->lock);
	if (level <= realm->start_level || level > RTT_LEVEL_LAST)
		return realm_failed(realm, call, ret);
	do {
		err = rtt_create(realm, ipa, level);
	} while (!err && ++level <= last);
	return err;
}

/**
 * realm_rtt_fold() - have a block in place of a table of pages
 * @realm: the realm
 * @ipa: first address that the table translates; all of its pages are mapped,
 *	and are one piece of memory
 *
 * If the RMM does not think so, they stay pages.
 */
void realm_rtt_fold(struct realm *realm, u64 ipa)
{
	phys_addr_t rtt;
	u64 ret;

	lockdep_assert_held(&realm->lock);
	ret = rmi_rtt_fold(realm->rd, ipa, RTT_LEVEL_LAST, &rtt);
	if (ret == RMI_SUCCESS) {
		realm->tables -= min(realm->tables, 1ULL);
		rmi_free_delegated(rtt, 0);
	} else if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT) {
		realm_failed(realm, "RTT_FOLD", ret);
	}
}

/**
 * struct rtt_teardown - of a realm's tables
 * @realm: the realm
 * @refused: tables that the RMM would not take away
 * @over: no other table is worth a try
 */
struct rtt_teardown {
	struct realm *realm;
	unsigned int refused;
	bool over;
};

static void rtt_teardown_range(struct rtt_teardown *teardown, u64 ipa, u64 end,
			       int level);

/* The table at @ipa stays. Without an RMM, or if many stay, so do all. */
static void rtt_teardown_refused(struct rtt_teardown *teardown, u64 ret)
{
	teardown->over = !rmi_is_refusal(ret) ||
			 ++teardown->refused == RMI_TRIES;
}

/*
 * Takes away the table at @level that translates @ipa, and what is below it.
 * Returns where to go on: the RMM says how far there is nothing.
 */
static u64 rtt_teardown_one(struct rtt_teardown *teardown, u64 ipa, int level)
{
	struct realm *realm = teardown->realm;
	u64 next = ipa + rtt_entry_size(level - 1);
	bool emptied = false;
	phys_addr_t rtt;
	u64 ret, top;

again:
	ret = rmi_rtt_destroy(realm->rd, ipa, level, &rtt, &top);
	if (ret == RMI_SUCCESS) {
		rmi_free_delegated(rtt, 0);
		/* More than there are? */
		if (realm->tables)
			realm->tables--;
		else
			teardown->over = true;
	} else if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT ||
		   !rmi_is_refusal(ret)) {
		realm_failed(realm, "RTT_DESTROY", ret);
		rtt_teardown_refused(teardown, ret);
		return next;
	} else if (rmi_return_level(ret) == level && level < RTT_LEVEL_LAST &&
		   !emptied) {
		rtt_teardown_range(teardown, ipa, next, level + 1);
		emptied = true;
		if (!teardown->over)
			goto again;
	} else if (top <= ipa) {
		/* A page is still mapped there; it is accounted already. */
		rtt_teardown_refused(teardown, ret);
		return next;
	}
	return top > ipa ? top : next;
}

static void rtt_teardown_range(struct rtt_teardown *teardown, u64 ipa, u64 end,
			       int level)
{
	while (ipa < end && !teardown->over)
		ipa = rtt_teardown_one(teardown, ipa, level);
}

/**
 * realm_rtt_teardown() - take away all tables but the roots
 * @realm: the realm
 *
 * Mappings of the host's memory go with their tables. A table that the RMM
 * keeps stays in realm->tables.
 */
void realm_rtt_teardown(struct realm *realm)
{
	struct rtt_teardown teardown = { .realm = realm };

	lockdep_assert_held(&realm->lock);
	rtt_teardown_range(&teardown, 0, 1ULL << realm->ia_bits,
			   realm->start_level + 1);
}

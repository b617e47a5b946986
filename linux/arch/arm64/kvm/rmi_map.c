// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a realm's tables map: its own memory in the protected half, the host's
 * in the other, by pages or by blocks of one entry a level higher.
 *
 * Progress is believed only as far as it lies inside the range that was asked
 * for, and only of a call that succeeded; without progress a call is repeated
 * RMI_TRIES times and then given up.
 */
#include "rmi_internal.h"

static u64 map_flags(const struct realm_map *map)
{
	if (map->private)
		return 0;
	/*
	 * Always writable: the RMM has no way to add the permission later, so
	 * a page that was first read could never be written.
	 */
	return FIELD_PREP(RMI_MAP_MEMATTR, RMI_MEMATTR_NORMAL_WB) |
	       FIELD_PREP(RMI_MAP_S2AP, RMI_S2AP_RW);
}

static u64 map_smc(struct realm *realm, const struct realm_map *map, u64 ipa,
		   u64 top, u64 flags, u64 oaddr, u64 *next)
{
	flags |= map_flags(map);
	return map->private ?
	       rmi_rtt_data_map(realm->rd, ipa, top, flags, oaddr, next) :
	       rmi_rtt_unprot_map(realm->rd, ipa, top, flags, oaddr, next);
}

/* Memory in one piece: one descriptor, in the register. */
static u64 map_single(struct realm *realm, const struct realm_map *map,
		      u64 ipa, u64 *next)
{
	u64 size = rtt_entry_size(map->level);
	u64 count = min_t(u64, (map->top - ipa) / size, RMI_RANGE_COUNT_MAX);
	u64 range = (map->pa + (ipa - map->base)) |
		    FIELD_PREP(RMI_ADDR_RANGE_SIZE,
			       RTT_LEVEL_LAST - map->level) |
		    FIELD_PREP(RMI_ADDR_RANGE_COUNT, count);

	if (!map->private)
		range |= RMI_ADDR_RANGE_UNDELEGATED;
	return map_smc(realm, map, ipa, ipa + count * size,
		       FIELD_PREP(RMI_MAP_OADDR_TYPE, RMI_OADDR_SINGLE), range,
		       next);
}

/* Scattered pages: no list is read past the end of the page it starts in. */
static u64 map_list(struct realm *realm, const struct realm_map *map, u64 ipa,
		    u64 *next)
{
	phys_addr_t list = map->list +
			   (ipa - map->base) / PAGE_SIZE * sizeof(u64);
	u64 room = (PAGE_SIZE - (list & (PAGE_SIZE - 1))) / sizeof(u64);
	u64 count = min_t(u64, (map->top - ipa) / PAGE_SIZE, room);

	return map_smc(realm, map, ipa, ipa + count * PAGE_SIZE,
		       FIELD_PREP(RMI_MAP_OADDR_TYPE, RMI_OADDR_LIST) |
		       FIELD_PREP(RMI_MAP_LIST_COUNT, count), list, next);
}

/**
 * realm_map() - map memory, and make the tables that are missing for it
 * @realm: the realm
 * @map: where and what; @map->done is set to the end of what is mapped
 *
 * Return: 0, -EEXIST if there is a table or something mapped at @map->done, or
 * another -errno.
 */
int realm_map(struct realm *realm, struct realm_map *map)
{
	const char *call = map->private ? "RTT_DATA_MAP" : "RTT_UNPROT_MAP";
	unsigned int stalls = 0;
	u64 ret, next;
	int err;

	lockdep_assert_held(&realm->lock);
	map->done = map->base;
	while (map->done < map->top) {
		ret = map->list != RMI_NO_PAGE ?
		      map_list(realm, map, map->done, &next) :
		      map_single(realm, map, map->done, &next);
		if (ret == RMI_SUCCESS && next > map->done &&
		    next <= map->top &&
		    IS_ALIGNED(next, rtt_entry_size(map->level))) {
			map->done = next;
			stalls = 0;
			continue;
		}
		if (++stalls == RMI_TRIES)
			return realm_failed(realm, call, RMI_BUSY);
		if (ret == RMI_SUCCESS) {
			rmi_env_yield();
			continue;
		}
		if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT)
			return realm_failed(realm, call, ret);
		if (rmi_return_level(ret) == map->level)
			return -EEXIST;
		err = realm_rtt_extend(realm, call, map->done, ret, map->level);
		if (err)
			return err;
	}
	return 0;
}

/*
 * The RMM has @pa already, or something at @ipa: another vCPU may have faulted
 * on the same page and been first. If not, @call has failed with @why.
 */
static int map_lost_race(struct realm *realm, u64 ipa, phys_addr_t pa,
			 const char *call, u64 why)
{
	struct rmi_rtt_entry entry;
	u64 ret, offset;

	ret = rmi_rtt_read_entry(realm->rd, ipa, RTT_LEVEL_LAST, &entry);
	if (ret)
		return realm_failed(realm, "RTT_READ_ENTRY", ret);
	if (entry.level < realm->start_level || entry.level > RTT_LEVEL_LAST)
		return realm_failed(realm, "RTT_READ_ENTRY", RMI_ERROR_RTT);
	offset = ipa & (rtt_entry_size(entry.level) - 1);
	if (entry.state != RMI_DATA ||
	    (entry.desc & RMI_ADDR_RANGE_ADDR) + offset != pa)
		return realm_failed(realm, call, why);
	/* Only the realm itself can make it RAM again. */
	return entry.ripas == RMI_DESTROYED ? -EFAULT : 0;
}

static int map_private(struct realm *realm, u64 ipa, phys_addr_t pa, int level)
{
	struct realm_map map = {
		.private = true,
		.base = ipa,
		.top = ipa + rtt_entry_size(level),
		.pa = pa,
		.list = RMI_NO_PAGE,
		.level = level,
	};
	phys_addr_t end = pa + rtt_entry_size(level);
	int ret;

	if (rmi_try_delegate(pa, end))
		return -EBUSY;
	ret = realm_map(realm, &map);
	if (ret == -EEXIST && level < RTT_LEVEL_LAST) {
		/* There is a table, in which nothing is mapped. */
		map.level = RTT_LEVEL_LAST;
		ret = realm_map(realm, &map);
	}
	realm->data += (map.done - ipa) / PAGE_SIZE;
	rmi_undelegate(pa + (map.done - ipa), end);
	return ret == -EEXIST ?
	       realm_failed(realm, "RTT_DATA_MAP",
			    RMI_RETURN(RMI_ERROR_RTT, level)) :
	       ret;
}

/**
 * realm_map_private() - give memory to a realm that runs
 * @realm: the realm
 * @ipa: where
 * @pa: the memory; its contents are lost
 * @level: RTT_LEVEL_LAST for a page, RTT_LEVEL_BLOCK for a block
 *
 * Return: 0, also if @pa is there already; -EBUSY if some of a block is the
 * RMM's already; -EFAULT if the realm lost that address and has to ask for it;
 * else -errno, and the memory is the host's as far as it was.
 */
int realm_map_private(struct realm *realm, u64 ipa, phys_addr_t pa, int level)
{
	int ret = map_private(realm, ipa, pa, level);

	if (ret == -EBUSY && level == RTT_LEVEL_LAST)
		return map_lost_race(realm, ipa, pa, "GRANULE_RANGE_DELEGATE",
				     RMI_ERROR_INPUT);
	return ret;
}

/**
 * realm_map_shared() - let a realm see memory of the host
 * @realm: the realm
 * @ipa: where, in the unprotected half
 * @pa: the memory
 * @level: as for realm_map_private()
 *
 * Return: 0, also if @pa is there already; -EEXIST if a part of a block is
 * mapped by pages; or another -errno.
 */
int realm_map_shared(struct realm *realm, u64 ipa, phys_addr_t pa, int level)
{
	struct realm_map map = {
		.base = ipa,
		.top = ipa + rtt_entry_size(level),
		.pa = pa,
		.list = RMI_NO_PAGE,
		.level = level,
	};
	int ret = realm_map(realm, &map);

	if (ret == -EEXIST && level == RTT_LEVEL_LAST)
		return map_lost_race(realm, ipa, pa, "RTT_UNPROT_MAP",
				     RMI_RETURN(RMI_ERROR_RTT, level));
	return ret;
}

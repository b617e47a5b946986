/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors between registers, Non-secure lists and the commands.
 */
#include "rmm/addr_range.h"

#include "rmm/granule.h"
#include "rmm/platform.h"
#include "rmm/rtt.h"

/* The count takes the bits up to those of a granule's address. */
static uint64_t count_mask(void)
{
	return GENMASK_ULL(granule_shift() - 1, 2);
}

static uint64_t addr_mask(void)
{
	return RMI_ADDR_RANGE_ADDR & ~(granule_size() - 1);
}

struct addr_range addr_range_decode(uint64_t desc)
{
	return (struct addr_range){
		.pa = desc & addr_mask(),
		.count = (unsigned int)FIELD_GET(count_mask(), desc),
		.level = RTT_LEVEL_LAST -
			 (int)FIELD_GET(RMI_ADDR_RANGE_SIZE, desc),
		.undelegated = desc & RMI_ADDR_RANGE_UNDELEGATED,
	};
}

uint64_t addr_range_encode(const struct addr_range *range)
{
	return FIELD_PREP(RMI_ADDR_RANGE_SIZE, RTT_LEVEL_LAST - range->level) |
	       FIELD_PREP(count_mask(), range->count) |
	       (range->pa & addr_mask()) |
	       (range->undelegated ? RMI_ADDR_RANGE_UNDELEGATED : 0);
}

uint64_t addr_list_room(uint64_t pa, uint64_t count)
{
	uint64_t room = (granule_size() - pa % granule_size()) /
			ADDR_DESC_SIZE;

	return count < room ? count : room;
}

/* Slots of a command's list that we use; 0 if the list is invalid. */
static unsigned int list_slots(uint64_t pa, uint64_t flags)
{
	uint64_t count = FIELD_GET(RMI_MAP_LIST_COUNT, flags);

	if (pa % ADDR_DESC_SIZE)
		return 0;
	return (unsigned int)addr_list_room(pa, count);
}

/* The next descriptor of the list becomes the current one. */
static bool source_load(struct addr_source *source)
{
	uint64_t desc;

	if (!source->list_left || !ns_read(&desc, source->list, sizeof(desc)))
		return false;
	source->range = addr_range_decode(desc);
	source->list += ADDR_DESC_SIZE;
	source->list_left--;
	return true;
}

bool addr_source_open(struct addr_source *source, uint64_t flags,
		      uint64_t oaddr)
{
	switch (FIELD_GET(RMI_MAP_OADDR_TYPE, flags)) {
	case RMI_OADDR_SINGLE:
		source->range = addr_range_decode(oaddr);
		source->list_left = 0;
		return !(flags & RMI_MAP_LIST_COUNT);
	case RMI_OADDR_LIST:
		source->list = oaddr;
		source->list_left = list_slots(oaddr, flags);
		return source_load(source);
	default:
		return false;
	}
}

bool addr_source_ready(struct addr_source *source)
{
	while (!source->range.count) {
		if (!source_load(source))
			return false;
	}
	return true;
}

void addr_source_take(struct addr_source *source)
{
	source->range.pa += rtt_entry_size(source->range.level);
	source->range.count--;
}

bool addr_sink_open(struct addr_sink *sink, uint64_t flags, uint64_t oaddr)
{
	uint64_t probe;

	*sink = (struct addr_sink){
		.type = FIELD_GET(RMI_MAP_OADDR_TYPE, flags),
		.list = oaddr,
		.slots = 1,
	};
	switch (sink->type) {
	case RMI_OADDR_NONE:
	case RMI_OADDR_SINGLE:
		return !oaddr && !(flags & RMI_MAP_LIST_COUNT);
	case RMI_OADDR_LIST:
		sink->slots = list_slots(oaddr, flags);
		return sink->slots && ns_read(&probe, oaddr, sizeof(probe));
	default:
		return false;
	}
}

/* True if @range goes on where the last descriptor ends. */
static bool sink_continues(const struct addr_sink *sink,
			   const struct addr_range *range)
{
	const struct addr_range *last = &sink->last;

	return sink->used && range->level == last->level &&
	       range->pa == last->pa + last->count *
				       rtt_entry_size(last->level);
}

bool addr_sink_add(struct addr_sink *sink, const struct addr_range *range)
{
	struct addr_range last = *range;
	unsigned int used = sink->used;
	uint64_t desc;

	if (sink->type == RMI_OADDR_NONE)
		return true;
	if (sink_continues(sink, range)) {
		last.pa = sink->last.pa;
		last.count += sink->last.count;
	} else if (used++ == sink->slots) {
		return false;
	}
	desc = addr_range_encode(&last);
	if (sink->type == RMI_OADDR_LIST &&
	    !ns_write(sink->list + (used - 1) * ADDR_DESC_SIZE, &desc,
		      ADDR_DESC_SIZE))
		return false;
	sink->last = last;
	sink->used = used;
	return true;
}

uint64_t addr_sink_single(const struct addr_sink *sink)
{
	if (sink->type != RMI_OADDR_SINGLE || !sink->used)
		return 0;
	return addr_range_encode(&sink->last);
}

uint64_t addr_sink_count(const struct addr_sink *sink)
{
	return sink->type == RMI_OADDR_LIST ? sink->used : 0;
}

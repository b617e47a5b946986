/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of stateful operations: lists of address range descriptors, by which
 * the host hands granules in and gets them back (Arm DEN 0137, OP_MEM_DONATE
 * and OP_MEM_RECLAIM).
 */
#include "rmm/sro.h"

#include "rmm/addr_range.h"
#include "rmm/granule.h"
#include "rmm/platform.h"
#include "rmm/rtt.h"

#define DESC_ZERO GENMASK_ULL(62, 52)

void sro_hold(struct sro *sro, uint64_t pa)
{
	unsigned int i;

	rmm_assert(sro->held < SRO_GRANULES);
	for (i = sro->held++; i > 0 && sro->granule[i - 1] > pa; i--)
		sro->granule[i] = sro->granule[i - 1];
	sro->granule[i] = pa;
}

uint64_t sro_keep(struct sro *sro)
{
	rmm_assert(sro->held > 0);
	return sro->granule[--sro->held];
}

/*
 * Adds the granules that @desc names to @offer, which has *@count of at most
 * @max. False if it is malformed, not delegated memory, or too much.
 */
static bool offer_add(uint64_t *offer, unsigned int *count, unsigned int max,
		      uint64_t desc)
{
	struct addr_range range = addr_range_decode(desc);
	uint64_t size = rtt_entry_size(range.level);
	uint64_t granules = range.count * (size / granule_size());
	uint64_t i;

	if (granules == 0)
		return true;
	if ((desc & DESC_ZERO) || range.undelegated || range.pa % size)
		return false;
	if (granules > max - *count)
		return false;
	for (i = 0; i < granules; i++)
		offer[(*count)++] = range.pa + i * granule_size();
	return true;
}

/* What must be contiguous comes in one descriptor, aligned to its size. */
static bool shape_ok(const struct sro *sro, const uint64_t *offer,
		     unsigned int count)
{
	return !sro->contiguous || count == 0 ||
	       (count == sro->wanted &&
		offer[0] % (count * granule_size()) == 0);
}

/* Reads the host's list, each entry once. False if anything is wrong. */
static bool offer_read(const struct sro *sro, uint64_t list, uint64_t entries,
		       uint64_t *offer, unsigned int *count)
{
	uint64_t i, desc;

	*count = 0;
	for (i = 0; i < entries; i++) {
		if (!ns_read(&desc, list + i * ADDR_DESC_SIZE, ADDR_DESC_SIZE))
			return false;
		if (!offer_add(offer, count, sro->wanted, desc) ||
		    !shape_ok(sro, offer, *count))
			return false;
	}
	return true;
}

/* The granules from @first on become the host's again. */
static void give_back(struct sro *sro, unsigned int first)
{
	while (sro->held > first) {
		uint64_t pa = sro_keep(sro);

		granule_wipe(pa);
		rmm_assert(granule_move(pa, GRANULE_INTERNAL,
					GRANULE_DELEGATED));
	}
}

/*
 * Takes granules up to the first that is not delegated; says how many. Of what
 * must be contiguous, that is all or nothing.
 */
static unsigned int offer_take(struct sro *sro, const uint64_t *offer,
			       unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!granule_move(offer[i], GRANULE_DELEGATED,
				  GRANULE_INTERNAL))
			break;
		sro_hold(sro, offer[i]);
	}
	if (sro->contiguous && i < count) {
		give_back(sro, 0);
		i = 0;
	}
	sro->wanted -= i;
	return i;
}

static bool donate_check(const struct sro *sro, uint64_t list, uint64_t count,
			 uint64_t *offer, unsigned int *offered)
{
	return sro->step == SRO_DONATE && list % ADDR_DESC_SIZE == 0 &&
	       offer_read(sro, list, addr_list_room(list, count), offer,
			  offered);
}

uint64_t sro_donate(struct sro *sro, uint64_t list, uint64_t count,
		    uint64_t *taken, uint64_t *request)
{
	uint64_t offer[SRO_GRANULES];
	unsigned int offered;

	*taken = 0;
	*request = 0;
	sro->refused = !donate_check(sro, list, count, offer, &offered);
	if (sro->refused)
		return sro_refuse(sro);

	*taken = offer_take(sro, offer, offered);
	if (offered && *taken == 0)
		return sro_give_up(sro, request);
	if (sro->wanted == 0)
		sro->step = SRO_WORK;
	return sro_leave(sro, request);
}

/* Granules from @from on that are next to each other, as one descriptor. */
static unsigned int run_length(const struct sro *sro, unsigned int from)
{
	unsigned int length = 1;

	while (from + length < sro->held &&
	       sro->granule[from + length] ==
		       sro->granule[from] + length * granule_size())
		length++;
	return length;
}

/*
 * Describes granules in at most @room descriptors; says how many of both. What
 * the list has no room for are the lowest, so that the rest stays in place.
 */
static unsigned int runs_describe(const struct sro *sro, uint64_t room,
				  uint64_t *desc, unsigned int *first)
{
	unsigned int starts[SRO_GRANULES], runs = 0, from = 0, used, i;

	while (from < sro->held) {
		starts[runs++] = from;
		from += run_length(sro, from);
	}
	used = runs < room ? runs : (unsigned int)room;
	*first = used ? starts[runs - used] : sro->held;
	for (i = 0; i < used; i++) {
		struct addr_range range = { .level = RTT_LEVEL_LAST };

		from = starts[runs - used + i];
		range.pa = sro->granule[from];
		range.count = run_length(sro, from);
		desc[i] = addr_range_encode(&range);
	}
	return used;
}

/* False, and nothing is given back, if the call or its list is bad. */
static bool reclaim_step(struct sro *sro, uint64_t list, uint64_t count,
			 uint64_t *written)
{
	uint64_t desc[SRO_GRANULES];
	unsigned int first, used;

	if (list % ADDR_DESC_SIZE || sro->step != SRO_RECLAIM)
		return false;
	if (count == 0)
		return true;

	used = runs_describe(sro, addr_list_room(list, count), desc, &first);
	if (used && !ns_write(list, desc, used * ADDR_DESC_SIZE))
		return false;
	give_back(sro, first);
	*written = used;
	if (sro->held == 0)
		sro->step = SRO_END;
	return true;
}

uint64_t sro_reclaim(struct sro *sro, uint64_t list, uint64_t count,
		     uint64_t *written)
{
	uint64_t unused;

	*written = 0;
	if (!reclaim_step(sro, list, count, written))
		return sro_refuse(sro);
	return sro_leave(sro, &unused);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Taking memory out of a realm's tables: its own, which becomes the host's
 * again, and the host's.
 *
 * Progress is believed only as far as it lies inside the range that was asked
 * for; without progress a call is repeated RMI_TRIES times and then given up.
 */
#include "rmi_internal.h"

/* What an unmapping call said. */
struct unmap_answer {
	u64 ret;
	u64 out_top;
	u64 range; /* protected half: the memory that was mapped */
};

static void unmap_call(struct realm *realm, bool private, u64 base, u64 top,
		       struct unmap_answer *answer)
{
	answer->range = 0;
	if (private)
		answer->ret = rmi_rtt_data_unmap(realm->rd, base, top,
						 &answer->out_top,
						 &answer->range);
	else
		answer->ret = rmi_rtt_unprot_unmap(realm->rd, base, top,
						   &answer->out_top);
}

/*
 * Memory that the realm no longer has: the RMM does not need it, either. False
 * if it is more than the realm ever had: then nothing of it is believed.
 */
static bool unmap_take_back(struct realm *realm, u64 range)
{
	u64 granules = FIELD_GET(RMI_ADDR_RANGE_COUNT, range)
		       << (FIELD_GET(RMI_ADDR_RANGE_SIZE, range) *
			   RTT_LEVEL_SHIFT);
	phys_addr_t pa = range & RMI_ADDR_RANGE_ADDR;

	if (granules > realm->data)
		return false;
	realm->data -= granules;
	rmi_undelegate(pa, pa + granules * PAGE_SIZE);
	return true;
}

/*
 * The entry at @base does not fit the range. If nothing is mapped there, it is
 * skipped; else it is a block, and a table below it splits it.
 */
static int unmap_misfit(struct realm *realm, const char *call, u64 base,
			u64 top, u64 ret, u64 *next)
{
	int level = rmi_return_level(ret);
	struct rmi_rtt_entry entry;
	u64 status;

	if (level < realm->start_level || level > RTT_LEVEL_LAST)
		return realm_failed(realm, call, ret);

	status = rmi_rtt_read_entry(realm->rd,
				    ALIGN_DOWN(base, rtt_entry_size(level)),
				    level, &entry);
	if (status)
		return realm_failed(realm, "RTT_READ_ENTRY", status);
	if (entry.level < realm->start_level || entry.level > level)
		return realm_failed(realm, "RTT_READ_ENTRY", RMI_ERROR_RTT);
	if (entry.state == RMI_VOID) {
		/* As wide as the walk ended, whatever the call has said. */
		*next = ALIGN_DOWN(base, rtt_entry_size(entry.level)) +
			rtt_entry_size(entry.level);
		*next = min(*next, top);
		return 0;
	}
	*next = base;
	return realm_rtt_extend(realm, call, base, ret, 0);
}

static int unmap_step(struct realm *realm, bool private, u64 base, u64 top,
		      u64 *next)
{
	const char *call = private ? "RTT_DATA_UNMAP" : "RTT_UNPROT_UNMAP";
	struct unmap_answer answer;

	unmap_call(realm, private, base, top, &answer);
	if (answer.ret == RMI_SUCCESS) {
		if (!unmap_take_back(realm, answer.range))
			return realm_failed(realm, call, RMI_ERROR_INPUT);
		*next = answer.out_top;
		return 0;
	}
	if (RMI_RETURN_STATUS(answer.ret) != RMI_ERROR_RTT)
		return realm_failed(realm, call, answer.ret);
	if (answer.out_top > base) {
		*next = min(answer.out_top, top);
		return 0;
	}
	return unmap_misfit(realm, call, base, top, answer.ret, next);
}

/**
 * realm_unmap() - take a range out of a realm
 * @realm: the realm
 * @private: of the protected half; its memory becomes the host's again
 * @base: first address
 * @top: end
 *
 * Return: 0, or -errno if the rest of the range stays mapped. Then its granules
 * still count in realm->data and keep their users.
 */
int realm_unmap(struct realm *realm, bool private, u64 base, u64 top)
{
	unsigned int stalls = 0;
	u64 next = base;
	int err;

	lockdep_assert_held(&realm->lock);
	while (base < top) {
		err = unmap_step(realm, private, base, top, &next);
		if (err)
			return err;
		if (next > base && next <= top && PAGE_ALIGNED(next)) {
			base = next;
			stalls = 0;
		} else if (++stalls == RMI_TRIES) {
			return realm_failed(realm, private ? "RTT_DATA_UNMAP" :
					  "RTT_UNPROT_UNMAP", RMI_BUSY);
		} else {
			rmi_env_yield();
		}
	}
	return 0;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_MAP_INIT (Arm DEN 0137): a page of memory that a new realm finds
 * filled, copied from the host and measured.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/measurement.h"
#include "rmm/platform.h"
#include "rmm/rtt.h"

static bool ns_page_ok(uint64_t pa)
{
	uint64_t probe;

	return granule_aligned(pa) && ns_read(&probe, pa, sizeof(probe));
}

static uint64_t check_args(uint64_t rd, uint64_t data, uint64_t src,
			   uint64_t flags)
{
	if (flags & ~RMI_MEASURE_CONTENT)
		return RMI_ERROR_INPUT;
	if (data == rd)
		return RMI_ERROR_INPUT;
	if (!ns_page_ok(src))
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

static uint64_t check_entry(const struct rd *rd, uint64_t ipa, uint64_t data,
			    struct rtt_walk *walk)
{
	if (rd->state != REALM_NEW)
		return RMI_ERROR_REALM;
	if (!granule_aligned(ipa) || ipa >= realm_par_end(rd) ||
	    data >= GRANULE_PA_END)
		return RMI_ERROR_INPUT;
	rtt_walk_deep(rd, ipa, walk);
	if (walk->level != RTT_LEVEL_LAST || walk->entry.hipas != HIPAS_VOID)
		return RMI_RETURN(RMI_ERROR_RTT, walk->level);
	return RMI_SUCCESS;
}

/*
 * Takes the granule and fills it: what is measured below is the copy, which the
 * host cannot change. On SUCCESS it is locked.
 */
static uint64_t check_copy(uint64_t data, uint64_t src,
			   struct granule **granule)
{
	*granule = granule_lock(data, GRANULE_DELEGATED);
	if (!*granule)
		return RMI_ERROR_INPUT;
	if (!ns_read(granule_view(*granule), src, granule_size())) {
		granule_wipe(data);
		granule_unlock(*granule);
		return RMI_ERROR_INPUT;
	}
	return RMI_SUCCESS;
}

static void commit(struct rd *rd, struct granule *granule, uint64_t flags,
		   struct rtt_walk *walk)
{
	struct rtte entry = {
		.hipas = HIPAS_DATA,
		.ripas = RMI_RAM,
		.pa = granule_pa(granule),
	};

	measurement_extend_data(rd, walk->ipa, flags, granule_view(granule));
	plat_icache_invalidate(entry.pa, granule_size());
	granule_set_state(granule, GRANULE_DATA);
	granule_unlock(granule);
	rtt_write(walk, &entry);
}

uint64_t rmi_rtt_data_map_init(const uint64_t in[7], uint64_t out[5])
{
	uint64_t data = in[2], ipa = in[3], src = in[4], flags = in[5];
	uint64_t status = check_args(in[1], data, src, flags);
	struct granule *granule;
	struct rtt_walk walk;
	struct rd *rd;

	(void)out;
	if (status != RMI_SUCCESS)
		return status;
	rd = realm_lock(in[1]);
	if (!rd)
		return RMI_ERROR_INPUT;
	status = check_entry(rd, ipa, data, &walk);
	if (status == RMI_SUCCESS)
		status = check_copy(data, src, &granule);
	if (status == RMI_SUCCESS)
		commit(rd, granule, flags, &walk);
	realm_unlock(rd);
	return status;
}

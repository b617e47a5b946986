/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * REC granules: finding, naming and filling them.
 */
#include "rmm/rec.h"

#include <string.h>

#include "rmm/platform.h"

/* RmiRecMpidr: Aff0 has four bits, the others eight each. */
#define MPIDR_AFF0 GENMASK_ULL(3, 0)
#define MPIDR_AFF1_3 GENMASK_ULL(31, 8)
#define MPIDR_AFF1_2 GENMASK_ULL(23, 8)
#define MPIDR_AFF3 GENMASK_ULL(31, 24)
#define VMPIDR_AFF3 GENMASK_ULL(39, 32)

unsigned int rec_mpidr_to_index(uint64_t mpidr)
{
	return (unsigned int)(FIELD_GET(MPIDR_AFF0, mpidr) |
			      (FIELD_GET(MPIDR_AFF1_3, mpidr) << 4));
}

uint64_t rec_mpidr_to_vmpidr(uint64_t mpidr)
{
	return MPIDR_RES1 | (mpidr & (MPIDR_AFF0 | MPIDR_AFF1_2)) |
	       FIELD_PREP(VMPIDR_AFF3, FIELD_GET(MPIDR_AFF3, mpidr));
}

bool rec_vmpidr_to_index(uint64_t vmpidr, unsigned int *index)
{
	uint64_t aff3 = FIELD_GET(VMPIDR_AFF3, vmpidr);

	if (vmpidr & ~(MPIDR_AFF0 | MPIDR_AFF1_2 | VMPIDR_AFF3))
		return false;
	*index = rec_mpidr_to_index((vmpidr & ~VMPIDR_AFF3) |
				    FIELD_PREP(MPIDR_AFF3, aff3));
	return true;
}

struct rec *rec_lock(uint64_t pa)
{
	struct granule *granule = granule_lock(pa, GRANULE_REC);

	return granule ? granule_view(granule) : NULL;
}

void rec_unlock(struct rec *rec)
{
	granule_unlock(granule_find(rec->pa));
}

struct pe_simd *rec_simd(const struct rec *rec)
{
	return plat_realm_view(rec->aux[0]);
}

void rec_init(struct rec *rec, uint64_t pa, const struct rd *rd,
	      const struct rec_params *params, const uint64_t *aux)
{
	memset(rec, 0, granule_size());
	rec->pa = pa;
	rec->owner = realm_pa(rd);
	rec->mpidr = params->mpidr;
	rec->index = rec_mpidr_to_index(params->mpidr);
	rec->num_bps = rd->num_bps;
	rec->num_wps = rd->num_wps;
	rec->runnable = params->flags & RMI_REC_PARAM_FLAG_RUNNABLE;
	memcpy(rec->aux, aux, sizeof(rec->aux));

	rec_reset(rec, params->pc);
	memcpy(rec->pe.x, params->gprs, sizeof(params->gprs));
}

void rec_reset(struct rec *rec, uint64_t pc)
{
	pe_reset(&rec->pe, pc);
	memset(rec_simd(rec), 0, granule_size());
	debug_regs_reset(&rec->debug);
	rec->timers_due = 0;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realm descriptors: finding one by its address, under its lock.
 */
#include "rmm/realm.h"

#include "rmm/audit.h"
#include "rmm/platform.h"

struct rd *realm_lock(uint64_t pa)
{
	struct granule *granule = granule_lock(pa, GRANULE_RD);

	if (!granule)
		return NULL;
	audit_begin();
	return granule_view(granule);
}

void realm_unlock(struct rd *rd)
{
	granule_unlock(granule_find(rd->pa));
}

struct rd *realm_lock_owner(uint64_t pa)
{
	struct rd *rd = realm_lock(pa);

	rmm_assert(rd);
	return rd;
}

uint64_t realm_pa(const struct rd *rd)
{
	return rd->pa;
}

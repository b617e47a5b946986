/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REALM_DESTROY (Arm DEN 0137): a terminated realm of which nothing is left
 * but its descriptor and its root tables. Both become DELEGATED again.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"
#include "rmm/realm.h"
#include "rmm/rtt.h"
#include "rmm/vmid.h"

static uint64_t check(const struct rd *rd)
{
	if (rd->rec_live || rd->state != REALM_ZOMBIE || rtt_roots_live(rd))
		return RMI_ERROR_REALM;
	return RMI_SUCCESS;
}

/* Takes over the lock of @rd. */
static void commit(struct rd *rd)
{
	struct granule *granule = granule_find(realm_pa(rd));
	unsigned int i;

	/* Before the roots are anybody else's, and the VMID another realm's. */
	plat_tlbi_vmid(rd->vmid);
	vmid_free(rd->vmid);

	for (i = 0; i < rd->rtt_num_start; i++) {
		uint64_t root = rd->rtt_base + i * granule_size();

		granule_wipe(root);
		rmm_assert(granule_move(root, GRANULE_RTT, GRANULE_DELEGATED));
	}

	granule_wipe(realm_pa(rd));
	granule_set_state(granule, GRANULE_DELEGATED);
	granule_unlock(granule);
}

uint64_t rmi_realm_destroy(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	uint64_t status;

	(void)out;
	if (!rd)
		return RMI_ERROR_INPUT;

	status = check(rd);
	if (status == RMI_SUCCESS)
		commit(rd);
	else
		realm_unlock(rd);
	return status;
}

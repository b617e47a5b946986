/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The pool of VMIDs: a byte each, taken by an atomic exchange.
 */
#include "rmm/vmid.h"

#include <string.h>

#include "rmm/platform.h"

static uint8_t taken[VMID_LAST + 1];

void vmid_init(void)
{
	memset(taken, 0, sizeof(taken));
}

uint16_t vmid_alloc(void)
{
	uint16_t vmid;

	for (vmid = VMID_NONE + 1; vmid <= VMID_LAST; vmid++) {
		if (!__atomic_exchange_n(&taken[vmid], 1, __ATOMIC_ACQUIRE))
			return vmid;
	}
	return VMID_NONE;
}

void vmid_free(uint16_t vmid)
{
	rmm_assert(__atomic_exchange_n(&taken[vmid], 0, __ATOMIC_RELEASE));
}

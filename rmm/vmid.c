/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The pool of VMIDs: a word each, which whoever comes first changes.
 */
#include "rmm/vmid.h"

#include "rmm/platform.h"
#include "rmm/word.h"

static uint32_t taken[VMID_LAST + 1];

void vmid_init(void)
{
	for (unsigned int vmid = 0; vmid <= VMID_LAST; vmid++)
		word_set(&taken[vmid], 0);
}

uint16_t vmid_alloc(void)
{
	uint16_t vmid;

	for (vmid = VMID_NONE + 1; vmid <= VMID_LAST; vmid++) {
		if (word_change(&taken[vmid], 0, 1))
			return vmid;
	}
	return VMID_NONE;
}

void vmid_free(uint16_t vmid)
{
	rmm_assert(word_change(&taken[vmid], 1, 0));
}

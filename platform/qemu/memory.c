/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Non-secure memory, through its alias. Another CPU may delegate a granule in
 * the middle of a copy: the access then faults, and the copy answers false.
 */
#include "platform/qemu/may_fault.h"
#include "platform/qemu/mmu.h"
#include "rmm/platform.h"

static bool in_ram(uint64_t pa, size_t size)
{
	uint64_t base, range;

	for (unsigned int i = 0; plat_ram_range(i, &base, &range); i++)
		if (pa >= base && pa - base < range &&
		    size <= range - (pa - base))
			return true;
	return false;
}

static void *ns_view(uint64_t pa)
{
	return (void *)(pa + MMU_NS_ALIAS);
}

bool ns_read(void *dst, uint64_t pa, size_t size)
{
	return in_ram(pa, size) && ns_copy(dst, ns_view(pa), size);
}

bool ns_write(uint64_t pa, const void *src, size_t size)
{
	return in_ram(pa, size) && ns_copy(ns_view(pa), src, size);
}

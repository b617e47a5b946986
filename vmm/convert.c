// SPDX-License-Identifier: BSD-3-Clause
/*
 * Conversion of RAM. Which granules are shared is noted, so that what was never
 * shared need not be touched to be wiped.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vmm/convert.h"

#define BITS 64

static bool note_shared(struct vm *vm, u64 first, u64 end)
{
	if (!vm->is_shared)
		vm->is_shared = calloc(vm->layout.ram_size / GRANULE_SIZE /
					       BITS + 1,
				       sizeof(*vm->is_shared));
	if (!vm->is_shared)
		return false;
	for (u64 i = first; i < end; i++)
		vm->is_shared[i / BITS] |= BIT_ULL(i % BITS);
	return true;
}

static void wipe(struct vm *vm, u64 first, u64 end)
{
	for (u64 i = first; vm->is_shared && i < end; i++) {
		if (!(vm->is_shared[i / BITS] & BIT_ULL(i % BITS)))
			continue;
		memset(vm->shared + i * GRANULE_SIZE, 0, GRANULE_SIZE);
		vm->is_shared[i / BITS] &= ~BIT_ULL(i % BITS);
	}
}

long convert(struct vm *vm, const struct kvm_memory_attributes *wanted)
{
	u64 first = (wanted->address - RAM_BASE) / GRANULE_SIZE;
	u64 end = first + wanted->size / GRANULE_SIZE;
	u64 top = layout_ram_top(&vm->layout);
	long ret;

	if (wanted->address < RAM_BASE || wanted->address >= top ||
	    wanted->size > top - wanted->address)
		return -EFAULT;
	if (!wanted->attributes &&
	    (!vm->shared || !note_shared(vm, first, end)))
		return -ENOMEM;
	ret = vm->kvm->ioctl(vm->fd, KVM_SET_MEMORY_ATTRIBUTES,
			     (unsigned long)(uintptr_t)wanted);
	/* The realm does not see it any more. */
	if (ret >= 0 && wanted->attributes)
		wipe(vm, first, end);
	return ret;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Parts of a realm's RAM that turn from private to shared and back, as the
 * realm wishes.
 */
#ifndef VMM_CONVERT_H
#define VMM_CONVERT_H

#include "abi/kvm_uapi.h"
#include "vmm/vm.h"

/*
 * Has KVM convert @wanted, which is what a realm asked for. What the realm
 * left in shared memory is gone once that is private: the next time it is
 * shared it is zero. One call at a time (vm->exits). Zero, or -errno: -EFAULT
 * if it is not all RAM, -ENOMEM if there is no memory to share.
 */
long convert(struct vm *vm, const struct kvm_memory_attributes *wanted);

#endif

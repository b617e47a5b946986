/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt controller: KVM's vGICv3, at the addresses of the layout.
 */
#ifndef VMM_GIC_H
#define VMM_GIC_H

#include "vmm/vm.h"

/*
 * Before there are vCPUs. Where KVM has none, the VM's layout has none either
 * from here on, and that is no error. False if KVM has one, but refuses it.
 */
bool gic_create(struct vm *vm, struct err *err);

/* Once all vCPUs are there. */
bool gic_init(const struct vm *vm, struct err *err);

#endif

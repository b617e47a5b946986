/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The kernel's KVM.
 */
#ifndef VMM_BACKEND_KVM_H
#define VMM_BACKEND_KVM_H

#include "vmm/backend.h"

extern const struct kvm_backend backend_kvm;

#endif

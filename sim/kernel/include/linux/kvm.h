/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: KVM's user space interface.
 */
#ifndef SIM_LINUX_KVM_H
#define SIM_LINUX_KVM_H

#include "abi/kvm_uapi.h"

/* A name of the kernel's that user space does not need. */
#define KVM_INTERNAL_ERROR_UNEXPECTED_EXIT_REASON 4

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * KVM in this process, on the simulated machine.
 */
#ifndef VMM_BACKEND_SIM_H
#define VMM_BACKEND_SIM_H

#include "vmm/backend.h"

extern const struct kvm_backend backend_sim;

#endif

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The hosts of a build for a machine with KVM, without a simulator.
 */
#include "vmm/host.h"

const struct host *const hosts[] = { &host_kvm, NULL };

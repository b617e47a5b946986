// SPDX-License-Identifier: BSD-3-Clause
/*
 * The hosts of a whole build: hardware where there is some.
 */
#include "vmm/host.h"

const struct host *const hosts[] = { &host_kvm, &host_sim, NULL };

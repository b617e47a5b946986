/* SPDX-License-Identifier: BSD-3-Clause */
/* The simulated kernel, by the name under which its users know it. */
#ifndef SIM_KVM_SIM_KVM_H
#define SIM_KVM_SIM_KVM_H

#include "sim/kernel/api.h"

#endif

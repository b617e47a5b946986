/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: its names for the functions of PSCI.
 */
#ifndef SIM_UAPI_LINUX_PSCI_H
#define SIM_UAPI_LINUX_PSCI_H

#include "abi/psci.h"

#define PSCI_0_2_FN_SYSTEM_OFF PSCI_SYSTEM_OFF
#define PSCI_0_2_FN_SYSTEM_RESET PSCI_SYSTEM_RESET
#define PSCI_0_2_FN_CPU_SUSPEND PSCI_CPU_SUSPEND
#define PSCI_0_2_FN64_CPU_SUSPEND PSCI_64(PSCI_CPU_SUSPEND)

#endif

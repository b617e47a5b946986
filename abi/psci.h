/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * Power State Coordination Interface 1.1 (Arm DEN 0022): the functions that a
 * realm may call, and the same numbers for the host side of the monitor.
 */
#ifndef ABI_PSCI_H
#define ABI_PSCI_H

#include "abi_types.h"

#define PSCI_VERSION 0x84000000u
#define PSCI_CPU_SUSPEND 0x84000001u
#define PSCI_CPU_OFF 0x84000002u
#define PSCI_CPU_ON 0x84000003u
#define PSCI_AFFINITY_INFO 0x84000004u
#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_FEATURES 0x8400000au

/* The SMC64 form of a function that has both. */
#define PSCI_64(fid) ((fid) | 0x40000000u)

/* Function identifiers that belong to PSCI, in either width. */
#define PSCI_FID_FIRST 0x84000000u
#define PSCI_FID_LAST 0x8400001fu

#define PSCI_VERSION_1_1 0x10001u

#define PSCI_SUCCESS 0
#define PSCI_NOT_SUPPORTED (-1)
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED (-3)
#define PSCI_ALREADY_ON (-4)
#define PSCI_INVALID_ADDRESS (-9)

#define PSCI_AFFINITY_ON 0
#define PSCI_AFFINITY_OFF 1

#endif

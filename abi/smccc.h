/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * SMC Calling Convention 1.2 (Arm DEN 0028): what every SMC here shares.
 */
#ifndef ABI_SMCCC_H
#define ABI_SMCCC_H

#include "abi_types.h"

#define SMCCC_VERSION 0x80000000u
#define SMCCC_ARCH_FEATURES 0x80000001u
#define SMCCC_VERSION_1_2 0x10002u

/* Result of a call that nobody answers: all 64 bits set. */
#define SMCCC_NOT_SUPPORTED (~(u64)0)

/* A function identifier, bit by bit. */
#define SMCCC_FAST BIT_ULL(31)
#define SMCCC_SMC64 BIT_ULL(30)
#define SMCCC_OWNER GENMASK_ULL(29, 24)
#define SMCCC_FNUM GENMASK_ULL(15, 0)

/* The caller may set this hint in any call ("no live SVE state"). */
#define SMCCC_SVE_HINT BIT_ULL(16)

/* Registers that a call may pass in and out: x0 to x17. */
#define SMCCC_REGS 18

#endif

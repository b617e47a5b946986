/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What this platform cannot do with a realm's PE.
 */
#ifndef PLATFORM_QEMU_PE_H
#define PLATFORM_QEMU_PE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/smccc.h"

/*
 * Answers RMI_REC_ENTER with RMI_ERROR_NOT_SUPPORTED, and says true; leaves all
 * other calls to the RMM.
 */
bool pe_refuses(uint64_t x[SMCCC_REGS]);

#endif

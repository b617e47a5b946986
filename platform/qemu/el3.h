/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCs to EL3 (abi/rmm_el3.h).
 */
#ifndef PLATFORM_QEMU_EL3_H
#define PLATFORM_QEMU_EL3_H

#include <stdint.h>

#include "abi/smccc.h"

/* el3_smc.S: SMC with @x as x0 to x17, in and out. */
void el3_smc(uint64_t x[SMCCC_REGS]);

/* The same with two arguments; the answer is x0. */
uint64_t el3_call(uint32_t fid, uint64_t x1, uint64_t x2);

#endif

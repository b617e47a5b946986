/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: whether the kernel runs at EL2 (VHE).
 */
#ifndef SIM_ASM_VIRT_H
#define SIM_ASM_VIRT_H

#include <linux/types.h>

bool is_kernel_in_hyp_mode(void);

#endif

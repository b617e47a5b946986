/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: the counter of the machine.
 */
#ifndef SIM_ASM_ARCH_TIMER_H
#define SIM_ASM_ARCH_TIMER_H

#include <linux/types.h>

/* CNTVCT_EL0, which is CNTPCT_EL0: no offset is in force. */
u64 __arch_counter_get_cntvct(void);
u32 arch_timer_get_cntfrq(void); /* Hz */

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: fields of CNTx_CTL_EL0.
 */
#ifndef SIM_CLOCKSOURCE_ARM_ARCH_TIMER_H
#define SIM_CLOCKSOURCE_ARM_ARCH_TIMER_H

#define ARCH_TIMER_CTRL_ENABLE (1 << 0)
#define ARCH_TIMER_CTRL_IT_MASK (1 << 1)
#define ARCH_TIMER_CTRL_IT_STAT (1 << 2)

#endif

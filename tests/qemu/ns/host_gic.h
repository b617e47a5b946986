/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host's GIC and timer on this CPU, without an exception handler:
 * interrupts stay masked and are looked at.
 */
#ifndef TESTS_QEMU_NS_HOST_GIC_H
#define TESTS_QEMU_NS_HOST_GIC_H

#include <stdint.h>

#define INTID_PPI_CNTHP 26
#define INTID_NONE 1023

/* Lets private interrupt @intid of this CPU through. */
void host_gic_enable(unsigned int intid);
void host_gic_disable(unsigned int intid);

/* Takes and ends the interrupt that waits: its INTID, or INTID_NONE. */
uint64_t host_gic_take(void);

/* CNTHP of this CPU: makes INTID_PPI_CNTHP after @us; or never. */
void host_timer_start(uint64_t us);
void host_timer_stop(void);

/* Ticks of the counter in @us; and waiting for as long. */
uint64_t ticks_of(uint64_t us);
void wait_us(uint64_t us);

/* The virtual CPU interface: list register 0, active priorities, controls. */
void host_lr_write(uint64_t lr);
uint64_t host_lr_read(void);
void host_active_write(uint64_t priorities);
uint64_t host_ich_hcr(void);

/* ICC_PMR_EL1 */
void host_pmr_write(uint64_t priority);
uint64_t host_pmr_read(void);

#endif

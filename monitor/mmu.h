/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * EL3's own translation.
 */
#ifndef MONITOR_MMU_H
#define MONITOR_MMU_H

/* Once: the tables. */
void mmu_build(void);

/* On each CPU. */
void mmu_enable(void);

#endif

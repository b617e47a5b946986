/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: pages of 4 KiB, whatever the real host's.
 */
#ifndef SIM_ASM_PAGE_H
#define SIM_ASM_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1ul << PAGE_SHIFT)
#define PAGE_ALIGNED(addr) IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)

#endif

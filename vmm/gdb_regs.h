/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registers as the debugger numbers them, and the description that tells it so.
 */
#ifndef VMM_GDB_REGS_H
#define VMM_GDB_REGS_H

#include "vmm/gdb.h"

#define GDB_REGS 68 /* x0 to x30, sp, pc, cpsr, v0 to v31, fpsr, fpcr */

/* target.xml of AArch64: the core and floating point features. */
extern const char gdb_target_xml[];

/* Where register @number lies, and its bytes; NULL if there is none. */
void *gdb_reg(struct gdb_regs *regs, u64 number, size_t *size);

#endif

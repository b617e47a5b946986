/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between C and the assembly that enters a realm. Also read by the assembler.
 */
#ifndef PLATFORM_QEMU_PE_H
#define PLATFORM_QEMU_PE_H

/* struct pe */
#define PE_X30 240
#define PE_PC 248 /* and pstate */

/* enum pe_exit_kind, in the order of the vectors of a lower level */
#define PE_KIND_SYNC 0
#define PE_KIND_IRQ 1
#define PE_KIND_FIQ 2
#define PE_KIND_SERROR 3

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>

#include "rmm/pe.h"

_Static_assert(offsetof(struct pe, x) == 0, "pe.x");
_Static_assert(offsetof(struct pe, x[30]) == PE_X30, "pe.x[30]");
_Static_assert(offsetof(struct pe, pc) == PE_PC, "pe.pc");
_Static_assert(offsetof(struct pe, pstate) == PE_PC + 8, "pe.pstate");
_Static_assert(PE_EXIT_SYNC == PE_KIND_SYNC, "sync");
_Static_assert(PE_EXIT_IRQ == PE_KIND_IRQ, "irq");
_Static_assert(PE_EXIT_FIQ == PE_KIND_FIQ, "fiq");
_Static_assert(PE_EXIT_SERROR == PE_KIND_SERROR, "serror");

/*
 * pe_enter.S: loads general registers, PC and PSTATE from @pe and leaves EL2;
 * the next exception to EL2 stores them there and returns its kind.
 */
enum pe_exit_kind pe_enter(struct pe *pe);
#endif

#endif

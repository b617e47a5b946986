/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The shape of the RMM's image in memory, as rmm.ld lays it out. Also read by
 * the assembler.
 */
#ifndef PLATFORM_QEMU_IMAGE_H
#define PLATFORM_QEMU_IMAGE_H

#define RMM_CPUS 16

/*
 * The stack of a CPU: an unmapped page, which an overflow hits; the stack; and
 * a page in which exceptions of the RMM itself are handled.
 */
#define STACK_SHIFT 15
#define STACK_GUARD 0x1000
#define STACK_EXCEPTION 0x1000

#ifndef __ASSEMBLER__
#include <stdint.h>

extern uint8_t __image_base[], __text_end[], __rodata_end[], __data_end[];
extern uint8_t __stacks[], __image_end[];
#endif

#endif

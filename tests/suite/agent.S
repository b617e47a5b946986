/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent for AArch64, at EL1 with the MMU off: one page, position
 * independent, with nothing to write to but its box. x19 is the box; x22 to x25
 * belong to the vectors.
 */
#include "tests/suite/agent.h"

#define PSCI_CPU_SUSPEND_64 0xc4000001
#define EC_FETCH 0x21
#define EC_SHIFT 26

	.text
	.balign	0x800
	.global suite_agent
	.global suite_agent_end
suite_agent:
	stp	x0, x1, [x0, #BOX_BOOT_X]
	stp	x2, x3, [x0, #BOX_BOOT_X + 16]
	stp	x4, x5, [x0, #BOX_BOOT_X + 32]
	stp	x6, x7, [x0, #BOX_BOOT_X + 48]
	stp	x8, x9, [x0, #BOX_BOOT_X + 64]
	stp	x10, x11, [x0, #BOX_BOOT_X + 80]
	stp	x12, x13, [x0, #BOX_BOOT_X + 96]
	stp	x14, x15, [x0, #BOX_BOOT_X + 112]
	stp	x16, x17, [x0, #BOX_BOOT_X + 128]
	stp	x18, x19, [x0, #BOX_BOOT_X + 144]
	stp	x20, x21, [x0, #BOX_BOOT_X + 160]
	stp	x22, x23, [x0, #BOX_BOOT_X + 176]
	stp	x24, x25, [x0, #BOX_BOOT_X + 192]
	stp	x26, x27, [x0, #BOX_BOOT_X + 208]
	stp	x28, x29, [x0, #BOX_BOOT_X + 224]
	str	x30, [x0, #BOX_BOOT_X + 240]
	mrs	x1, currentel
	str	x1, [x0, #BOX_BOOT_EL]
	mrs	x1, daif
	str	x1, [x0, #BOX_BOOT_DAIF]
	mrs	x1, sctlr_el1
	str	x1, [x0, #BOX_BOOT_SCTLR]
	mrs	x1, mpidr_el1
	str	x1, [x0, #BOX_BOOT_MPIDR]
	mrs	x1, spsel
	str	x1, [x0, #BOX_BOOT_SPSEL]
	msr	tpidr_el1, x0
	adr	x1, vectors
	msr	vbar_el1, x1
	isb

next:
	mrs	x19, tpidr_el1
	ldr	x1, [x19, #BOX_DONE]
	add	x1, x1, #1
	str	x1, [x19, #BOX_DONE]
	dsb	sy
	ldr	x0, =PSCI_CPU_SUSPEND_64
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	smc	#0
	mrs	x19, tpidr_el1
	ldr	x20, [x19, #BOX_OP]
	ldp	x0, x1, [x19, #BOX_X]
	adr	x21, ops
	add	x21, x21, x20, lsl #3
	br	x21

put:
	stp	x0, x1, [x19, #BOX_X]
	b	next

	/* Two instructions an operation. */
#define AGENT_SLOT(name, ...) __VA_ARGS__; b put;
ops:
	AGENT_OPS(AGENT_SLOT)
	b	op_smc
	nop
	b	op_hvc
	nop
	b	op_spin
	nop

	.macro	get_registers
	ldp	x0, x1, [x19, #BOX_X]
	ldp	x2, x3, [x19, #BOX_X + 16]
	ldp	x4, x5, [x19, #BOX_X + 32]
	ldp	x6, x7, [x19, #BOX_X + 48]
	ldp	x8, x9, [x19, #BOX_X + 64]
	ldp	x10, x11, [x19, #BOX_X + 80]
	ldp	x12, x13, [x19, #BOX_X + 96]
	ldp	x14, x15, [x19, #BOX_X + 112]
	ldp	x16, x17, [x19, #BOX_X + 128]
	.endm

put_registers:
	stp	x2, x3, [x19, #BOX_X + 16]
	stp	x4, x5, [x19, #BOX_X + 32]
	stp	x6, x7, [x19, #BOX_X + 48]
	stp	x8, x9, [x19, #BOX_X + 64]
	stp	x10, x11, [x19, #BOX_X + 80]
	stp	x12, x13, [x19, #BOX_X + 96]
	stp	x14, x15, [x19, #BOX_X + 112]
	stp	x16, x17, [x19, #BOX_X + 128]
	b	put

op_smc:
	get_registers
	smc	#0
	b	put_registers

	/* An RMM may say that the exception was at the HVC or after it. */
op_hvc:
	get_registers
	hvc	#0
	nop
	b	put_registers

op_spin:
	ldr	x2, [x19, #BOX_GO]
	cbz	x2, op_spin
	b	put
	.ltorg

exception:
	mrs	x22, tpidr_el1
	ldr	x23, [x22, #BOX_EXCEPTIONS]
	add	x23, x23, #1
	str	x23, [x22, #BOX_EXCEPTIONS]
	mrs	x23, far_el1
	str	x23, [x22, #BOX_FAR]
	mrs	x23, spsr_el1
	str	x23, [x22, #BOX_SPSR]
	mrs	x24, elr_el1
	str	x24, [x22, #BOX_ELR]
	mrs	x23, esr_el1
	str	x23, [x22, #BOX_ESR]
	lsr	x23, x23, #EC_SHIFT
	add	x24, x24, #4
	cmp	x23, #EC_FETCH
	csel	x24, x30, x24, eq
	msr	elr_el1, x24
	eret

	.balign	0x800
vectors:
	.rept	16
	.balign	0x80
	b	exception
	.endr
suite_agent_end:

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a guest begins: EL1, MMU and caches off, x0 = device tree. Gives it a
 * stack and vectors, and calls main(device tree); what main returns goes to the
 * exit register. Other CPUs begin at guest_secondary.
 *
 * TPIDR_EL1 points to the CPU's struct guest_cpu. An exception saves the CPU's
 * registers in a frame of the CPU's own, not on a stack, which may be what is
 * broken. A handler that faults gets the next frame.
 */
#include "guests/frame.h"

#define STACK_SIZE 0x4000

	.section .text.start, "ax"
	.global _start
_start:
	mov	x20, x0
	adrp	x0, guest_boot_cpu
	add	x0, x0, :lo12:guest_boot_cpu
	bl	begin_cpu
	adrp	x1, stack_top
	add	sp, x1, :lo12:stack_top
	mov	x0, x20
	bl	main
	b	guest_exit

	.text
/* x0: the CPU's struct guest_cpu, whose frames lie at its end. */
begin_cpu:
	msr	tpidr_el1, x0
	add	x1, x0, #(CPU_SIZE & 0xfff)
	add	x1, x1, #(CPU_SIZE & ~0xfff)
	str	x1, [x0, #CPU_FRAMES]
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el1, x1
	isb
	ret

/* A CPU that was turned on: x0 is its struct guest_cpu. */
	.global guest_secondary
guest_secondary:
	bl	begin_cpu
	ldr	x1, [x0, #CPU_STACK]
	mov	sp, x1
	ldr	x1, [x0, #CPU_ENTRY]
	blr	x1
	b	guest_cpu_off

/* x0 and x1 go where nothing else is; the vector's number goes to x1. */
	.macro	vector number
	.balign	128
	msr	tpidr_el0, x0
	msr	tpidrro_el0, x1
	mov	x1, #\number
	b	take
	.endm

	.balign	2048
vectors:
	.altmacro
	.set	n, 0
	.rept	16
	vector	%n
	.set	n, n + 1
	.endr

take:
	mrs	x0, tpidr_el1
	str	x1, [x0, #CPU_VECTOR]
	ldr	x1, [x0, #CPU_FRAMES]
	sub	x1, x1, #FRAME_SLOT
	str	x1, [x0, #CPU_FRAMES]
	add	x1, x1, #(FRAME_SLOT - FRAME_SIZE)
	stp	x2, x3, [x1, #16]
	stp	x4, x5, [x1, #32]
	stp	x6, x7, [x1, #48]
	stp	x8, x9, [x1, #64]
	stp	x10, x11, [x1, #80]
	stp	x12, x13, [x1, #96]
	stp	x14, x15, [x1, #112]
	stp	x16, x17, [x1, #128]
	stp	x18, x19, [x1, #144]
	stp	x20, x21, [x1, #160]
	stp	x22, x23, [x1, #176]
	stp	x24, x25, [x1, #192]
	stp	x26, x27, [x1, #208]
	stp	x28, x29, [x1, #224]
	mov	x2, sp
	stp	x30, x2, [x1, #240]
	mrs	x2, tpidr_el0
	mrs	x3, tpidrro_el0
	stp	x2, x3, [x1]
	mrs	x2, elr_el1
	mrs	x3, spsr_el1
	stp	x2, x3, [x1, #FRAME_ELR]
	mrs	x2, esr_el1
	mrs	x3, far_el1
	stp	x2, x3, [x1, #FRAME_ESR]
	ldr	x2, [x0, #CPU_VECTOR]
	str	x2, [x1, #FRAME_VECTOR]

	/* Below the frame, to the end of its slot, is the handler's stack. */
	mov	sp, x1
	mov	x19, x1
	mov	x0, x1
	bl	guest_exception

	mov	x1, x19
	mrs	x0, tpidr_el1
	add	x2, x1, #FRAME_SIZE
	str	x2, [x0, #CPU_FRAMES]
	ldp	x2, x3, [x1, #FRAME_ELR]
	msr	elr_el1, x2
	msr	spsr_el1, x3
	ldp	x30, x2, [x1, #240]
	mov	sp, x2
	ldp	x28, x29, [x1, #224]
	ldp	x26, x27, [x1, #208]
	ldp	x24, x25, [x1, #192]
	ldp	x22, x23, [x1, #176]
	ldp	x20, x21, [x1, #160]
	ldp	x18, x19, [x1, #144]
	ldp	x16, x17, [x1, #128]
	ldp	x14, x15, [x1, #112]
	ldp	x12, x13, [x1, #96]
	ldp	x10, x11, [x1, #80]
	ldp	x8, x9, [x1, #64]
	ldp	x6, x7, [x1, #48]
	ldp	x4, x5, [x1, #32]
	ldp	x2, x3, [x1, #16]
	ldp	x0, x1, [x1]
	eret

/* The first CPU's struct begins in the last page of its stack. */
	.section .bss.stack, "aw", %nobits
	.balign	4096
	.space	STACK_SIZE - CPU_HEADER
stack_top:
	.global guest_boot_cpu
guest_boot_cpu:
	.space	CPU_SIZE

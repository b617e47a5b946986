/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image's head and entry (abi/rmm_el3.h), from EL3 on each CPU with the MMU
 * off: x0 CPU, x1 version, x2 manifest, x3 kind of boot.
 */
#include "platform/qemu/image.h"

	.section .text.start, "ax"
	.global _start
_start:
	b	entry
	.balign	8
	.quad	0x314d4d526b616363	/* RMM_IMAGE_MAGIC */
	.quad	__image_base
	.quad	__file_size
	.quad	__memory_size

entry:
	cmp	x0, #RMM_CPUS
	b.hs	no_stack

	/* SP_EL0 is the stack for exceptions, above the one for the rest. */
	ldr	x4, =__stacks
	add	x5, x0, #1
	add	x4, x4, x5, lsl #STACK_SHIFT
	msr	spsel, #0
	mov	sp, x4
	msr	spsel, #1
	sub	x4, x4, #STACK_EXCEPTION
	mov	sp, x4

	adr	x4, vectors
	msr	vbar_el2, x4
	msr	tpidr_el2, x0
	isb
	bl	boot
	b	.

no_stack:
	ldr	w0, =0xc40001cf		/* RMM_BOOT_COMPLETE */
	mov	x1, #2			/* RMM_BOOT_ERROR_CPU */
	smc	#0
	b	no_stack
	.ltorg

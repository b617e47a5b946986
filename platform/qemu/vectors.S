/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions of a realm end its run (pe_enter.S). Exceptions of the RMM itself
 * are handled on SP_EL0; one kind is expected: a data abort in may_fault.S,
 * which makes the function there answer false. All else is a bug.
 */
#include "platform/qemu/image.h"
#include "platform/qemu/pe.h"

#define EC_SHIFT 26
#define EC_DATA_ABORT 0x25

	.macro	vector number
	.balign	0x80
	msr	spsel, #0
	stp	x0, x1, [sp, #-32]!
	mov	x0, #\number
	b	fatal
	.endm

	.macro	realm_vector kind
	.balign	0x80
	stp	x0, x1, [sp, #-16]!
	mov	x1, #\kind
	b	pe_leave
	.endm

	.section .text
	.balign	0x800
	.global vectors
vectors:
	vector	0
	vector	1
	vector	2
	vector	3

	.balign	0x80
	msr	spsel, #0
	stp	x0, x1, [sp, #-32]!
	str	x2, [sp, #16]
	b	sync

	vector	5
	vector	6
	vector	7
	realm_vector PE_KIND_SYNC
	realm_vector PE_KIND_IRQ
	realm_vector PE_KIND_FIQ
	realm_vector PE_KIND_SERROR
	vector	12
	vector	13
	vector	14
	vector	15

	.balign	0x80
sync:
	mrs	x0, esr_el2
	lsr	x0, x0, #EC_SHIFT
	cmp	x0, #EC_DATA_ABORT
	b.ne	1f
	mrs	x0, elr_el2
	adr	x1, may_fault
	adr	x2, may_fault_end
	cmp	x0, x1
	b.lo	1f
	cmp	x0, x2
	b.hs	1f
	adr	x0, may_fault_failed
	msr	elr_el2, x0
	ldr	x2, [sp, #16]
	ldp	x0, x1, [sp], #32
	eret

1:	mov	x0, #4
fatal:
	bl	exception_panic
	b	.

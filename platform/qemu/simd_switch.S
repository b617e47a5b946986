/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Vector registers to and from memory.
 *
 *	void simd_save(struct pe_simd *to)
 *	void simd_load(const struct pe_simd *from)
 *	void sve_save(void *z, void *p)
 *	void sve_load(const void *z, const void *p)
 */
#define FPCR_AT 512 /* in struct pe_simd, and FPSR */

	.arch_extension sve

	.macro	v_registers op
	\op	q0, q1, [x0, #0]
	\op	q2, q3, [x0, #32]
	\op	q4, q5, [x0, #64]
	\op	q6, q7, [x0, #96]
	\op	q8, q9, [x0, #128]
	\op	q10, q11, [x0, #160]
	\op	q12, q13, [x0, #192]
	\op	q14, q15, [x0, #224]
	\op	q16, q17, [x0, #256]
	\op	q18, q19, [x0, #288]
	\op	q20, q21, [x0, #320]
	\op	q22, q23, [x0, #352]
	\op	q24, q25, [x0, #384]
	\op	q26, q27, [x0, #416]
	\op	q28, q29, [x0, #448]
	\op	q30, q31, [x0, #480]
	.endm

	.macro	z_registers op
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	z\n, [x0, #\n, mul vl]
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23
	\op	z\n, [x0, #\n, mul vl]
	.endr
	.irp	n, 24, 25, 26, 27, 28, 29, 30, 31
	\op	z\n, [x0, #\n, mul vl]
	.endr
	.endm

	.macro	p_registers op
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	p\n, [x1, #\n, mul vl]
	.endr
	.endm

	.section .text
	.global simd_save
simd_save:
	v_registers stp
	mrs	x1, fpcr
	mrs	x2, fpsr
	str	x1, [x0, #FPCR_AT]
	str	x2, [x0, #FPCR_AT + 8]
	ret

	.global simd_load
simd_load:
	v_registers ldp
	ldr	x1, [x0, #FPCR_AT]
	ldr	x2, [x0, #FPCR_AT + 8]
	msr	fpcr, x1
	msr	fpsr, x2
	ret

	/* FFR goes by way of P0. */
	.global sve_save
sve_save:
	z_registers str
	p_registers str
	rdffr	p0.b
	str	p0, [x1, #16, mul vl]
	ldr	p0, [x1]
	ret

	.global sve_load
sve_load:
	z_registers ldr
	ldr	p0, [x1, #16, mul vl]
	wrffr	p0.b
	p_registers ldr
	ret

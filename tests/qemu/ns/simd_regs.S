/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Vector registers between CPU and memory (simd_regs.h).
 */
	.arch_extension sve
	.section .text

	.macro	each op, width, base, from, to
	\op	\width\from, [\base, #\from, mul vl]
	.if	\to - \from
	each	\op, \width, \base, %(\from + 1), \to
	.endif
	.endm

	.altmacro

	.global v_write
v_write:
	ld1	{v0.2d - v3.2d}, [x0], #64
	ld1	{v4.2d - v7.2d}, [x0], #64
	ld1	{v8.2d - v11.2d}, [x0], #64
	ld1	{v12.2d - v15.2d}, [x0], #64
	ld1	{v16.2d - v19.2d}, [x0], #64
	ld1	{v20.2d - v23.2d}, [x0], #64
	ld1	{v24.2d - v27.2d}, [x0], #64
	ld1	{v28.2d - v31.2d}, [x0], #64
	ldp	x1, x2, [x0]
	msr	fpcr, x1
	msr	fpsr, x2
	ret

	.global v_read
v_read:
	st1	{v0.2d - v3.2d}, [x0], #64
	st1	{v4.2d - v7.2d}, [x0], #64
	st1	{v8.2d - v11.2d}, [x0], #64
	st1	{v12.2d - v15.2d}, [x0], #64
	st1	{v16.2d - v19.2d}, [x0], #64
	st1	{v20.2d - v23.2d}, [x0], #64
	st1	{v24.2d - v27.2d}, [x0], #64
	st1	{v28.2d - v31.2d}, [x0], #64
	mrs	x1, fpcr
	mrs	x2, fpsr
	stp	x1, x2, [x0]
	ret

	.global sve_write
sve_write:
	each	ldr, z, x0, 0, 31
	ldr	p0, [x1, #16, mul vl]
	wrffr	p0.b
	each	ldr, p, x1, 0, 15
	ret

	.global sve_read
sve_read:
	each	str, z, x0, 0, 31
	each	str, p, x1, 0, 15
	rdffr	p0.b
	str	p0, [x1, #16, mul vl]
	ldr	p0, [x1]
	ret

	.global sve_length
sve_length:
	rdvl	x0, #1
	ret

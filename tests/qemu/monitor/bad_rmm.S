/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMMs that go wrong when EL3 starts them (abi/rmm_el3.h): RMM_THAT is one of
 * the labels below.
 */
#include "monitor/layout.h"

#define RMM_PANIC_LOW 0x01c9
#define RMM_BOOT_COMPLETE_LOW 0x01cf
#define RMM_BOOT_ERROR_MEMORY 3

	.macro	el3_call low
	mov	x0, #\low
	movk	x0, #0xc400, lsl #16
	smc	#0
	.endm

	.text
	.global _start
_start:
	b	RMM_THAT
	.balign	8
	.quad	0x314d4d526b616363	/* RMM_IMAGE_MAGIC */
	.quad	CARVEOUT_BASE
	.quad	end - _start
	.quad	end - _start

	/* Ready on the first CPU, on all others not; all calls end with 0. */
refuses_warm:
	cbnz	x3, refuses
	mov	x1, #0
	b	1f
	/* Never ready. */
refuses:
	mov	x1, #RMM_BOOT_ERROR_MEMORY
1:	el3_call RMM_BOOT_COMPLETE_LOW
2:	mov	x1, #0
	el3_call 0x018f			/* RMM_RMI_REQ_COMPLETE */
	b	2b

panics:
	el3_call RMM_PANIC_LOW

	/* A register that the Realm world's SCR_EL3 fences off: HFGRTR_EL2. */
traps:
	mov	x7, #0x7777
	mrs	x0, S3_4_C1_C1_4
	b	.
end:

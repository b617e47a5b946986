/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An RMM that tells EL3 at once that it will never be ready (abi/rmm_el3.h):
 * RMM_BOOT_COMPLETE with RMM_BOOT_ERROR_VERSION.
 */
#include "monitor/layout.h"

	.text
	.global start
start:
	b	1f
	.word	0
	.quad	0x314d4d526b616363	/* RMM_IMAGE_MAGIC */
	.quad	CARVEOUT_BASE
	.quad	end - start
	.quad	end - start
1:	mov	x0, #0x01cf
	movk	x0, #0xc400, lsl #16
	mov	x1, #1
	smc	#0
	b	1b
end:

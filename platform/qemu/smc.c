/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI calls as EL3 hands them over: each return from the SMC that ends one
 * request is the next request.
 */
#include "platform/qemu/smc.h"

#include <string.h>

#include "abi/rmm_el3.h"
#include "platform/qemu/el3.h"
#include "rmm/rmm.h"

/* x0 to x4 carry results (abi/rmm_el3.h). */
#define RESULTS 5

_Noreturn void smc_loop(uint64_t status)
{
	uint64_t x[SMCCC_REGS] = { RMM_BOOT_COMPLETE, status };

	for (;;) {
		el3_smc(x);
		rmm_handle_smc(x);
		memmove(&x[1], &x[0], RESULTS * sizeof(x[0]));
		x[0] = RMM_RMI_REQ_COMPLETE;
	}
}

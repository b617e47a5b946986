/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's life on a CPU after it has started.
 */
#ifndef PLATFORM_QEMU_SMC_H
#define PLATFORM_QEMU_SMC_H

#include <stdint.h>

/*
 * Tells EL3 that the RMM started on this CPU (@status 0) or why not
 * (RMM_BOOT_ERROR_*), and answers RMI calls from then on.
 */
_Noreturn void smc_loop(uint64_t status);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Executors: what runs realm code. A realm, known by its VMID, has one, which
 * owns the realm's engine, because atomic instructions of two engines on one
 * memory are not atomic. The realm's RECs take turns on it.
 */
#ifndef SIM_MACHINE_EXECUTOR_H
#define SIM_MACHINE_EXECUTOR_H

#include <stdint.h>

#include "rmm/pe.h"

/*
 * Runs @pe under @regime, as plat_pe_run(): for the CPU of the caller, whose
 * interrupt line ends the run.
 */
void executor_run(struct pe *pe, struct pe_simd *simd,
		  const struct pe_regime *regime, struct pe_exit *exit);

/*
 * When this returns, no PE of the realm uses a translation that it cached.
 * Without it a PE that runs again, and none of its realm in between, may.
 */
void executor_flush_tlb(uint16_t vmid);

/*
 * The same for the granules of [@pa, @pa + @size), which have changed worlds,
 * and all realms. An executor that has none of them in its TLB does not notice.
 */
void executors_forget(uint64_t pa, uint64_t size);

/*
 * No PE begins a run with translated code of these granules of RAM, of no
 * matter which realm: an executor outlives its realm and serves another.
 */
void executors_drop_code(uint64_t pa, uint64_t size);

/* Engines are made anew, with the breakpoints of the debugger. */
void executors_drop_all(void);

/* The realm of a VMID is gone; no effect if it is running. */
void executor_close(uint16_t vmid);
void executors_stop(void);

#endif

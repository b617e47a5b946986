/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PEs as the RMM runs them, and the maintenance of what they cache.
 */
#include "rmm/platform.h"
#include "sim/machine/executor.h"

void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	executor_run(pe, simd, regime, exit);
}

void plat_tlbi_range(uint16_t vmid, uint64_t ipa, uint64_t size)
{
	/* An engine can only forget everything. */
	(void)ipa;
	(void)size;
	executor_flush_tlb(vmid);
}

void plat_tlbi_vmid(uint16_t vmid)
{
	/* A realm that has ended needs no engine; one that runs keeps it. */
	executor_close(vmid);
	executor_flush_tlb(vmid);
}

void plat_icache_invalidate(uint64_t pa, uint64_t size)
{
	executors_drop_code(pa, size);
}

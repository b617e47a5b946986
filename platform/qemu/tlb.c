/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Maintenance of what CPUs keep of a realm: translations, by VMID, and
 * instructions. At Realm EL2 they mean the Realm translation regime.
 */
#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

#define PAGE 4096ull

/* Past this many pages, forgetting the whole VMID is less work. */
#define PAGES_MAX 64

#define CTR_DMINLINE GENMASK_ULL(19, 16) /* log2 of words */

/* The instructions take the VMID from VTTBR_EL2, which no realm uses now. */
static uint64_t vmid_enter(uint16_t vmid)
{
	uint64_t old = read_sysreg(vttbr_el2);

	write_sysreg(vttbr_el2, FIELD_PREP(VTTBR_VMID, vmid));
	isb();
	return old;
}

static void vmid_leave(uint64_t old)
{
	write_sysreg(vttbr_el2, old);
	isb();
}

static void tlbi_ipa(uint64_t ipa)
{
	asm volatile("tlbi ipas2e1is, %0" ::"r"(ipa / PAGE) : "memory");
}

/* Stage 1 entries may hold both stages combined: they must go as well. */
static void tlbi_stage1(void)
{
	dsb();
	asm volatile("tlbi vmalle1is" ::: "memory");
	dsb();
}

static void tlbi_both(void)
{
	asm volatile("tlbi vmalls12e1is" ::: "memory");
	dsb();
}

void plat_tlbi_range(uint16_t vmid, uint64_t ipa, uint64_t size)
{
	uint64_t old;

	if (size > PAGES_MAX * PAGE) {
		plat_tlbi_vmid(vmid);
		return;
	}
	dsb();
	old = vmid_enter(vmid);
	for (uint64_t end = ipa + size; ipa < end; ipa += PAGE)
		tlbi_ipa(ipa);
	tlbi_stage1();
	vmid_leave(old);
}

void plat_tlbi_vmid(uint16_t vmid)
{
	uint64_t old;

	dsb();
	old = vmid_enter(vmid);
	tlbi_both();
	vmid_leave(old);
}

void plat_icache_invalidate(uint64_t pa, uint64_t size)
{
	uint64_t line =
		4ull << FIELD_GET(CTR_DMINLINE, read_sysreg(ctr_el0));

	for (uint64_t at = pa; at < pa + size; at += line)
		asm volatile("dc cvau, %0" ::"r"(plat_realm_view(at))
			     : "memory");
	dsb();
	asm volatile("ic ialluis" ::: "memory");
	dsb();
	isb();
}

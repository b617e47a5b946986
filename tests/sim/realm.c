/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small machine and a bare realm on it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "abi/arm_arch.h"
#include "tests/sim/realm.h"

#define PAGE 4096ull
#define REALM_SIZE (4ull << 20)

#define PTE_VALID 1ull
#define PTE_TABLE 3ull
#define PTE_PAGE 3ull
#define PTE_ADDR 0x0000fffffffff000ull
#define S2_MEMATTR_WB (0xfull << 2)
#define S2_SH_INNER (3ull << 8)
#define S2_AF (1ull << 10)
#define S2_XN (1ull << 54)
#define S2_NONSECURE (1ull << 55)

int start_machine(void **state)
{
	struct machine_conf conf;
	char err[128];

	(void)state;
	if (!machine_conf_parse("test", TEST_MACHINE, &conf, err,
				sizeof(err)) ||
	    !machine_start(&conf, err, sizeof(err)))
		fail_msg("%s", err);
	machine_set_cpu(0);
	return 0;
}

int stop_machine(void **state)
{
	(void)state;
	machine_stop();
	return 0;
}

static uint64_t new_page(struct realm *realm)
{
	uint64_t pa = realm->next_pa;

	realm->next_pa += PAGE;
	memset(plat_realm_view(pa), 0, PAGE);
	return pa;
}

static uint64_t *table_entry(struct realm *realm, uint64_t table,
			     unsigned int index, bool make)
{
	uint64_t *entry = (uint64_t *)plat_realm_view(table) + index;

	if (make && !(*entry & PTE_VALID))
		*entry = new_page(realm) | PTE_TABLE;
	return entry;
}

static uint64_t *page_entry(struct realm *realm, uint64_t ipa)
{
	uint64_t table = realm->root;

	for (int shift = 30; shift > 12; shift -= 9)
		table = *table_entry(realm, table, (ipa >> shift) & 511,
				     true) & PTE_ADDR;
	return table_entry(realm, table, (ipa >> 12) & 511, false);
}

void realm_map_to(struct realm *realm, uint64_t ipa, uint64_t pa,
		  unsigned int access)
{
	uint64_t attributes = S2_MEMATTR_WB | S2_SH_INNER | S2_AF |
			      (uint64_t)(access & (S2_READ | S2_WRITE)) << 6 |
			      (access & S2_EXEC ? 0 : S2_XN) |
			      (access & S2_NS ? S2_NONSECURE : 0);

	*page_entry(realm, ipa) = access ? pa | attributes | PTE_PAGE : 0;
}

uint64_t realm_map(struct realm *realm, uint64_t ipa, unsigned int access)
{
	uint64_t pa = access ? new_page(realm) : 0;

	realm_map_to(realm, ipa, pa, access);
	return pa;
}

uint64_t realm_pa(const struct realm *realm, uint64_t ipa)
{
	uint64_t entry = *page_entry((struct realm *)realm, ipa);

	assert_true(entry & PTE_VALID);
	return (entry & PTE_ADDR) | (ipa & (PAGE - 1));
}

void *realm_at(const struct realm *realm, uint64_t ipa)
{
	return plat_realm_view(realm_pa(realm, ipa));
}

void realm_init(struct realm *realm, unsigned int index)
{
	memset(realm, 0, sizeof(*realm));
	realm->next_pa = TEST_RAM + index * REALM_SIZE;
	/* Where a realm was before, they are the realm world's already. */
	plat_gpt_to_realm(realm->next_pa, REALM_SIZE);
	realm->root = new_page(realm);
	realm_map(realm, CODE_IPA, S2_ALL);
	realm_map(realm, DATA_IPA, S2_READ | S2_WRITE);
	realm_map(realm, DATA2_IPA, S2_READ | S2_WRITE);
	realm_map(realm, VECTORS_IPA, S2_ALL);
	for (unsigned int i = 0; i < 4; i++)
		realm_map(realm, S1_IPA + i * PAGE, S2_READ | S2_WRITE);

	realm->pe.pc = CODE_IPA;
	realm->pe.pstate = PSTATE_DAIF | PSTATE_EL1H;
	realm->pe.sysreg[PE_SCTLR_EL1] = SCTLR_EL1_RESET;
	realm->pe.sysreg[PE_VBAR_EL1] = VECTORS_IPA;
	realm->regime = (struct pe_regime){
		.hcr_el2 = HCR_VM | HCR_SWIO | HCR_PTW | HCR_FMO | HCR_IMO |
			   HCR_AMO | HCR_FB | HCR_BSU_IS | HCR_TWI | HCR_TID3 |
			   HCR_TSC | HCR_RW | HCR_E2H | HCR_TEA | HCR_APK |
			   HCR_API | HCR_FWB,
		.vtcr_el2 = VTCR_RES1 | VTCR_NSA | VTCR_VS |
			    FIELD_PREP(VTCR_PS, 4) | VTCR_SH0_INNER |
			    VTCR_ORGN0_WBRAWA | VTCR_IRGN0_WBRAWA |
			    FIELD_PREP(VTCR_SL0, 1) |
			    FIELD_PREP(VTCR_T0SZ, 64 - 39),
		.vttbr_el2 = realm->root | FIELD_PREP(VTTBR_VMID, index + 1),
		.vmpidr_el2 = MPIDR_RES1,
		.mdcr_el2 = MDCR_TDA | MDCR_TPM | MDCR_TPMCR,
		.cnthctl_el2 = CNTHCTL_EL1PCTEN | CNTHCTL_EL1PTEN,
	};
}

void realm_code(struct realm *realm, uint64_t ipa, const uint32_t *words,
		size_t count)
{
	memcpy(realm_at(realm, ipa), words, 4 * count);
	plat_icache_invalidate(realm_pa(realm, ipa) & ~(PAGE - 1), PAGE);
}

void realm_run(struct realm *realm)
{
	memset(&realm->exit, 0xa5, sizeof(realm->exit));
	plat_pe_run(&realm->pe, &realm->simd, &realm->regime, &realm->exit);
}

unsigned int realm_ec(const struct realm *realm)
{
	assert_int_equal(realm->exit.kind, PE_EXIT_SYNC);
	return (unsigned int)FIELD_GET(ESR_EC, realm->exit.esr);
}

uint32_t realm_iss(const struct realm *realm)
{
	return (uint32_t)(realm->exit.esr & ESR_ISS);
}

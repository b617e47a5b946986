/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers that exist once for both worlds: whatever the host has in
 * them, a call to Realm EL2 leaves it there. Those of EL2 are banked by the
 * monitor or fenced off from the RMM; with those of EL1, of timers and of the
 * GIC the RMM has no business while no realm runs.
 */
#include "abi/rmi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define HCR_BITS (1ull << 31 | 1ull << 19 | 1ull << 1 | 1) /* RW TSC SWIO VM */
#define P 0x5a5a5a5a5a5a5a5aull

/*
 * Register and a value, of which it keeps the bits that it has. Values are such
 * that this code runs on: MMU off, no E2H, no trap of what it uses.
 */
#define REGISTERS(REG) \
	REG(actlr_el2, P) \
	REG(hcr_el2, HCR_BITS) \
	REG(S3_4_C1_C2_2, P) /* HCRX_EL2 */ \
	REG(mdcr_el2, 0x66) \
	REG(cptr_el2, 0x33ff) \
	REG(hstr_el2, 0x5a5a) \
	REG(ttbr0_el2, P) \
	REG(S3_4_C2_C0_1, P) /* TTBR1_EL2 */ \
	REG(tcr_el2, 0x80803510) \
	REG(vttbr_el2, 0x7000048000000) \
	REG(vtcr_el2, 0x80023559) \
	REG(mair_el2, P) \
	REG(amair_el2, P) \
	REG(elr_el2, P) \
	REG(spsr_el2, 0x600003c5) \
	REG(esr_el2, 0x5a5a5a5a) \
	REG(far_el2, P) \
	REG(hpfar_el2, 0x5a5a5a0) \
	REG(afsr0_el2, P) \
	REG(afsr1_el2, P) \
	REG(tpidr_el2, P) \
	REG(S3_4_C13_C0_1, 0x5a5a5a5a) /* CONTEXTIDR_EL2 */ \
	REG(cnthctl_el2, 3) \
	REG(cntvoff_el2, P) \
	REG(vpidr_el2, 0x5a5a5a5a) \
	REG(vmpidr_el2, 0x80005a5a) \
	REG(vdisr_el2, 0x805a5a5a) \
	REG(vsesr_el2, 0x5a5a5a) \
	REG(S3_4_C1_C1_4, P) /* HFGRTR_EL2 */ \
	REG(S3_4_C1_C1_5, P) /* HFGWTR_EL2 */ \
	REG(S3_4_C1_C1_6, P) /* HFGITR_EL2 */ \
	REG(S3_4_C3_C1_4, P) /* HDFGRTR_EL2 */ \
	REG(S3_4_C3_C1_5, P) /* HDFGWTR_EL2 */ \
	REG(S3_4_C14_C0_6, P) /* CNTPOFF_EL2 */ \
	REG(S3_4_C13_C0_7, P) /* SCXTNUM_EL2 */ \
	REG(S3_4_C1_C2_0, 0x5) /* ZCR_EL2 */ \
	REG(S3_4_C14_C2_2, P) /* CNTHP_CVAL_EL2 */ \
	REG(S3_4_C14_C3_2, P) /* CNTHV_CVAL_EL2 */ \
	REG(S3_4_C12_C11_0, 0x4) /* ICH_HCR_EL2 */ \
	REG(S3_4_C12_C11_7, 0x5a000001) /* ICH_VMCR_EL2 */ \
	REG(S3_4_C12_C12_0, 0x5a00000000001b) /* ICH_LR0_EL2 */ \
	REG(S3_4_C12_C9_0, 0x5a) /* ICH_AP1R0_EL2 */ \
	REG(S3_0_C4_C6_0, 0xf0) /* ICC_PMR_EL1 */ \
	REG(S3_0_C12_C12_7, 1) /* ICC_IGRPEN1_EL1 */ \
	REG(sctlr_el1, 0x30d05830) \
	REG(ttbr0_el1, P) \
	REG(ttbr1_el1, P) \
	REG(tcr_el1, P) \
	REG(mair_el1, P) \
	REG(vbar_el1, 0x5a5a000) \
	REG(elr_el1, P) \
	REG(spsr_el1, 0x600003c5) \
	REG(esr_el1, 0x5a5a5a5a) \
	REG(far_el1, P) \
	REG(sp_el0, P) \
	REG(sp_el1, P) \
	REG(cpacr_el1, 0x300000) \
	REG(contextidr_el1, 0x5a5a5a5a) \
	REG(par_el1, 0x5a5a5a000) \
	REG(tpidr_el0, P) \
	REG(tpidrro_el0, P) \
	REG(tpidr_el1, P) \
	REG(cntkctl_el1, 0x3) \
	REG(cntp_cval_el0, P) \
	REG(cntv_cval_el0, P) \
	REG(S3_0_C2_C1_0, P) /* APIAKeyLo_EL1 */ \
	REG(S3_0_C2_C1_1, P) /* APIAKeyHi_EL1 */ \
	REG(S2_0_C0_C0_4, P) /* DBGBVR0_EL1 */ \
	REG(S3_3_C9_C13_2, 0x5a5a) /* PMXEVCNTR_EL0 */

#define BANK_TEST(reg, value) \
	static bool keeps_##reg(uint32_t fid) \
	{ \
		uint64_t old = read_sysreg(reg); \
		uint64_t before, after, status; \
\
		write_sysreg(reg, value); \
		isb(); \
		before = read_sysreg(reg); \
		status = call1(fid, 0).x[0]; \
		after = read_sysreg(reg); \
		write_sysreg(reg, old); \
		isb(); \
		return status == RMI_SUCCESS && before == after; \
	}
REGISTERS(BANK_TEST)

#define BANK_ROW(reg, value) { "RMI keeps " #reg, keeps_##reg },
static const struct {
	const char *name;
	bool (*keeps)(uint32_t fid);
} rows[] = { REGISTERS(BANK_ROW) };

void test_banks(uint32_t fid)
{
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(rows[i].name, rows[i].keeps(fid));
}

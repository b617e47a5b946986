/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCCC 1.2: a call changes its results and nothing else.
 */
#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define REGISTERS 31

static uint64_t pattern(unsigned int i)
{
	return 0xa5a5000000000000ull + i * 0x0000010100010001ull;
}

static bool kept(uint32_t fid, unsigned int first)
{
	uint64_t in[REGISTERS], out[REGISTERS];

	for (unsigned int i = 0; i < REGISTERS; i++)
		in[i] = pattern(i);
	in[0] = fid;
	smc_registers(in, out);
	for (unsigned int i = first; i < REGISTERS; i++)
		if (out[i] != in[i]) {
			print("     x%u became %x\n", i, out[i]);
			return false;
		}
	return true;
}

#define TAG 0x1234567890abcdefull

/* EL2 registers that the RMM uses too, and that a VHE kernel lives in. */
static bool el2_kept(void)
{
	bool same;

	uint64_t sp_el0 = read_sysreg(sp_el0);
	uint64_t vttbr = read_sysreg(vttbr_el2);
	uint64_t mair = read_sysreg(mair_el2);

	write_sysreg(sp_el0, TAG);
	write_sysreg(vttbr_el2, 0x7000048000000ull);
	write_sysreg(mair_el2, TAG);
	isb();
	call1(SMC_RMI_FEATURES, 0);
	same = read_sysreg(sp_el0) == TAG &&
	       read_sysreg(vttbr_el2) == 0x7000048000000ull &&
	       read_sysreg(mair_el2) == TAG;
	write_sysreg(sp_el0, sp_el0);
	write_sysreg(vttbr_el2, vttbr);
	write_sysreg(mair_el2, mair);
	isb();
	return same;
}

void test_registers(void)
{
	expect("RMI_VERSION keeps x4 to x30", kept(SMC_RMI_VERSION, 4));
	expect("RMI_FEATURES keeps x4 to x30", kept(SMC_RMI_FEATURES, 4));
	expect("a failing RMI command keeps x4 to x30",
	       kept(SMC_RMI_REALM_CREATE, 4));
	expect("an RMI number without a command keeps x1 to x30",
	       kept(SMC_RMI_CALL(0x2cf), 1));
	expect("RMI_RTT_READ_ENTRY keeps x5 to x30",
	       kept(SMC_RMI_RTT_READ_ENTRY, 5));
	expect("PSCI_VERSION keeps x1 to x30", kept(PSCI_VERSION, 1));
	expect("a refused call keeps x1 to x30", kept(0xc4000190, 1));
	expect("RMI keeps the host's EL2 registers", el2_kept());
}

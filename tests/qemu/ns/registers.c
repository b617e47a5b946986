/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCCC 1.2: a call changes its results and nothing else.
 */
#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
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

/* D0, D8, D16, D24: code here and in the firmware is built without them. */
#define FP(instruction) ".arch_extension fp\n\t" instruction

void fp_fill(void)
{
	asm volatile(FP("fmov d0, %0") ::"r"(pattern(0)));
	asm volatile(FP("fmov d8, %0") ::"r"(pattern(8)));
	asm volatile(FP("fmov d16, %0") ::"r"(pattern(16)));
	asm volatile(FP("fmov d24, %0") ::"r"(pattern(24)));
}

bool fp_is_filled(void)
{
	uint64_t d0, d8, d16, d24;

	asm volatile(FP("fmov %0, d0") : "=r"(d0));
	asm volatile(FP("fmov %0, d8") : "=r"(d8));
	asm volatile(FP("fmov %0, d16") : "=r"(d16));
	asm volatile(FP("fmov %0, d24") : "=r"(d24));
	return d0 == pattern(0) && d8 == pattern(8) && d16 == pattern(16) &&
	       d24 == pattern(24);
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
}

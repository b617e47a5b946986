/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a realm asks of the RMM, and hears.
 */
#include <string.h>

#include "abi/arm_arch.h"
#include "abi/psci.h"
#include "abi/rsi_layout.h"
#include "abi/rsi_smc.h"
#include "abi/smccc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"
#include "tests/suite/sha256.h"

#define CURRENTEL_EL1 (1u << 2)
#define REGISTERS 31

static uint64_t in_add(uint64_t a, uint64_t b, uint64_t c)
{
	return a + b * c;
}

static uint64_t in_level(uint64_t a, uint64_t b, uint64_t c)
{
	(void)a;
	(void)b;
	(void)c;
	return read_sysreg(currentel);
}

/* An SMC; the answer's register @n. */
static uint64_t in_smc(uint64_t fid, uint64_t x1, uint64_t n)
{
	return call1((uint32_t)fid, x1).x[n];
}

/* The first word of the realm's configuration page. */
static uint64_t in_config(uint64_t a, uint64_t b, uint64_t c)
{
	static struct realm_config config __attribute__((aligned(4096)));

	(void)a;
	(void)b;
	(void)c;
	if (call1(SMC_RSI_REALM_CONFIG, (uint64_t)&config).x[0] != RSI_SUCCESS)
		return 0;
	return config.ipa_width;
}

/* Word @word of measurement @index. */
static uint64_t in_measurement(uint64_t index, uint64_t word, uint64_t c)
{
	uint64_t in[REGISTERS] = { SMC_RSI_MEASUREMENT_READ, index };
	uint64_t out[REGISTERS];

	(void)c;
	smc_registers(in, out);
	return out[0] == RSI_SUCCESS ? out[1 + word] : 0;
}

static uint64_t in_extend(uint64_t index, uint64_t value, uint64_t c)
{
	(void)c;
	return call(SMC_RSI_MEASUREMENT_EXTEND, index, sizeof(value), value, 0,
		    0)
		.x[0];
}

static uint64_t smc(uint64_t fid, uint64_t x1, uint64_t n)
{
	return live_eval(0, in_smc, fid, x1, n);
}

static bool measurement_is(unsigned int index, const uint64_t want[4])
{
	for (unsigned int i = 0; i < 8; i++)
		if (live_eval(0, in_measurement, index, i, 0) !=
		    (i < 4 ? want[i] : 0))
			return false;
	return true;
}

static void test_measurements(void)
{
	uint64_t rem[5] = { 0, 0, 0, 0, 0x5eed };

	expect("the RIM that RSI gives is the one computed here",
	       measurement_is(0, live_rim));
	expect("a REM starts as zero", measurement_is(1, rem));
	expect("RSI_MEASUREMENT_EXTEND succeeds",
	       live_eval(0, in_extend, 1, rem[4], 0) == RSI_SUCCESS);
	sha256(rem, sizeof(rem), rem);
	expect("the REM is the one computed here", measurement_is(1, rem));
	expect("the RIM cannot be extended",
	       live_eval(0, in_extend, 0, 1, 0) == RSI_ERROR_INPUT);
	expect("and is the same as before", measurement_is(0, live_rim));
}

void test_run_rsi(void)
{
	expect("a realm is built from this image", live_build());
	expect("its first REC runs, up to a host call",
	       live_enter(0, 0) == RMI_SUCCESS &&
		       live_exit_is(0, RMI_EXIT_HOST_CALL));
	expect("arguments get in and a result comes out",
	       live_eval(0, in_add, 1000, 20, 3) == 1060);
	expect("it runs at EL1",
	       live_eval(0, in_level, 0, 0, 0) == CURRENTEL_EL1);
	expect("RSI_VERSION is 1.0",
	       smc(SMC_RSI_VERSION, RSI_ABI_VERSION_1_0, 0) == RSI_SUCCESS &&
		       smc(SMC_RSI_VERSION, RSI_ABI_VERSION_1_0, 1) ==
			       RSI_ABI_VERSION_1_0);
	expect("RSI_REALM_CONFIG knows the IPA width",
	       live_eval(0, in_config, 0, 0, 0) == LIVE_IPA_BITS);
	expect("PSCI_VERSION is 1.1",
	       smc(PSCI_VERSION, 0, 0) == PSCI_VERSION_1_1);
	expect("SMCCC_VERSION is 1.2",
	       smc(SMCCC_VERSION, 0, 0) == SMCCC_VERSION_1_2);
	expect("RMI is not for realms",
	       smc(SMC_RMI_VERSION, 0x20000, 0) == SMCCC_NOT_SUPPORTED);
	expect("nor is EL3's interface",
	       smc(0xc40001b1, 0x48000000, 0) == SMCCC_NOT_SUPPORTED);
	test_measurements();
}

void test_run_end(void)
{
	expect("SYSTEM_OFF goes to the host",
	       live_begin(0, in_smc, PSCI_SYSTEM_OFF, 0, 0) == RMI_SUCCESS &&
		       live_exit_is(0, RMI_EXIT_PSCI) &&
		       live_run[0].exit.gprs[0] == PSCI_SYSTEM_OFF);
	expect("and ends the realm",
	       live_enter(0, 0) == RMI_ERROR_REALM);
	expect("it is taken apart", live_destroy());
}

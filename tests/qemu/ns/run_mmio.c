/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices of a realm: loads and stores to unprotected memory where nothing is
 * mapped, which the host emulates.
 */
#include "abi/arm_arch.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define VALUE 0x8899aabbccddeeffull

#define IN_LOAD(name, insn, width) \
	static uint64_t in_##name(uint64_t address, uint64_t b, uint64_t c) \
	{ \
		uint64_t value = b + c; \
		asm volatile(insn " %" width "0, [%1]" \
			     : "+r"(value) \
			     : "r"(address) \
			     : "memory"); \
		return value; \
	}

#define IN_STORE(name, insn, width) \
	static uint64_t in_##name(uint64_t address, uint64_t value, \
				  uint64_t c) \
	{ \
		asm volatile(insn " %" width "0, [%1]" ::"r"(value), \
			     "r"(address) \
			     : "memory"); \
		return c; \
	}

IN_LOAD(ldrb, "ldrb", "w")
IN_LOAD(ldrh, "ldrh", "w")
IN_LOAD(ldr_w, "ldr", "w")
IN_LOAD(ldr_x, "ldr", "x")
IN_LOAD(ldrsb_w, "ldrsb", "w")
IN_LOAD(ldrsb_x, "ldrsb", "x")
IN_LOAD(ldrsh_x, "ldrsh", "x")
IN_LOAD(ldrsw_x, "ldrsw", "x")
IN_STORE(strb, "strb", "w")
IN_STORE(strh, "strh", "w")
IN_STORE(str_w, "str", "w")
IN_STORE(str_x, "str", "x")

static uint64_t in_load_pair(uint64_t address, uint64_t b, uint64_t c)
{
	asm volatile("ldp %0, %1, [%2]"
		     : "+r"(b), "+r"(c)
		     : "r"(address)
		     : "memory");
	return b + c;
}

static const struct {
	const char *name;
	inside_function *function;
	unsigned int size; /* log2 of bytes */
	uint64_t seen; /* by the host, or by the realm after VALUE */
} loads[] = {
	{ "LDRB reads a byte", in_ldrb, 0, 0xff },
	{ "LDRH reads two bytes", in_ldrh, 1, 0xeeff },
	{ "LDR W reads four bytes", in_ldr_w, 2, 0xccddeeff },
	{ "LDR X reads eight bytes", in_ldr_x, 3, VALUE },
	{ "LDRSB W extends to 32 bits", in_ldrsb_w, 0, 0xffffffff },
	{ "LDRSB X extends to 64 bits", in_ldrsb_x, 0, ~0ull },
	{ "LDRSH X extends to 64 bits", in_ldrsh_x, 1, 0xffffffffffffeeffull },
	{ "LDRSW X extends to 64 bits", in_ldrsw_x, 2, 0xffffffffccddeeffull },
}, stores[] = {
	{ "STRB writes a byte", in_strb, 0, 0xff },
	{ "STRH writes two bytes", in_strh, 1, 0xeeff },
	{ "STR W writes four bytes", in_str_w, 2, 0xccddeeff },
	{ "STR X writes eight bytes", in_str_x, 3, VALUE },
};

/* The exit describes an access of this size at @ipa, and can be emulated. */
static bool asked(uint64_t ipa, unsigned int size, bool write)
{
	uint64_t esr = live_run[0].exit.esr;

	return live_exit_class(0, ESR_EC_DATA_ABORT_LOWER) &&
	       live_exit_ipa(0) == ipa && (esr & ESR_ABORT_ISV) &&
	       FIELD_GET(ESR_ABORT_SAS, esr) == size &&
	       !(esr & ESR_ABORT_WNR) == !write &&
	       !(esr & ESR_ABORT_SRT) && !(esr & ESR_ABORT_SSE);
}

static bool load_ok(unsigned int i)
{
	uint64_t ipa = LIVE_DEVICE_IPA + 0x10;

	if (live_begin(0, loads[i].function, ipa, 0, 0) != RMI_SUCCESS ||
	    !asked(ipa, loads[i].size, false) || live_run[0].exit.gprs[0])
		return false;
	live_run[0].enter.gprs[0] = VALUE;
	return live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_SUCCESS &&
	       live_done(0, loads[i].seen);
}

static bool store_ok(unsigned int i)
{
	uint64_t ipa = LIVE_DEVICE_IPA + 0xff8;

	return live_begin(0, stores[i].function, ipa, VALUE, i) ==
		       RMI_SUCCESS &&
	       asked(ipa, stores[i].size, true) &&
	       live_run[0].exit.gprs[0] == stores[i].seen &&
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_SUCCESS &&
	       live_done(0, i);
}

static void test_flags(void)
{
	const uint64_t ipa = LIVE_DEVICE_IPA;

	expect("a REC that made no abort has nothing to emulate",
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_ERROR_REC);
	expect("an access without an answer is made again",
	       live_begin(0, in_ldr_w, ipa, 0, 0) == RMI_SUCCESS &&
		       live_enter(0, 0) == RMI_SUCCESS &&
		       asked(ipa, 2, false));
	live_run[0].enter.gprs[0] = 7;
	expect("until it has one",
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_SUCCESS &&
		       live_done(0, 7));
	expect("LDP leaves without a description",
	       live_begin(0, in_load_pair, ipa, 1, 2) == RMI_SUCCESS &&
		       live_exit_class(0, ESR_EC_DATA_ABORT_LOWER) &&
		       !(live_run[0].exit.esr & ESR_ABORT_ISV) &&
		       live_run[0].exit.far == 0);
	expect("so that it cannot be emulated",
	       live_enter(0, RMI_ENTRY_EMUL_MMIO) == RMI_ERROR_REC);
	expect("but be answered with an external abort",
	       live_enter(0, RMI_ENTRY_INJECT_SEA) == RMI_SUCCESS &&
		       live_done(0, 3));
}

void test_run_mmio(void)
{
	for (unsigned int i = 0; i < sizeof(loads) / sizeof(*loads); i++)
		expect(loads[i].name, load_ok(i));
	for (unsigned int i = 0; i < sizeof(stores) / sizeof(*stores); i++)
		expect(stores[i].name, store_ok(i));
	test_flags();
}

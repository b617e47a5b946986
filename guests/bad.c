// SPDX-License-Identifier: BSD-3-Clause
/*
 * Does what a realm may not: calls that are none, arguments that are wild,
 * jumps and accesses to where nothing is, faults within faults. Each has one
 * right answer, and the realm lives on.
 */
#include "abi/rmi_smc.h"
#include "guests/guest.h"

#define NOWHERE 0x3ffff000ull /* below RAM, in the realm's half */
#define UNMAPPED 0x0b000000ull /* no device, in the host's half */

#define EC_UNKNOWN 0x00
#define EC_FETCH 0x21
#define EC_DATA 0x25
#define FSC(esr) ((esr) & 0x3f)
#define FSC_EXTERNAL 0x10
#define FSC_ALIGNMENT 0x21

/* Where to go on after the exception that is awaited; 0 if none is. */
static volatile u64 recovery;
static struct {
	u64 esr;
	u64 far;
} seen __attribute__((aligned(256)));
static volatile unsigned int depth;

/* One instruction that may fault, with %[arg]. */
#define TRY(insn, argument) \
	do { \
		u64 next; \
		__asm__ volatile("adr %[next], 1f\n\t" \
				 "str %[next], [%[recovery]]\n\t" \
				 insn "\n1:" \
				 : [next] "=&r"(next) \
				 : [recovery] "r"(&recovery), \
				   [arg] "r"(argument) \
				 : "x9", "x10", "x30", "memory"); \
	} while (0)

/* Faults again for each level of @depth. */
static bool handle(struct frame *frame)
{
	u64 back = recovery;

	if (!back || frame->vector != VECTOR_SYNC)
		return false;
	recovery = 0;
	if (depth) {
		depth--;
		TRY("ldr x9, [%[arg]]", NOWHERE);
	}
	seen.esr = frame->esr;
	seen.far = frame->far;
	frame->elr = back;
	return true;
}

static int failed;

static void check(bool good, const char *what)
{
	put(good ? "ok - " : "not ok - ");
	put(what);
	put("\n");
	if (!good)
		failed = 1;
}

static bool saw(u64 class)
{
	bool good = !recovery && ESR_EC(seen.esr) == class;

	recovery = 0;
	return good;
}

static bool saw_external(u64 class)
{
	return saw(class) && FSC(seen.esr) == FSC_EXTERNAL;
}

static void bad_accesses(void)
{
	TRY("ldr x9, [%[arg]]", NOWHERE);
	check(saw_external(EC_DATA) && seen.far == NOWHERE,
	      "a load from empty memory is an external abort");
	TRY("str x9, [%[arg]]", NOWHERE + 8);
	check(saw_external(EC_DATA) && seen.far == NOWHERE + 8,
	      "a store to empty memory is an external abort");
	/* A pair has no syndrome: nobody can emulate it. */
	TRY("ldp x9, x10, [%[arg]]", shared(UNMAPPED));
	check(saw_external(EC_DATA),
	      "a pair from where the host has nothing is an external abort");
	/* Within 16 bytes, FEAT_LSE2 would let it pass. */
	TRY("ldxr x9, [%[arg]]", (u64)&seen + 9);
	check(saw(EC_DATA) && FSC(seen.esr) == FSC_ALIGNMENT,
	      "an unaligned exclusive load is an alignment fault");
}

static void bad_jumps(void)
{
	TRY("blr %[arg]", NOWHERE);
	check(saw_external(EC_FETCH), "a jump to empty memory is an abort");
	TRY("blr %[arg]", shared((u64)main));
	check(saw(EC_FETCH), "a jump into the host's half is an abort");
	TRY("blr %[arg]",
	    BIT_ULL(get_realm_config()->ipa_width) | (u64)main);
	check(saw(EC_FETCH), "a jump outside the IPA space is an abort");
	TRY("blr %[arg]", BIT_ULL(55));
	check(saw(EC_FETCH), "a jump outside any address space is an abort");
}

static void bad_instructions(void)
{
	TRY("hvc #0", 0ull);
	check(saw(EC_UNKNOWN), "HVC is undefined");
	TRY(".inst 0", 0ull);
	check(saw(EC_UNKNOWN), "an undefined instruction is undefined");
	TRY("msr S3_4_C1_C1_0, %[arg]", 0ull);
	check(saw(EC_UNKNOWN), "a write to HCR_EL2 is undefined");
}

static void unknown_calls(void)
{
	static const u32 fids[] = {
		0x00000000, 0x80001234, 0x8400001f, 0xc4000150, 0xc40001d0,
		0xc400019f, 0xc40001af, 0xc6000000, 0xffffffff,
	};
	struct smc call;
	bool good = true;

	for (unsigned int i = 0; i < sizeof(fids) / sizeof(fids[0]); i++)
		good &= smc_call(&call, fids[i], 0) == ~0ull;
	check(good, "calls that are none answer -1");
	/* The upper half of x0 is no part of the number. */
	check(smc_call(&call, 1ull << 32 | PSCI_VERSION, 0) ==
		      PSCI_VERSION_1_1,
	      "a call is named by 32 bits");
}

/* RSI calls with x1, x2: all must answer ERROR_INPUT. */
static void wild_arguments(void)
{
	static const u64 calls[][4] = {
		{ SMC_RSI_REALM_CONFIG, 1 },
		{ SMC_RSI_REALM_CONFIG, NOWHERE },
		{ SMC_RSI_REALM_CONFIG, ~0xfffull },
		{ SMC_RSI_HOST_CALL, (u64)&seen + 8 },
		{ SMC_RSI_HOST_CALL, NOWHERE },
		{ SMC_RSI_HOST_CALL, 1ull << 63 },
		{ SMC_RSI_MEASUREMENT_READ, RSI_MEASUREMENTS },
		{ SMC_RSI_MEASUREMENT_READ, ~0ull },
		{ SMC_RSI_MEASUREMENT_EXTEND, 0, 8 },
		{ SMC_RSI_MEASUREMENT_EXTEND, 1, 65 },
		{ SMC_RSI_IPA_STATE_SET, 1, 0x1000, RMI_RAM },
		{ SMC_RSI_IPA_STATE_SET, 0x1000, 0x1000, RMI_RAM },
		{ SMC_RSI_IPA_STATE_SET, 0x2000, 0x1000, RMI_RAM },
		{ SMC_RSI_IPA_STATE_SET, 0, ~0xfffull, RMI_RAM },
		{ SMC_RSI_IPA_STATE_SET, 0x40000000, 0x40001000, 2 },
		{ SMC_RSI_IPA_STATE_SET, 0x40000000, 0x40001000, ~0ull },
		{ SMC_RSI_IPA_STATE_GET, 1, 0x1000 },
		{ SMC_RSI_IPA_STATE_GET, 0x1000, 0x1000 },
		{ SMC_RSI_IPA_STATE_GET, 0, ~0xfffull },
	};
	bool good = true;

	for (unsigned int i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		struct smc call = {
			.x = { calls[i][0], calls[i][1], calls[i][2],
			       calls[i][3] },
		};

		smc(&call);
		if (call.x[0] == RSI_ERROR_INPUT)
			continue;
		put("call 0x");
		put_hex(calls[i][0], 8);
		put(", row ");
		put_number(i);
		put(", answers ");
		put_number(call.x[0]);
		put("\n");
		good = false;
	}
	check(good, "wild arguments are refused");
}

static void faults_within_faults(void)
{
	depth = FRAME_SLOTS - 2;
	TRY("ldr x9, [%[arg]]", NOWHERE + 16);
	check(saw_external(EC_DATA) && !depth && seen.far == NOWHERE + 16,
	      "faults within faults return one by one");
}

/* The stack pointer is not what exceptions save to. */
static void no_stack(void)
{
	TRY("mov x10, sp\n\t"
	    "mov sp, %[arg]\n\t"
	    "str x9, [sp]\n\t"
	    "1: mov sp, x10\n\t", NOWHERE);
	check(saw_external(EC_DATA), "a stack where nothing is faults once");
}

int main(u64 dtb)
{
	(void)dtb;
	guest_handler = handle;
	bad_accesses();
	bad_jumps();
	bad_instructions();
	unknown_calls();
	wild_arguments();
	faults_within_faults();
	no_stack();
	return failed;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Guests that do what no good one would. The second page says where to go on
 * after an exception, so that one instruction that is none does not end the
 * program: its handler stores to where no memory is, which the VMM sees, and
 * goes on behind.
 */
#include <string.h>

#include "abi/psci.h"
#include "abi/rsi_smc.h"
#include "fuzz/ioctl/dice.h"
#include "fuzz/ioctl/vmm.h"
#include "tests/host/insn.h"

#define VECTOR_WORDS 32 /* 0x80 bytes */
#define VECTORS 16
#define SHARED (1ull << 39) /* of 40 bits, the default */
#define HVC 0xd4000002u
#define MRS_ELR(t) (0xd5384020u | (t))
#define MSR_ELR(t) (0xd5184020u | (t))
#define MSR_VBAR(t) A64_MSR(0, 12, 0, 0, t)

static const u32 handler[] = {
	A64_SET(28, VMM_UART | SHARED), A64_STR_W(28, 28), MRS_ELR(27),
	A64_ADD(27, 27, 4), MSR_ELR(27), A64_ERET,
};

struct program {
	u32 *at;
	u32 *end;
};

static void put(struct program *program, u32 word)
{
	if (program->at < program->end)
		*program->at++ = word;
}

static void put_set(struct program *program, unsigned int reg, u64 value)
{
	const u32 words[] = { A64_SET(reg, value) };

	for (unsigned int i = 0; i < 4; i++)
		put(program, words[i]);
}

static u64 address(void)
{
	static const u64 bases[] = {
		VMM_BASE, VMM_BASE + 0x1000, VMM_BASE + 0x200000,
		VMM_BASE | SHARED, (VMM_BASE + 0x3000) | SHARED,
		VMM_UART | SHARED, VMM_UART, 0, SHARED - VMM_PAGE, SHARED,
		2 * SHARED - VMM_PAGE, 1ull << 47, VMM_GICD | SHARED,
		VMM_GICR | SHARED, (VMM_GICR + 0x10000) | SHARED,
	};

	return bases[dice_below(15)] + dice_below(4) * VMM_PAGE +
	       (dice_once_in(3) ? dice_below(0x1000) & ~7u : 0);
}

static u64 argument(void)
{
	switch (dice_below(4)) {
	case 0:
		return dice_below(8);
	case 1:
		return dice();
	default:
		return address() & ~(VMM_PAGE - 1);
	}
}

/* What realms ask for; SYSTEM_OFF seldom, since it is the end. */
static u64 function(void)
{
	static const u32 functions[] = {
		PSCI_VERSION, PSCI_FEATURES, PSCI_CPU_SUSPEND,
		PSCI_64(PSCI_CPU_ON), PSCI_64(PSCI_AFFINITY_INFO), PSCI_CPU_OFF,
		0xc5000000u, 0x80000000u,
	};

	if (dice_once_in(40))
		return dice_once_in(2) ? PSCI_SYSTEM_OFF : PSCI_SYSTEM_RESET;
	if (dice_once_in(2))
		return SMC_RSI_CALL(RSI_FNUM_FIRST + dice_below(12));
	return functions[dice_below(8)];
}

static void put_smc(struct program *program)
{
	put_set(program, 0, function());
	for (unsigned int reg = 1; reg < 5; reg++)
		put_set(program, reg, argument());
	/* A range that is one, in half of the cases. */
	if (dice_once_in(2))
		put(program, A64_ADD(2, 1, 0xffcu) | 1u << 22);
	put(program, A64_SMC);
}

/* A range of its own memory, that it wants or gives up. */
static void put_ripas(struct program *program)
{
	u64 base = VMM_BASE + dice_below(0x400) * VMM_PAGE;

	put_set(program, 0, SMC_RSI_IPA_STATE_SET);
	put_set(program, 1, base);
	put_set(program, 2, base + (1 + dice_below(0x220)) * VMM_PAGE);
	put_set(program, 3, dice_below(2));
	put_set(program, 4, dice_below(2));
	put(program, A64_SMC);
}

/* Other vCPUs start with this program, too. */
static void put_psci(struct program *program)
{
	put_set(program, 0, dice_once_in(3) ? PSCI_64(PSCI_AFFINITY_INFO) :
					      PSCI_64(PSCI_CPU_ON));
	put_set(program, 1, dice_below(4));
	put_set(program, 2, dice_once_in(3) ? 0 : VMM_BASE);
	put(program, A64_SMC);
}

/* A message to the host: RHI, or nothing that it knows. */
static void put_host_call(struct program *program)
{
	u64 at = VMM_BASE + 0x3000 + dice_below(8) * 0x100;

	put_set(program, 9, at);
	put(program, A64_STR_X(31, 9));
	put_set(program, 10, RHI_HOSTCONF_VERSION + dice_below(4));
	put_set(program, 9, at + 8);
	put(program, A64_STR_X(10, 9));
	put_set(program, 0, SMC_RSI_HOST_CALL);
	put_set(program, 1, at);
	put(program, A64_SMC);
}

static void put_access(struct program *program)
{
	put_set(program, 9, address());
	switch (dice_below(5)) {
	case 0:
		put(program, A64_LDR_X(10, 9, 0));
		break;
	case 1:
		put(program, A64_STR_X(10, 9));
		break;
	case 2:
		put(program, A64_LDRB(10, 9));
		break;
	case 3:
		put(program, A64_LDP(10, 11, 9));
		break;
	default:
		put(program, A64_BR(9));
		break;
	}
}

static void put_odd(struct program *program)
{
	static const u32 odd[] = {
		HVC, A64_WFI, A64_ISB, A64_IRQ_ON, A64_ERET,
	};

	put(program, odd[dice_below(5)]);
}

static void put_word(struct program *program)
{
	put(program, (u32)dice());
}

/* Any that is written or read by MSR and MRS, also the GIC's. */
static void put_sysreg(struct program *program)
{
	if (dice_once_in(3))
		put(program, A64_MSR(0, 12, 8 + dice_below(5), dice_below(8),
				     dice_below(31)));
	else
		put(program, 0xd5100000u | ((u32)dice() & 0x2fffffu));
}

static void put_something(struct program *program)
{
	static void (*const ways[])(struct program *program) = {
		put_word, put_word, put_sysreg, put_odd, put_smc, put_smc,
		put_ripas, put_psci, put_host_call, put_access, put_access,
		put_access,
	};

	ways[dice_below(12)](program);
}

void hostile_program(u8 *to, u64 bytes)
{
	struct program program = { (u32 *)to, (u32 *)(to + bytes) };
	u64 start = VMM_BASE + VMM_PAGE;

	for (unsigned int i = 0; i < VECTORS; i++)
		memcpy(to + VMM_PAGE + i * VECTOR_WORDS * 4ull, handler,
		       sizeof(handler));
	program.end = (u32 *)(to + VMM_PAGE);
	put_set(&program, 0, start);
	put(&program, MSR_VBAR(0));
	for (unsigned int i = 10 + dice_below(60); i > 0; i--)
		put_something(&program);
	put_set(&program, 0, PSCI_SYSTEM_OFF);
	put(&program, dice_once_in(4) ? A64_B_SELF : A64_SMC);
}

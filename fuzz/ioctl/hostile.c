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
		2 * SHARED - VMM_PAGE, 1ull << 47,
	};

	return bases[dice_below(12)] + dice_below(4) * VMM_PAGE +
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

static void put_something(struct program *program)
{
	static const u32 odd[] = {
		HVC, A64_WFI, A64_ISB, A64_IRQ_ON, A64_ERET,
	};

	switch (dice_below(10)) {
	case 0:
	case 1:
		put(program, (u32)dice());
		break;
	case 2: /* any system register */
		put(program, 0xd5100000u | ((u32)dice() & 0x2fffffu));
		break;
	case 3:
		put(program, odd[dice_below(5)]);
		break;
	case 4:
	case 5:
	case 6:
		put_smc(program);
		break;
	default:
		put_access(program);
		break;
	}
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

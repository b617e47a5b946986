/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm that touches every system register there can be: reads it, and
 * writes back what it read. All of that is the realm's own, or Undefined to it;
 * nothing of it may stop the machine, by an exception to EL3 for instance.
 */
#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define INSN_MOV_X0_0 0xd2800000u
#define INSN_RET 0xd65f03c0u
#define INSN_MRS_X0 0xd5300000u /* op0 is 2, all else 0 */
#define INSN_MSR_X0 0xd5100000u

/* One CRn: op0, op1, CRn are fixed, CRm and op2 go through all values. */
#define STEPS 128
#define REGISTER(step) ((uint32_t)(step) << 5)
#define GROUPS 256
#define GROUP(group) ((uint32_t)(group) << 12)

static uint32_t code[3 * STEPS + 1] __attribute__((aligned(4096)));

static void code_write(uint32_t group)
{
	uint32_t *to = code;

	for (unsigned int step = 0; step < STEPS; step++) {
		*to++ = INSN_MOV_X0_0;
		*to++ = INSN_MRS_X0 | GROUP(group) | REGISTER(step);
		*to++ = INSN_MSR_X0 | GROUP(group) | REGISTER(step);
	}
	*to = INSN_RET;
	dsb();
	asm volatile("ic iallu" ::: "memory");
	dsb();
	isb();
}

/* Exceptions that it took. */
static uint64_t in_sweep(uint64_t group, uint64_t b, uint64_t c)
{
	struct inside *self = inside_self();

	self->exceptions = b + c;
	code_write((uint32_t)group);
	((void (*)(void))code)();
	return self->exceptions;
}

/* The GIC's registers that the host emulates end the run. */
static bool asks_host(void)
{
	return live_exit_class(0, ESR_EC_SYSREG);
}

static bool sweep(uint64_t group, uint64_t *exceptions)
{
	uint64_t status = live_begin(0, in_sweep, group, 0, 0);

	while (status == RMI_SUCCESS && asks_host()) {
		live_run[0].enter.gprs[0] = 0;
		status = live_enter(0, 0);
	}
	*exceptions += live_run[0].exit.gprs[0];
	return status == RMI_SUCCESS && live_exit_is(0, RMI_EXIT_HOST_CALL);
}

void test_sweep(void)
{
	uint64_t exceptions = 0;
	bool alive;

	test_start_rmm();
	expect("a realm is built", live_build());
	alive = live_enter(0, 0) == RMI_SUCCESS;
	for (uint64_t group = 0; group < GROUPS && alive; group++)
		alive = sweep(group, &exceptions);
	print("     %u of %u accesses were exceptions of the realm\n",
	      (unsigned int)exceptions, 2 * GROUPS * STEPS);
	expect("a realm may try every system register", alive);
	expect("and most are Undefined",
	       exceptions > GROUPS * STEPS &&
		       exceptions < 2 * GROUPS * STEPS - 64);
	expect("the realm is taken apart", live_destroy());
}

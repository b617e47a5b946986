/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm's loop and its exceptions.
 */
#include "tests/qemu/ns/inside.h"

#include "abi/arm_arch.h"
#include "abi/gic.h"
#include "abi/rsi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define ICC_PMR S3_0_C4_C6_0
#define ICC_IAR1 S3_0_C12_C12_0
#define ICC_EOIR1 S3_0_C12_C12_1
#define ICC_IGRPEN1 S3_0_C12_C12_7

#define ICC_READ(reg) read_sysreg(reg)
#define ICC_WRITE(reg, value) write_sysreg(reg, value)

static struct inside inside[LIVE_RECS];

struct inside *inside_self(void)
{
	return (struct inside *)read_sysreg(tpidr_el1);
}

/* From inside_start.S: goes on after the access, or at the caller of a jump. */
void inside_sync(uint64_t return_address);
void inside_sync(uint64_t return_address)
{
	struct inside *self = inside_self();
	uint64_t esr = read_sysreg(esr_el1);

	self->exceptions++;
	self->esr = esr;
	self->far = read_sysreg(far_el1);
	if (FIELD_GET(ESR_EC, esr) == ESR_EC_INST_ABORT)
		write_sysreg(elr_el1, return_address);
	else
		write_sysreg(elr_el1, read_sysreg(elr_el1) + 4);
}

void inside_interrupt(void);
void inside_interrupt(void)
{
	struct inside *self = inside_self();
	uint64_t intid = ICC_READ(ICC_IAR1);

	if (intid == INTID_PPI_CNTV)
		write_sysreg(cntv_ctl_el0, 0);
	if (intid == INTID_PPI_CNTP)
		write_sysreg(cntp_ctl_el0, 0);
	inside_gic_end(intid);
	self->intid = intid;
	self->interrupts++;
}

void inside_gic_end(uint64_t intid)
{
	ICC_WRITE(ICC_EOIR1, intid);
	isb();
}

void inside_gic_on(void)
{
	ICC_WRITE(ICC_PMR, 0xff);
	ICC_WRITE(ICC_IGRPEN1, 1);
	isb();
}

uint64_t inside_wait_interrupt(void)
{
	struct inside *self = inside_self();
	uint64_t before = self->interrupts;

	inside_gic_on();
	asm volatile("msr daifclr, #2" ::: "memory");
	while (self->interrupts == before)
		relax();
	asm volatile("msr daifset, #2" ::: "memory");
	return self->intid;
}

uint64_t inside_read(uint64_t address, uint64_t b, uint64_t c)
{
	uint64_t value = b + c;

	asm volatile("ldr %0, [%1]" : "+r"(value) : "r"(address) : "memory");
	return value;
}

uint64_t inside_write(uint64_t address, uint64_t value, uint64_t c)
{
	asm volatile("str %0, [%1]" ::"r"(value), "r"(address) : "memory");
	return c;
}

uint64_t inside_jump(uint64_t address, uint64_t b, uint64_t c)
{
	((void (*)(void))address)();
	return b + c;
}

/* gprs[0] is the last result; the answer is a function and its arguments. */
static void work(struct rsi_host_call *ask)
{
	inside_function *function;

	call1(SMC_RSI_HOST_CALL, (uint64_t)ask);
	dsb();
	function = (inside_function *)ask->gprs[0];
	ask->gprs[0] = function(ask->gprs[1], ask->gprs[2], ask->gprs[3]);
	dsb();
}

_Noreturn void inside_main(uint64_t rec);
_Noreturn void inside_main(uint64_t rec)
{
	write_sysreg(tpidr_el1, &inside[rec]);
	for (;;)
		work(&inside[rec].host_call);
}

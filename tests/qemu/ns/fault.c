/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Accesses that may fault.
 */
#include "abi/arm_arch.h"
#include "monitor/layout.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define FSC_GPF 0x28 /* not on a table walk */

static struct fault faults[CPUS_MAX];

/* From start.S: goes on after the access, or at the caller of a jump. */
void note_fault(uint64_t return_address);
void note_fault(uint64_t return_address)
{
	struct fault *fault = &faults[this_cpu()];
	uint64_t class = FIELD_GET(ESR_EC, read_sysreg(esr_el2));

	fault->count++;
	fault->esr = read_sysreg(esr_el2);
	fault->far = read_sysreg(far_el2);
	if (class == ESR_EC_INST_ABORT)
		write_sysreg(elr_el2, return_address);
	else
		write_sysreg(elr_el2, read_sysreg(elr_el2) + 4);
	if (class != ESR_EC_INST_ABORT && class != ESR_EC_DATA_ABORT) {
		print("exception, ESR_EL2 %x ELR_EL2 %x\n", fault->esr,
		      read_sysreg(elr_el2));
		expect("no exception but aborts", false);
		finish();
	}
}

bool can_read(uint64_t pa, uint64_t *value)
{
	const struct fault *fault = &faults[this_cpu()];
	uint64_t before = *(const volatile uint64_t *)&fault->count;
	uint64_t word = 0;

	asm volatile("ldr %0, [%1]" : "+r"(word) : "r"(pa) : "memory");
	if (value)
		*value = word;
	return *(const volatile uint64_t *)&fault->count == before;
}

bool can_write(uint64_t pa, uint64_t value)
{
	const struct fault *fault = &faults[this_cpu()];
	uint64_t before = *(const volatile uint64_t *)&fault->count;

	asm volatile("str %0, [%1]" ::"r"(value), "r"(pa) : "memory");
	return *(const volatile uint64_t *)&fault->count == before;
}

bool can_execute(uint64_t pa)
{
	const struct fault *fault = &faults[this_cpu()];
	uint64_t before = *(const volatile uint64_t *)&fault->count;

	((void (*)(void))pa)();
	return *(const volatile uint64_t *)&fault->count == before;
}

bool was_gpf(uint64_t pa)
{
	const struct fault *fault = &faults[this_cpu()];

	return FIELD_GET(ESR_ABORT_FSC, fault->esr) == FSC_GPF &&
	       fault->far == pa;
}

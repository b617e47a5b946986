/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm's side of the virtual CPU interface (Arm IHI 0069, chapter 12):
 * ICC_*_EL1 at EL1, which work on the list registers of the CPU that the REC
 * runs on (ich.h), and the interrupts that they deliver.
 *
 * Of what ICH_HCR_EL2 can trap, TDIR is here; and the registers that generate
 * SGIs, which trap for whoever has virtual interrupts.
 */
#ifndef SIM_MACHINE_ICC_H
#define SIM_MACHINE_ICC_H

#include <stdbool.h>
#include <stdint.h>

/* True for an encoding (SYSREG()) of the CPU interface's registers. */
bool icc_is(uint32_t encoding);

enum icc_result {
	ICC_DONE,
	ICC_UNDEF, /* no such register, or not in this direction */
	ICC_TRAP, /* the hypervisor's business */
};

enum icc_result icc_read(unsigned int cpu, uint32_t encoding, uint64_t *value);
enum icc_result icc_write(unsigned int cpu, uint32_t encoding, uint64_t value);

/* What the interface asserts at the PE, whatever PSTATE masks. */
enum icc_signal {
	ICC_NOTHING,
	ICC_IRQ, /* Group 1 */
	ICC_FIQ, /* Group 0 */
};

enum icc_signal icc_signal(unsigned int cpu);

#endif

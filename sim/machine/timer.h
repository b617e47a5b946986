/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The timers that a REC owns: CNTP and CNTV at EL1 (Arm DDI 0487, chapter D12).
 * Offsets are zero, so that both compare with the machine's counter.
 */
#ifndef SIM_MACHINE_TIMER_H
#define SIM_MACHINE_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/pe.h"

struct timers {
	struct timer {
		uint64_t ctl; /* ENABLE and IMASK */
		uint64_t cval;
		bool masked; /* by CNTHCTL_EL2: its output goes nowhere */
	} p, v;
};

void timers_load(struct timers *timers, const struct pe *pe,
		 const struct pe_regime *regime);

/* With ISTATUS as it is at @now. */
void timers_store(const struct timers *timers, struct pe *pe, uint64_t now);

/*
 * The counter at which an output is high that is not masked; in the past if it
 * is high already, UINT64_MAX if that will never be.
 */
uint64_t timers_deadline(const struct timers *timers);

/* True for the counter's and the timers' registers, by SYSREG(). */
bool timer_is(uint32_t encoding, bool read);

/*
 * True if EL1, or @el 0 if EL1 lets it, may use the register without a trap to
 * EL2 or EL1. CNTHCTL_EL2 has the layout of HCR_EL2.E2H.
 */
bool timer_allowed(uint32_t encoding, unsigned int el, uint64_t cntkctl_el1,
		   uint64_t cnthctl_el2);

uint64_t timer_read(const struct timers *timers, uint32_t encoding,
		    uint64_t now);
void timer_write(struct timers *timers, uint32_t encoding, uint64_t value,
		 uint64_t now);

#endif

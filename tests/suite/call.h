/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls of the RMM under test. Each is also noted down (ledger.h), so that what
 * a condition built can be taken apart after it.
 */
#ifndef SUITE_CALL_H
#define SUITE_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_smc.h"
#include "tests/suite/port.h"

#define CALL_ARGS 5

extern const struct suite_port *port;

/* x0 to x17 after the last SMC. */
extern uint64_t answer[SUITE_SMC_REGS];

/* One SMC with x1 to x5, the rest zero: x0. */
uint64_t smc(uint32_t fid, const uint64_t args[CALL_ARGS]);
#define rmi(NAME, ...) \
	smc(SMC_RMI_##NAME, (const uint64_t[CALL_ARGS]){ __VA_ARGS__ })

/*
 * The call, and if it opens a stateful operation, that to its end: donates what
 * is asked for, takes what is given back. The final x0; answer[] has the
 * results.
 */
uint64_t drive(uint32_t fid, const uint64_t args[CALL_ARGS]);
#define driven(NAME, ...) \
	drive(SMC_RMI_##NAME, (const uint64_t[CALL_ARGS]){ __VA_ARGS__ })

/* The rest of an operation whose last answer was @ret with x2 = @request. */
uint64_t drive_on(uint64_t handle, uint64_t ret, uint64_t request);

/*
 * One SMC with a pattern in the registers that are no arguments; true if those
 * behind the results come back as they were: x4, or with @first more, to x17.
 */
#define CALL_FILLER 0x5a5a000000000000ull
bool smc_keeps_registers(uint32_t fid, const uint64_t args[CALL_ARGS],
			 unsigned int first);

/* The next SMC, or that of the next drive(), is what the condition is about. */
void call_subject(void);

/*
 * A range command, repeated from where it stopped until all is done or it
 * fails: @at is the number of the argument that is the base.
 */
uint64_t call_range(uint32_t fid, unsigned int at,
		    const uint64_t args[CALL_ARGS]);
#define ranged(NAME, at, ...) \
	call_range(SMC_RMI_##NAME, at, \
		   (const uint64_t[CALL_ARGS]){ __VA_ARGS__ })

#endif

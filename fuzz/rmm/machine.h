/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small machine under the RMM, for inputs by the thousand a second: some
 * hundred granules of RAM (ram.h). Everything that a machine may refuse can be
 * armed. It holds the RMM to its side of rmm/platform.h: a
 * look at memory that is not the RMM's, a write to the host that the running
 * command has no business with, or a granule given back with something in it
 * stops the fuzzer.
 */
#ifndef FUZZ_RMM_MACHINE_H
#define FUZZ_RMM_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fuzz/rmm/ram.h"
#include "rmm/platform.h"

#define MACHINE_CPUS 4
#define MACHINE_LRS 4
#define MACHINE_NO_PAGE 1ull

extern struct machine {
	unsigned int cpu; /* on which the RMM is called */

	/* What happens next. A countdown of N lets N - 1 pass; 0 is never. */
	unsigned int irq; /* countdown of looks at the interrupt line */
	unsigned int gpt; /* countdown of changes that EL3 refuses */
	unsigned int read; /* countdown of copies from the host that fail */
	unsigned int write; /* and to the host */
	unsigned int flip; /* after so many copies the host changes its mind */
	bool irq_pending;

	/* Where the command that runs may write the host's memory. */
	uint64_t may_write; /* a page */

	struct {
		uint64_t lr[MACHINE_LRS];
		uint64_t hcr;
	} ich[MACHINE_CPUS];
} machine;

/* Cold boot of the machine of @kind: all as new, memory zero, Non-secure. */
void machine_reset(unsigned int kind);

/* The RMM took another size of granules; nothing has been delegated yet. */
void machine_resize(unsigned int shift);

/* No more faults, no interrupt. */
void machine_calm(void);

/* log2 of what an entry at @level translates. */
unsigned int machine_entry_shift(int level);

/* The @index-th whole granule of RAM, from both ranges. */
uint64_t machine_page(unsigned int index);

/* The host's own view: NULL if a touch would fault. */
void *machine_host_view(uint64_t pa);

/* True if @pa is RAM in the Realm PAS. */
bool machine_is_realm(uint64_t pa);

/* Says what is wrong, by whom, and stops. */
_Noreturn void machine_fail(const char *what, uint64_t value);

#endif

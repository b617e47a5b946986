/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small machine under the RMM, for inputs by the thousand a second: 800
 * granules of RAM in two ranges, one at an odd base. Everything that a machine
 * may refuse can be armed. It holds the RMM to its side of rmm/platform.h: a
 * look at memory that is not the RMM's, a write to the host that the running
 * command has no business with, or a granule given back with something in it
 * stops the fuzzer.
 */
#ifndef FUZZ_RMM_MACHINE_H
#define FUZZ_RMM_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rmm/platform.h"

#define PAGE 0x1000ull
#define RAM0_BASE 0x80000000ull
#define RAM0_PAGES 704u /* one block of level 2, and some */
#define RAM1_BASE 0x100003000ull
#define RAM1_PAGES 96u
#define RAM_PAGES (RAM0_PAGES + RAM1_PAGES)
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

/* Cold boot: all of it as new, memory zero and Non-secure. */
void machine_reset(void);

/* No more faults, no interrupt. */
void machine_calm(void);

/* The @index-th page of RAM, from both ranges. */
uint64_t machine_page(unsigned int index);

/* The host's own view: NULL if a touch would fault. */
void *machine_host_view(uint64_t pa);

/* True if @pa is RAM in the Realm PAS. */
bool machine_is_realm(uint64_t pa);

/* Says what is wrong, by whom, and stops. */
_Noreturn void machine_fail(const char *what, uint64_t value);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The port: all that the suite asks of an RMM and of the machine under it. To
 * test an RMM of one's own, write these few functions, put them into a shared
 * object that exports suite_port(), and run `suite --rmm FILE.so`; or link them
 * with the suite's core into a program that has no C library.
 *
 * One thread calls all of them.
 */
#ifndef SUITE_PORT_H
#define SUITE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUITE_PORT_VERSION 1

#define SUITE_SMC_REGS 18

/*
 * Properties.
 *
 * STRICT: the RMM asks all questions of a command in the order in which the
 * reference lists them, and makes the choices that README.md names where
 * sources differ. Without it the suite holds the RMM only to what all agree on.
 */
#define SUITE_STRICT 1u

struct suite_port {
	uint32_t version; /* SUITE_PORT_VERSION */
	uint32_t properties;
	const char *name; /* of the RMM, for the report */

	/*
	 * Cold start: the RMM's state is INIT, all memory is Non-secure, no
	 * interrupt is pending. Called again for a fresh machine. False if that
	 * is impossible; after a first success that means: not a second time.
	 */
	bool (*open)(void);
	void (*close)(void); /* after the last call; may be NULL */

	/*
	 * The @index-th range of RAM that may be delegated and that nobody but
	 * the suite uses; false past the last. The suite uses the first that
	 * holds 1024 granules. It should hold 4096, and behind 512 of them,
	 * aligned, a block of level 2: 2 MiB with granules of 4 KiB, 32 MiB
	 * with 16 KiB, 512 MiB with 64 KiB. Elsewhere it may have a block of
	 * level 1, 1 GiB with 4 KiB, which is used as such. The conditions for
	 * which there is too little are skipped.
	 */
	bool (*ram)(unsigned int index, uint64_t *base, uint64_t *size);

	/*
	 * The host's view of a physical address in that RAM, as far as the end
	 * of its granule. The suite touches no granule that it has delegated.
	 */
	void *(*memory)(uint64_t pa);

	/*
	 * True if the host can touch that granule, as it must be able to touch
	 * one that was given back. NULL: a host that touches what it may not
	 * just goes on.
	 */
	bool (*accessible)(uint64_t pa);

	/*
	 * Addresses of granules in which RMI must not believe: one below the
	 * width of physical addresses at which there is no memory, and one that
	 * is EL3's or Secure (0: the machine has none).
	 */
	uint64_t no_ram;
	uint64_t not_ours;

	/* An SMC from Non-secure EL2, x0 to x17, in and out. */
	void (*smc)(uint64_t x[SUITE_SMC_REGS]);

	/*
	 * The physical interrupt line of the CPU that makes the SMCs. NULL: the
	 * conditions that need it are skipped.
	 */
	void (*irq)(bool high);

	/*
	 * List register @index of that CPU, ICH_LR<n>_EL2. NULL: as above.
	 */
	void (*list_register)(unsigned int index, uint64_t value);

	/*
	 * What realms execute: code for address 0 of a granule, position
	 * independent, that does what agent.h says. NULL: the suite's own, for
	 * AArch64. A port whose realms cannot execute code at all says so by
	 * @no_guest, and the conditions that need it are skipped.
	 */
	const void *agent;
	size_t agent_size; /* at most 4096 */
	bool no_guest;

	/*
	 * Tells which call is the one that a condition is about: the next SMC.
	 * For ports that trace, or that lie on purpose; may be NULL.
	 */
	void (*subject)(void);
};

/* What a shared object exports, by this type and the name suite_port. */
typedef const struct suite_port *suite_port_function(void);

#endif

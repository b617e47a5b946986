/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the realms of the fault matrix are, and what runs in them. An abort ends
 * a realm rather than leave it to abort for ever: its vectors turn it off.
 */
#ifndef TESTS_FAULTS_PROGRAMS_H
#define TESTS_FAULTS_PROGRAMS_H

#include <linux/types.h>

/* Memory of a realm: a slot of pages over two tables, and one of a block. */
#define RAM_BASE 0x40000000ull
#define RAM_SIZE 0x400000ull
#define RAM_PAGE(n) (RAM_BASE + (n) * 0x1000ull)
#define BLOCK_BASE 0x80000000ull
#define BLOCK_SIZE 0x200000ull
#define SHARED_BIT (1ull << 39) /* of the default, 40 bits */

/* Stores to the UART end KVM_RUN; these say how far the program has come. */
#define MARK_1 0x111u
#define MARK_2 0x222u

#define HOST_CALL 0xc5000040u /* forwarded to user space */

/* Code, the page for host calls, the vectors. */
#define PROGRAM_PAGES 3

struct program {
	const u32 *words;
	size_t size;
};

extern const struct program program_off; /* nothing but the end */
extern const struct program program_run; /* every kind of exit */
extern const struct program program_grow; /* touches memory of each kind */
extern const struct program program_share; /* gives memory up and back */

/* Puts @program and what it needs into the PROGRAM_PAGES at @ram. */
void program_place(const struct program *program, u8 *ram);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small machine without an RMM, and a realm on it that is nothing but stage 2
 * tables and a PE: enough to see how a PE behaves.
 */
#ifndef TESTS_SIM_REALM_H
#define TESTS_SIM_REALM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rmm/platform.h"
#include "sim/machine/machine.h"

#define TEST_RAM 0x80000000ull
#define TEST_RAM_SIZE (32ull << 20)
#define TEST_MACHINE "ram = 0x80000000+32M\ncpus = 4\nrmm = no\n"

/* Where realm_init() puts things, as IPAs; each has a page of its own PA. */
#define CODE_IPA 0x40000000ull
#define DATA_IPA 0x40010000ull
#define DATA2_IPA 0x40011000ull
#define VECTORS_IPA 0x40020000ull
#define S1_IPA 0x40030000ull /* for stage 1 tables, 4 pages */
#define HOLE_IPA 0x40100000ull /* not mapped */

/* Stage 2 access of a page */
#define S2_READ (1u << 0)
#define S2_WRITE (1u << 1)
#define S2_EXEC (1u << 2)
#define S2_NS (1u << 3) /* its PA is in the Non-secure PAS */
#define S2_ALL (S2_READ | S2_WRITE | S2_EXEC)

struct realm {
	struct pe pe;
	struct pe_simd simd;
	struct pe_regime regime;
	struct pe_exit exit;
	uint64_t root; /* PA of the level 1 table */
	uint64_t next_pa; /* unused RAM */
};

/* Setup and teardown of cmocka: the machine of TEST_MACHINE. */
int start_machine(void **state);
int stop_machine(void **state);

/*
 * An empty realm of 39 bits of IPA with the pages above, in its own megabytes
 * of RAM (@index, from 0); PC at CODE_IPA, EL1h, all traps of the RMM on.
 */
void realm_init(struct realm *realm, unsigned int index);

/* Maps or, with @access 0, unmaps a page. A new page is zero. */
uint64_t realm_map(struct realm *realm, uint64_t ipa, unsigned int access);
void realm_map_to(struct realm *realm, uint64_t ipa, uint64_t pa,
		  unsigned int access);
uint64_t realm_pa(const struct realm *realm, uint64_t ipa);

/* The RMM's view of a mapped IPA. */
void *realm_at(const struct realm *realm, uint64_t ipa);

/* Writes instructions to @ipa, which is mapped. */
void realm_code(struct realm *realm, uint64_t ipa, const uint32_t *words,
		size_t count);

#define REALM_CODE(realm, ipa, ...) \
	realm_code(realm, ipa, (const uint32_t[]){ __VA_ARGS__ }, \
		   sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4)

/* plat_pe_run(), for realm->exit. */
void realm_run(struct realm *realm);

/* The exception class and the ISS of the last exit. */
unsigned int realm_ec(const struct realm *realm);
uint32_t realm_iss(const struct realm *realm);

#endif

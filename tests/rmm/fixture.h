/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms for tests to begin with, and the proof that a refused command changed
 * nothing.
 */
#ifndef TESTS_RMM_FIXTURE_H
#define TESTS_RMM_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_platform.h"
#include "rmm/granule.h"
#include "rmm/rtt.h"

#define PAGE granule_size()
#define BLOCK2 rtt_entry_size(2)
#define BLOCK1 rtt_entry_size(1)

/* Setup of a test: an RMM that is ACTIVE. Teardown: its ledger agrees. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* A realm in the state NEW: PA of its RD. Its roots are as many as it takes. */
uint64_t fixture_realm(unsigned int ipa_bits, int level_start);

/*
 * The realm that most tests use: start level 1; two roots, but one with
 * granules of 64 KiB.
 */
#define FIXTURE_IPA_BITS (granule_shift() == 12 ? 40 : 48)
#define FIXTURE_LEVEL_START 1
#define FIXTURE_PAR_END (1ull << (FIXTURE_IPA_BITS - 1))
#define FIXTURE_IPA_END (1ull << FIXTURE_IPA_BITS)
uint64_t fixture_realm_default(void);

/* The tables on the way to @ipa, from below the root down to @level. */
void fixture_tables(uint64_t rd, uint64_t ipa, int level);

/* A new table of @level; its PA. */
uint64_t fixture_table(uint64_t rd, uint64_t ipa, int level);

/* One page of DATA at @ipa, below a table of level 3; its PA. */
uint64_t fixture_page(uint64_t rd, uint64_t ipa);

/* RTT_INIT_RIPAS over the whole range. */
void fixture_ram(uint64_t rd, uint64_t base, uint64_t top);

/* The RIPAS of the entry for @ipa, by hand. */
void fixture_set_ripas(uint64_t rd, uint64_t ipa, enum rmi_ripas ripas);

/* Realm states by hand, so that no test needs RECs for them. */
void fixture_set_realm_state(uint64_t rd, enum realm_state state);

/* Descriptor of @count blocks; flags of a LIST with @count entries. */
uint64_t fixture_desc(uint64_t pa, int level, unsigned int count);
#define UNDELEGATED RMI_ADDR_RANGE_UNDELEGATED
#define LIST(count) (RMI_OADDR_LIST | (uint64_t)(count) << 2)

/* The part of a range of RAM that is whole granules. */
uint64_t fixture_ram_base(unsigned int range);
uint64_t fixture_ram_top(unsigned int range);

/* State of the granule at @pa. */
enum granule_state fixture_state(uint64_t pa);

/* RTT_READ_ENTRY must answer this. */
void fixture_expect_entry(uint64_t rd, uint64_t ipa, int level,
			  enum rmi_rtte_state state, uint64_t desc,
			  enum rmi_ripas ripas);

/* Digest of all granule states, PAS, Realm memory and Non-secure pages. */
uint64_t fixture_digest(void);

/* @call must answer @ret, and change nothing. */
#define assert_refused(call, ret) \
	do { \
		uint64_t before = fixture_digest(); \
		assert_int_equal(call, ret); \
		assert_int_equal(fixture_digest(), before); \
	} while (0)

/*
 * Runs a program's tests for granules of each size, up to @last
 * (RMI_GRANULE_SIZE_*): what they call PAGE and BLOCK is of that size, and
 * fixture_setup() makes a machine with enough memory for a few blocks.
 */
#define fixture_run(tests, last) \
	fixture_run_sizes(tests, sizeof(tests) / sizeof((tests)[0]), last)
int fixture_run_sizes(const struct CMUnitTest *tests, size_t count,
		      unsigned int last);

#define fixture_test(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif

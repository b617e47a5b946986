/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm with a table of level 2, and memory for blocks, that an interrupt
 * finds in the middle of things.
 */
#ifndef TESTS_RMM_YIELD_KIT_H
#define TESTS_RMM_YIELD_KIT_H

#include "fixture.h"

#define NONE RET(INCOMPLETE)
#define CANCELLABLE (NONE | RMI_RETURN_CAN_CANCEL)

extern struct yield_kit {
	uint64_t rd;
	uint64_t pa; /* of four blocks */
	uint64_t handle;
	unsigned int calls; /* of the last command that was driven */
} yield;

int yield_setup(void **state);
#define yield_test(name) \
	cmocka_unit_test_setup_teardown(name, yield_setup, fixture_teardown)

/* Setup: a map, or an unmapping, of the block at BLOCK2 has just begun. */
int mapping_setup(void **state);
int unmapping_setup(void **state);
#define mapping_test(name) \
	cmocka_unit_test_setup_teardown(name, mapping_setup, fixture_teardown)
#define unmapping_test(name) \
	cmocka_unit_test_setup_teardown(name, unmapping_setup, \
					fixture_teardown)

/* One DATA_MAP or DATA_UNMAP of blocks from BLOCK2 on. */
uint64_t map_blocks(unsigned int count);
uint64_t unmap_blocks(unsigned int count, uint64_t flags, uint64_t list);

/* OP_CONTINUE until it is over; @ret is the first answer. */
uint64_t drive(uint64_t ret);

/* All granules of the @n-th block are in @state. */
void assert_block(unsigned int n, enum granule_state state);

#endif

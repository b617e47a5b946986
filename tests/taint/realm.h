/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm of the scene: two RECs, three pages of memory, tables for a page in
 * either half, all in TAINT_GRANULES delegated granules in a row.
 */
#ifndef TESTS_TAINT_REALM_H
#define TESTS_TAINT_REALM_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/taint/guest.h"

#define TAINT_PAGE 0x1000ull
#define TAINT_GRANULES 16
#define TAINT_DATA 3

struct taint_realm {
	bool public; /* it has no secrets */
	uint64_t base; /* its granules */
	uint64_t rd;
	uint64_t rec[2]; /* the second waits for CPU_ON */
	uint64_t data[TAINT_DATA]; /* from GUEST_BASE on */
	uint64_t run; /* the host's pages */
	uint64_t list;
	uint64_t params;
};

/* Makes @realm, ACTIVE, of the delegated granules at realm->base. */
void taint_realm_make(struct taint_realm *realm);

/* Takes it apart; its granules are DELEGATED. */
void taint_realm_end(struct taint_realm *realm);

/* An operation that gives memory back, to its end: its last status. */
uint64_t taint_reclaim(const struct taint_realm *realm, uint64_t handle);

#endif

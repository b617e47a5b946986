/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A REALM_CREATE that would succeed, for tests of what it refuses: change the
 * parameters, and call create() or create_refused().
 */
#ifndef TESTS_RMM_CREATE_KIT_H
#define TESTS_RMM_CREATE_KIT_H

#include "realm_kit.h"

/* Granules for the descriptor and 16 roots; the page of parameters. */
extern struct make {
	uint64_t rd;
	uint64_t root;
	uint64_t params;
} make;

/* Setup of a test: an RMM that is ACTIVE, and `make`. */
int make_setup(void **state);

/* What the page holds. */
struct realm_params *params(void);

/* REALM_CREATE of `make`. */
uint64_t create(void);

/* REALM_CREATE must answer @status and leave everything as it was. */
void create_refused(uint64_t rd, uint64_t page, uint64_t status);

#endif

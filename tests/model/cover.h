/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which commands of abi/rmi_table.h were made, and how they ended, so that none
 * is forgotten: each has to be accepted and refused, but for those that cannot.
 */
#ifndef TESTS_MODEL_COVER_H
#define TESTS_MODEL_COVER_H

#include <stdbool.h>
#include <stdint.h>

/* An SMC was made, in any process. */
void cover_init(void);
void cover_note(uint64_t fid, uint64_t x0);

/* Says what is missing; true if nothing is. */
bool cover_is_whole(void);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The granule protection table: which granules of RAM are in the Realm PAS,
 * and which RMI call put them there. Addresses are offsets of views.h.
 */
#ifndef SIM_MACHINE_GPT_H
#define SIM_MACHINE_GPT_H

#include <stdbool.h>
#include <stdint.h>

bool gpt_start(void);
void gpt_stop(void);

/*
 * Moves the granules of [@pa, @pa + @size) between the Non-secure and the Realm
 * PAS; @call is the number of the RMI call that asked. False, and nothing is
 * moved, if one of them is no RAM or not where it should come from.
 */
bool gpt_to_realm(uint64_t pa, uint64_t size, uint64_t call);
bool gpt_to_ns(uint64_t pa, uint64_t size);

/* True if the granule at @offset is in the Realm PAS; @call may be NULL. */
bool gpt_is_realm(uint64_t offset, uint64_t *call);

uint64_t gpt_realm_granules(void);

/* Changes with every move of a granule. */
uint64_t gpt_moves(void);

/*
 * Between these two the granule at @offset stays Non-secure. False, and nothing
 * to leave, if it is not.
 */
bool gpt_ns_enter(uint64_t offset);
void gpt_ns_leave(uint64_t offset);

#endif

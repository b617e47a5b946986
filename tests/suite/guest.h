/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm's side of a condition: the agent of the first REC does one
 * operation, and either comes back from it or leaves to the host by it.
 */
#ifndef SUITE_GUEST_H
#define SUITE_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "tests/suite/agent.h"

/* Puts the agent's code into a page. */
void guest_put_agent(void *page);

/* REC_ENTER of @rec with @flags: its status. */
uint64_t guest_enter(uint64_t rec, uint64_t flags);

/* The run page's halves; the box of the first REC. */
struct rec_enter *guest_said(void);
const struct rec_exit *guest_exit(void);
struct agent_box *guest_box(void);

/* The first REC runs until it suspends for the first time. */
bool guest_begin(void);

/*
 * The first REC, which is suspended, is entered to do @op with the operands
 * that are in its box: the status of REC_ENTER.
 */
uint64_t guest_start(enum agent_op op, uint64_t flags);
uint64_t guest_start_with(enum agent_op op, uint64_t x0, uint64_t x1);

/* It is entered again, for what it is doing. */
uint64_t guest_goes_on(uint64_t flags);

/* The last exit was the agent's, which has done its operation. */
bool guest_done(void);

/* It was for this reason. */
bool guest_left(unsigned int reason);

/* An operation that comes back, as part of a setup. */
bool guest_does(enum agent_op op, uint64_t x0, uint64_t x1);

/* An SMC of the realm, box->x[] are its registers: the status of REC_ENTER. */
uint64_t guest_smc(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		   uint64_t x4);

/* An SMC that leaves for @reason, as part of a setup. */
bool guest_leaves_by(unsigned int reason, uint64_t fid, uint64_t x1,
		     uint64_t x2, uint64_t x3, uint64_t x4);

/* PSCI SYSTEM_OFF, as part of a setup. */
bool guest_system_off(void);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running the agent.
 */
#include "tests/suite/guest.h"

#include <string.h>

#include "abi/psci.h"
#include "tests/suite/call.h"
#include "tests/suite/value.h"
#include "tests/suite/expect.h"

#define FILLER 0x5a00ull

extern const uint8_t suite_agent[], suite_agent_end[];

/* What the agent was last seen to have done. */
static uint64_t done;

void guest_put_agent(void *page)
{
	memset(page, 0, GRANULE);
	if (port->agent)
		memcpy(page, port->agent, port->agent_size);
	else if (!port->no_guest)
		memcpy(page, suite_agent,
		       (size_t)(suite_agent_end - suite_agent));
}

static struct rec_run *run(void)
{
	return port->memory(value_of(RUN));
}

struct rec_enter *guest_said(void)
{
	return &run()->enter;
}

const struct rec_exit *guest_exit(void)
{
	return &run()->exit;
}

struct agent_box *guest_box(void)
{
	return port->memory(value_of(BOX));
}

uint64_t guest_enter(uint64_t rec, uint64_t flags)
{
	run()->enter.flags = flags;
	return rmi(REC_ENTER, rec, value_of(RUN));
}

bool guest_left(unsigned int reason)
{
	return guest_exit()->exit_reason == reason;
}

bool guest_done(void)
{
	return guest_left(RMI_EXIT_PSCI) &&
	       guest_exit()->gprs[0] == PSCI_64(PSCI_CPU_SUSPEND) &&
	       guest_box()->done == done + 1;
}

bool guest_begin(void)
{
	if (port->no_guest) {
		verdict_skip("realms cannot execute code");
		return false;
	}
	done = 0;
	return expect_result("REC_ENTER", RMI_SUCCESS,
			     guest_enter(value_of(REC), 0)) &&
	       expect("the agent has begun", guest_done());
}

uint64_t guest_goes_on(uint64_t flags)
{
	return guest_enter(value_of(REC), flags);
}

uint64_t guest_start(enum agent_op op, uint64_t flags)
{
	struct agent_box *box = guest_box();

	done = box->done;
	box->op = op;
	box->exceptions = 0;
	return guest_goes_on(flags);
}

uint64_t guest_start_with(enum agent_op op, uint64_t x0, uint64_t x1)
{
	struct agent_box *box = guest_box();

	box->x[0] = x0;
	box->x[1] = x1;
	return guest_start(op, 0);
}

bool guest_does(enum agent_op op, uint64_t x0, uint64_t x1)
{
	return expect_result("REC_ENTER", RMI_SUCCESS,
			     guest_start_with(op, x0, x1)) &&
	       expect("the agent has done it", guest_done());
}

uint64_t guest_smc(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		   uint64_t x4)
{
	uint64_t *x = guest_box()->x;

	for (unsigned int i = 5; i < 18; i++)
		x[i] = FILLER + i;
	x[0] = fid;
	x[1] = x1;
	x[2] = x2;
	x[3] = x3;
	x[4] = x4;
	return guest_start(AGENT_SMC, 0);
}

bool guest_leaves_by(unsigned int reason, uint64_t fid, uint64_t x1,
		     uint64_t x2, uint64_t x3, uint64_t x4)
{
	return expect_result("REC_ENTER", RMI_SUCCESS,
			     guest_smc(fid, x1, x2, x3, x4)) &&
	       expect_value("exit reason", reason, guest_exit()->exit_reason);
}

bool guest_system_off(void)
{
	return guest_leaves_by(RMI_EXIT_PSCI, PSCI_SYSTEM_OFF, 0, 0, 0, 0);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One input from the first byte to the last: a machine as new, what a host does
 * at boot, steps, and the end of everything.
 *
 *	byte 0   bit 0: a realm is there, in NEW
 *	         bit 1: and it is ACTIVE
 *	         bit 2: realms are terminated before they are unmapped
 *	         bit 3: the RMM is not ACTIVE; then no realm
 *	         the rest: what kind of realm
 *
 * The same code runs under libFuzzer and in replay.c; neither must be able to
 * tell how it came here, so that what one finds the other shows.
 */
#include "fuzz/rmm/target.h"

#include "fuzz/rmm/check.h"
#include "fuzz/rmm/command.h"
#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"

#define START_REALM 1
#define START_RUNNING 2
#define END_TERMINATED 4
#define START_COLD 8

#define START_PAGES 48u

uint64_t target_commands;

static void boot(uint8_t start)
{
	struct call call;

	if (start & START_COLD)
		return;
	host_call(&call, RMM_CONFIG_SET, host_page(HOST_CONFIG));
	host_call(&call, RMM_ACTIVATE, 0);
	host_call(&call, GRANULE_RANGE_DELEGATE, RAM0_BASE + 0x200000,
		  RAM0_BASE + 0x200000 + START_PAGES * PAGE);
	if (start & START_REALM)
		scenario_start(start >> 4, start & START_RUNNING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t start;

	machine_reset();
	world_reset();
	input_open(data, size);
	start = input_byte();
	boot(start);
	while (input_more())
		command_step();
	check_all();

	host_teardown(start & END_TERMINATED);
	check_nothing_left();
	target_commands += world.commands;
	return 0;
}

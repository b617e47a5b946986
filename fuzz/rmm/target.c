/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One input from the first byte to the last: a machine as new, what a host does
 * at boot, steps, and the end of everything.
 *
 *	start    bit 0: a realm is there, in NEW
 *	         bit 1: and it is ACTIVE
 *	         bit 2: realms are terminated before they are unmapped
 *	         bit 3: the RMM is not ACTIVE; then no realm
 *	         the rest: what kind of realm
 *
 * is the first byte where granules are of 4 KiB. Else it is the second one, and
 * the first says the size:
 *
 *	size     bits 3, 6 and 7 are 1, 1 and 0
 *	         bit 0: tracking regions are the larger ones
 *	         bit 4: 64 KiB, else 16
 *
 * The same code runs under libFuzzer and in replay.c; neither must be able to
 * tell how it came here, so that what one finds the other shows.
 */
#include "fuzz/rmm/target.h"

#include "fuzz/rmm/check.h"
#include "fuzz/rmm/command.h"
#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"
#include "rmm/config.h"

#define START_REALM 1
#define START_RUNNING 2
#define END_TERMINATED 4
#define START_COLD 8

#define START_PAGES 48u

#define SIZE_MASK 0xc8
#define SIZE_SAID 0x48
#define SIZE_REGION 1
#define SIZE_64K 0x10

uint64_t target_commands;

/* What the first byte says of a configuration, as RmiRmmConfig has it. */
static struct config size_of(uint8_t first)
{
	if ((first & SIZE_MASK) != SIZE_SAID)
		return (struct config){ RMI_GRANULE_SIZE_4KB, 0 };
	return (struct config){
		.granule = first & SIZE_64K ? RMI_GRANULE_SIZE_64KB :
					      RMI_GRANULE_SIZE_16KB,
		.region = first & SIZE_REGION,
	};
}

static void configure(const struct config *config)
{
	uint64_t page = host_page(HOST_CONFIG);
	struct call call;

	host_write(page, config->region);
	host_write(page + 8, config->granule);
	if (host_call(&call, RMM_CONFIG_SET, page) != RMI_SUCCESS)
		machine_fail("no granules of this size", config->granule);
}

static void boot(uint8_t start, const struct config *config)
{
	struct call call;

	if (start & START_COLD)
		return;
	configure(config);
	host_call(&call, RMM_ACTIVATE, 0);
	host_call(&call, GRANULE_RANGE_DELEGATE, START_BASE,
		  START_BASE + START_PAGES * PAGE);
	if (start & START_REALM)
		scenario_start(start >> 4, start & START_RUNNING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config;
	uint8_t start;

	input_open(data, size);
	start = input_byte();
	config = size_of(start);
	if (config.granule != RMI_GRANULE_SIZE_4KB)
		start = input_byte();
	machine_reset(config.granule);
	world_reset();
	boot(start, &config);
	while (input_more())
		command_step();
	check_all();

	host_teardown(start & END_TERMINATED);
	check_nothing_left();
	target_commands += world.commands;
	return 0;
}

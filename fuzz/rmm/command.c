/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A command from bytes: which, a byte that says what is wrong with it, then a
 * byte an argument. The dictionary is abi/rmi_table.h.
 */
#include "fuzz/rmm/command.h"

#include <string.h>

#include "abi/rmi_table.h"
#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"
#include "fuzz/rmm/value.h"

#define ARGS 6

static const struct command {
	uint32_t fid;
	const char *args; /* names with spaces between */
} commands[] = {
#define COMMAND_ROW(NAME, name, args, results) { SMC_RMI_##NAME, args },
	RMI_CALL_TABLE(COMMAND_ROW)
#undef COMMAND_ROW
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

/* The ways to values of each, found once. */
static struct {
	unsigned int args;
	value_fn *value[ARGS];
} ways[COMMANDS];

static void find_ways(unsigned int i)
{
	char names[64];
	char *rest;

	strncpy(names, commands[i].args, sizeof(names) - 1);
	names[sizeof(names) - 1] = '\0';
	for (char *name = strtok_r(names, " ", &rest); name;
	     name = strtok_r(NULL, " ", &rest))
		ways[i].value[ways[i].args++] =
			value_find(name, commands[i].fid);
}

static void find_all_ways(void)
{
	static bool found;

	if (found)
		return;
	for (unsigned int i = 0; i < COMMANDS; i++)
		find_ways(i);
	found = true;
}

/* What goes wrong below the RMM while the command runs. */
static void arm(void)
{
	uint8_t bits = input_byte();
	unsigned int *const countdown[6] = {
		&machine.irq, &machine.gpt, &machine.read, &machine.write,
		&machine.flip, &machine.irq,
	};

	if (bits % 8 < 6)
		*countdown[bits % 8] = 1 + (bits >> 3);
	else
		machine.irq_pending = true;
}

#define WRONG_PAGE 0x40 /* a page that an argument points to */
#define WRONG_MACHINE 0x80 /* the rest are arguments, a bit each */

static void run(unsigned int i)
{
	struct call call = { .fid = commands[i].fid };
	uint8_t wrong = input_byte();

	for (unsigned int n = 0; n < ways[i].args; n++) {
		uint64_t value = ways[i].value[n](&call, input_byte());

		if (wrong & 1 << n)
			value = value_bend(&call, n, value);
		call.in[1 + n] = value;
	}
	if (wrong & WRONG_PAGE && ways[i].args)
		value_spoil_page(call.in[ways[i].args]);
	if (wrong & WRONG_MACHINE)
		arm();
	host_smc(&call);
	machine_calm();
}

/* A number that nobody has heard of, or with the SVE hint. */
static void run_unknown(void)
{
	struct call call = { .fid = 0xc4000000u | input_byte() << 8 };

	call.fid |= input_byte();
	host_smc(&call);
}

/* The host loads what its REC is to see of the GIC. */
static void load_gic(void)
{
	unsigned int lr = input_byte() % MACHINE_LRS;

	machine.ich[machine.cpu].lr[lr] = input_word();
	machine.ich[machine.cpu].hcr = input_byte();
}

/*
 * Bytes of a step: commands, scenarios, and what is left. With another row in
 * the table the kept inputs are others, and as good: `make fuzz-corpus`.
 */
#define BYTES_COMMANDS 136
#define BYTES_SCENARIOS 84
#define BYTES_UNKNOWN 4
#define BYTES_GIC 4

void command_step(void)
{
	unsigned int what = input_byte();

	find_all_ways();
	if (what < BYTES_COMMANDS)
		run(what % COMMANDS);
	else if (what < BYTES_COMMANDS + BYTES_SCENARIOS)
		scenario_run((what - BYTES_COMMANDS) % SCENARIOS);
	else if (what >= 256 - BYTES_GIC)
		load_gic();
	else if (what >= 256 - BYTES_GIC - BYTES_UNKNOWN)
		run_unknown();
	else
		scenario_run(SCENARIO_ENTER);
}

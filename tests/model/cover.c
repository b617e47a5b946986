/* SPDX-License-Identifier: BSD-3-Clause */
/* Two marks a command; see cover.h. */
#include <stdio.h>
#include <string.h>

#include "abi/rmi_table.h"
#include "cover.h"
#include "world.h"

static const struct command {
	uint64_t fid;
	const char *name;
} commands[] = {
#define COVER_COMMAND(NAME, name, args, results) { SMC_RMI_##NAME, #NAME },
	RMI_CALL_TABLE(COVER_COMMAND)
#undef COVER_COMMAND
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

/* What the specification, or this machine, gives no way to. */
static const struct never {
	uint64_t fid;
	bool accepted;
} nevers[] = {
	{ SMC_RMI_FEATURES, false }, /* has no error */
	{ SMC_RMI_GPT_L1_CREATE, true }, /* the table is there */
	{ SMC_RMI_GPT_L1_DESTROY, true }, /* not supported */
};

/* By the last bits of a number, which are the command's own. */
#define MARKS 1024

static struct mark {
	uint8_t seen[2]; /* by whether it was accepted */
} *marks;

static struct mark *mark_of(uint64_t fid)
{
	return &marks[fid % MARKS];
}

void cover_init(void)
{
	marks = world_shared(MARKS * sizeof(*marks));
}

void cover_note(uint64_t fid, uint64_t x0)
{
	bool accepted = RMI_RETURN_STATUS(x0) == RMI_SUCCESS ||
			RMI_RETURN_STATUS(x0) == RMI_INCOMPLETE;

	/* Others would have to fetch what is written. */
	if (!mark_of(fid)->seen[accepted])
		mark_of(fid)->seen[accepted] = 1;
}

static bool is_never(uint64_t fid, bool accepted)
{
	for (size_t i = 0; i < sizeof(nevers) / sizeof(nevers[0]); i++) {
		if (nevers[i].fid == fid && nevers[i].accepted == accepted)
			return true;
	}
	return false;
}

static bool is_right(unsigned int command, bool accepted)
{
	static const char *const was[] = { "refused", "accepted" };
	uint64_t fid = commands[command].fid;
	bool never = is_never(fid, accepted);

	if (mark_of(fid)->seen[accepted] != never)
		return true;
	printf("model: %s was %s %s\n", commands[command].name,
	       never ? "once" : "never", was[accepted]);
	return false;
}

bool cover_is_whole(void)
{
	bool whole = true;

	for (unsigned int i = 0; i < COMMANDS; i++) {
		whole &= is_right(i, false);
		whole &= is_right(i, true);
	}
	return whole;
}

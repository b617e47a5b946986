/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls, and what is seen after them; see host.h. */
#include "tests/taint/host.h"

#include <string.h>

#include "abi/rmi_table.h"
#include "abi/smccc.h"
#include "rmm/rmm.h"
#include "tests/rmm/fake_platform.h"
#include "tests/taint/memory.h"
#include "tests/taint/secret.h"
#include "tests/taint/watch.h"

#define STACK_BYTES 0x6000

uint64_t host_out[18];
host_leak_fn *host_leak;

static struct command {
	uint32_t fid;
	const char *name;
	const char *args;
	const char *results;
	unsigned int succeeded, failed;
} commands[] = {
#define COMMAND_ROW(NAME, name, args, results) \
	{ SMC_RMI_##NAME, #NAME, args, results, 0, 0 },
	RMI_CALL_TABLE(COMMAND_ROW)
#undef COMMAND_ROW
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

/* What this RMM cannot do, and what no argument makes fail. */
static const uint32_t never_succeeds[] = {
	SMC_RMI_GPT_L1_CREATE, SMC_RMI_GPT_L1_DESTROY,
};
static const uint32_t never_fails[] = { SMC_RMI_FEATURES };

void host_reset(void)
{
	for (unsigned int i = 0; i < COMMANDS; i++)
		commands[i].succeeded = commands[i].failed = 0;
}

static struct command *find(uint32_t fid)
{
	for (unsigned int i = 0; i < COMMANDS; i++) {
		if (commands[i].fid == fid)
			return &commands[i];
	}
	fail_msg("0x%x is no command", fid);
	return NULL;
}

static bool in_list(const uint32_t *list, size_t count, uint32_t fid)
{
	while (count--) {
		if (list[count] == fid)
			return true;
	}
	return false;
}
#define IN_LIST(list, fid) in_list(list, sizeof(list) / sizeof(list[0]), fid)

const char *host_not_covered(void)
{
	for (unsigned int i = 0; i < COMMANDS; i++) {
		const struct command *command = &commands[i];

		if ((!command->succeeded &&
		     !IN_LIST(never_succeeds, command->fid)) ||
		    (!command->failed && !IN_LIST(never_fails, command->fid)))
			return command->name;
	}
	return NULL;
}

/*
 * What lies about on the stack is a secret, too: a structure that goes to the
 * host without having been cleared shows it.
 */
static __attribute__((noinline)) void taint_stack(void)
{
	uint8_t bytes[STACK_BYTES];

	secret_fill(bytes, sizeof(bytes), 0x57ac);
	__asm__ volatile("" : : "r"(bytes) : "memory");
}

/* x1 to x3 are the command's; what is no result above them is the caller's. */
static void watch_registers(const struct command *command,
			    const uint64_t in[18])
{
	unsigned int results = rmi_table_words(command->results);

	if (host_out[0] == SMCCC_NOT_SUPPORTED)
		results = 0;
	for (unsigned int i = results + 1; i < 18; i++) {
		uint64_t want = i <= 3 ? 0 : in[i];

		if (host_out[i] != want)
			watch_wrong("what is no result is in register", i);
	}
	for (unsigned int i = 0; i < 18; i++)
		watch_see("a secret is in register", i, &host_out[i],
			  sizeof(host_out[i]));
}

/* All that the host can see now. */
static void watch(const struct command *command, const uint64_t in[18])
{
	watch_registers(command, in);
	watch_see("a secret is in the GIC of CPU", fake_cpu,
		  &fake.ich[fake_cpu], sizeof(fake.ich[0]));
	memory_watch();
}

uint64_t host_call_array(uint32_t fid, const uint64_t args[6])
{
	struct command *command = find(fid);
	uint64_t in[18] = { fid };

	memcpy(&in[1], args, 6 * sizeof(in[1]));
	for (unsigned int i = 7; i < 18; i++)
		in[i] = 0x1111111111111111ull * (i - 6);
	memcpy(host_out, in, sizeof(in));
	watch_call(command->name);
	if (!watch_finding()) {
		memory_taint();
		taint_stack();
	}
	rmm_handle_smc(host_out);
	if (host_leak)
		host_leak(fid, in, host_out);

	if (host_failed(host_out[0]))
		command->failed++;
	else
		command->succeeded++;
	if (!watch_finding())
		watch(command, in);
	return host_out[0];
}

void host_refusals(uint64_t rd, const uint64_t *values, unsigned int count)
{
	for (unsigned int i = 0; i < COMMANDS; i++) {
		const struct command *command = &commands[i];

		if (command->fid == SMC_RMI_REC_DESTROY)
			continue;
		for (unsigned int n = 0; n < count; n++) {
			uint64_t v = values[n];

			host_call_array(command->fid, (const uint64_t[6]){
					v, v, v, v, v, v });
			if (!strncmp(command->args, "rd ", 3))
				host_call_array(command->fid,
						(const uint64_t[6]){
						rd, v, v, v, v, v });
		}
	}
}

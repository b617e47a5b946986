// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca: Arm CCA realms, on a simulated machine or through /dev/kvm.
 */
#include <stdio.h>

#include "vmm/host.h"
#include "vmm/measure.h"
#include "vmm/options.h"
#include "vmm/probe.h"
#include "vmm/run.h"
#include "vmm/supervise.h"

/* A probe runs no realm; it has no reason to take longer. */
#define PROBE_SECONDS 60

static void help_machines(const char *const *name)
{
	printf("\nBuilt-in machines, the default first:\n");
	for (; *name; name++)
		printf("  %s\n", *name);
}

static void help(enum command command)
{
	options_help(command, stdout);
	if (command == COMMAND_NONE || command == COMMAND_MEASURE)
		return;
	for (const struct host *const *host = hosts; *host; host++)
		if (*(*host)->machines())
			help_machines((*host)->machines());
}

int main(int argc, char **argv)
{
	struct options options;
	struct err err;

	if (!options_parse(argc, argv, &options, &err)) {
		err_print(&err);
		return STATUS_USAGE;
	}
	if (options.help) {
		help(options.command);
		return STATUS_OK;
	}
	if (options.version) {
		printf("cca %s\n", CCA_VERSION);
		return STATUS_OK;
	}
	if (options.command == COMMAND_MEASURE)
		return measure_realm(&options);
	if (options.command == COMMAND_PROBE)
		return supervise(probe_machine, &options, PROBE_SECONDS);
	return supervise(run_realm, &options, options.timeout);
}

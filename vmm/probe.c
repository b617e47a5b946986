// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca probe.
 */
#include <stdio.h>

#include "vmm/host.h"
#include "vmm/probe.h"
#include "vmm/refusals.h"
#include "vmm/supervise.h"

int probe_machine(const void *context)
{
	const struct options *options = context;
	const struct host *host;
	struct err err;
	int status = STATUS_USAGE;

	host = host_choose(options, &err);
	if (host)
		status = host->start(options, &err);
	if (status != STATUS_OK) {
		err_print(&err);
		return status;
	}
	printf("realms: %s\n",
	       host->has_realms() ? "available" : "not available");
	printf("reason: %s\n", host->reason());
	host->probe();
	refusals_probe(host);
	host->stop();
	return STATUS_OK;
}

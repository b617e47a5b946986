// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca probe.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sim/kvm/sim_kvm.h"
#include "sim/machine/conduit.h"
#include "vmm/host.h"
#include "vmm/probe.h"
#include "vmm/supervise.h"

int probe_machine(const void *context)
{
	const struct options *options = context;
	struct err err;
	int status = host_start(options, &err);

	if (status != STATUS_OK) {
		err_print(&err);
		return status;
	}
	printf("realms: %s\n",
	       sim_kvm_rmi_available() ? "available" : "not available");
	printf("reason: %s\n", sim_kvm_rmi_reason());
	printf("SMCs made: %" PRIu64 "\n", conduit_total());
	host_stop();
	return STATUS_OK;
}

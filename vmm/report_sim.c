// SPDX-License-Identifier: BSD-3-Clause
/*
 * What a run on the simulated host prints. A line is one call of stdio, so that
 * lines of different threads do not mix.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sim/machine/conduit.h"
#include "sim/machine/machine.h"
#include "vmm/report_sim.h"
#include "vmm/trace.h"

/* More than there are commands. */
#define STATS_MAX 64

static void watch(void *context, enum sim_kvm_line kind, const char *line)
{
	(void)context;
	switch (kind) {
	case SIM_KVM_LOG:
		printf("%s\n", line);
		break;
	case SIM_KVM_REALM_STATE:
		trace_state(line);
		printf("realm: %s\n", line);
		break;
	case SIM_KVM_REALM_END:
		trace_event("ended", line);
		printf("realm: ended: %s\n", line);
		break;
	case SIM_KVM_REFUSED: /* the log has it, too */
		trace_event("refused", line);
		break;
	case SIM_KVM_LEAK:
		trace_event("kept", line);
		break;
	}
}

void report_watch(void)
{
	sim_kvm_watch(watch, NULL);
}

/* Times are in microseconds, the mean with tenths of one. */
static void report_details(const struct conduit_stat *stat)
{
	printf("  %-26s %8" PRIu64 " %8" PRIu64 " %10" PRIu64 " %8.1f\n",
	       stat->name, stat->calls, stat->errors, stat->ns / 1000,
	       (double)stat->ns / 1000 / (double)stat->calls);
}

void report_calls(bool details)
{
	struct conduit_stat stats[STATS_MAX];
	unsigned int count = conduit_stats(stats, STATS_MAX);

	printf("RMI calls: %" PRIu64 "\n", conduit_total());
	if (details && count)
		printf("  %-26s %8s %8s %10s %8s\n", "command", "calls",
		       "errors", "us", "us/call");
	for (unsigned int i = 0; i < count; i++) {
		if (details)
			report_details(&stats[i]);
		else
			printf("  %-26s %8" PRIu64 "\n", stats[i].name,
			       stats[i].calls);
	}
}

bool report_ledger(void)
{
	uint64_t delegated = machine_delegated(), touches = machine_gpf_count();
	struct sim_kvm_ledger ledger;

	sim_kvm_ledger(&ledger);
	printf("granules delegated %" PRIu64 ", leaked %" PRIu64
	       ", host touches of realm memory %" PRIu64 "\n",
	       delegated, ledger.pages_leaked, touches);
	if (ledger.warnings || ledger.bad_edges)
		printf("kernel warnings %" PRIu64
		       ", refused changes of a realm's state %" PRIu64 "\n",
		       ledger.warnings, ledger.bad_edges);
	return !(delegated || touches || ledger.pages_leaked ||
		 ledger.warnings || ledger.bad_edges);
}

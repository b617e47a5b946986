// SPDX-License-Identifier: BSD-3-Clause
/*
 * The simulated host.
 */
#include "sim/kvm/sim_kvm.h"
#include "sim/machine/conduit.h"
#include "sim/machine/machine.h"
#include "vmm/host.h"
#include "vmm/report.h"
#include "vmm/supervise.h"
#include "vmm/trace.h"

static bool add_faults(const struct options *options, struct err *err)
{
	struct err why;

	for (unsigned int i = 0; i < options->fault_count; i++)
		if (!conduit_fault_add(options->faults[i], why.text,
				       sizeof(why.text)))
			return err_set(err, "--fault %s: %s",
				       options->faults[i], why.text);
	return true;
}

/* On a machine that is up; leaves the trace open only on success. */
static int boot(const struct options *options, struct err *err)
{
	if (!add_faults(options, err))
		return STATUS_USAGE;
	if (options->trace && !trace_open(options->trace_file, err))
		return STATUS_USAGE;
	conduit_time(options->stats || options->trace);
	report_watch();
	if (sim_kvm_boot())
		return STATUS_OK;
	err_set(err, "the kernel did not come up on machine %s",
		machine_conf()->name);
	trace_close();
	return STATUS_FAILED;
}

int host_start(const struct options *options, struct err *err)
{
	const char *machine = options->machine;
	struct machine_conf conf;
	struct err why;
	int status;

	if (!machine)
		machine = machine_conf_names()[0];
	if (!machine_conf_load(machine, &conf, why.text, sizeof(why.text))) {
		err_set(err, "--machine %s", why.text);
		return STATUS_USAGE;
	}
	if (options->sched != SCHED_MACHINE)
		conf.sched = options->sched == SCHED_FREE ?
				     MACHINE_SCHED_FREE :
				     MACHINE_SCHED_FIXED;
	if (!machine_start(&conf, why.text, sizeof(why.text))) {
		err_set(err, "machine %s: %s", conf.name, why.text);
		return STATUS_FAILED;
	}
	status = boot(options, err);
	if (status != STATUS_OK)
		machine_stop();
	return status;
}

void host_stop(void)
{
	sim_kvm_shutdown();
	trace_close();
	machine_stop();
}

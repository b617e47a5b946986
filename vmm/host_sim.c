// SPDX-License-Identifier: BSD-3-Clause
/*
 * The simulated host: a machine that is up, and its kernel, whose lines go to
 * stdout.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sim/kvm/sim_kvm.h"
#include "sim/machine/conduit.h"
#include "sim/machine/debug.h"
#include "sim/machine/machine.h"
#include "vmm/backend_sim.h"
#include "vmm/gdb_machine.h"
#include "vmm/gdb_server.h"
#include "vmm/host.h"
#include "vmm/report_sim.h"
#include "vmm/supervise.h"
#include "vmm/trace.h"

/* ---- The machine --------------------------------------------------------- */

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

static int start(const struct options *options, struct err *err)
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

static void stop(void)
{
	sim_kvm_shutdown();
	trace_close();
	machine_stop();
}

static bool is_offered(void)
{
	return true;
}

static void probe(void)
{
	printf("SMCs made: %" PRIu64 "\n", conduit_total());
}

static bool report(bool details)
{
	report_calls(details);
	return report_ledger();
}

/* ---- A debugger ---------------------------------------------------------- */

/* There is one machine a process, and one debugger for it. */
static struct gdb_server gdb = { .listener = -1, .fd = -1 };

/* With a debugger, no vCPU executes anything before that has come. */
static bool vcpus_start(const struct options *options, struct err *err)
{
	if (!options->gdb)
		return true;
	debug_attach();
	if (!gdb_server_start(&gdb, options->gdb_port, &gdb_machine,
			      debug_attach, err))
		return false;
	printf("gdb: target remote 127.0.0.1:%u\n", gdb.port);
	return true;
}

/* No debugger may hold a vCPU that is to end. */
static void vcpus_stop(void)
{
	gdb_server_stop(&gdb);
	debug_detach();
}

static void vcpus_ended(int status)
{
	gdb_server_end(&gdb, status);
}

const struct host host_sim = {
	.kvm = &backend_sim,
	.simulated = true,
	.is_offered = is_offered,
	.machines = machine_conf_names,
	.start = start,
	.stop = stop,
	.has_realms = sim_kvm_rmi_available,
	.reason = sim_kvm_rmi_reason,
	.vcpus_start = vcpus_start,
	.vcpus_stop = vcpus_stop,
	.vcpus_ended = vcpus_ended,
	.says = sim_kvm_text,
	.probe = probe,
	.report = report,
};

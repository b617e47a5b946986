// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca run. Each function takes the run one layer down and, whatever comes of
 * that, gives its own layer back: payload, host, VM, vCPUs.
 */
#include <stdio.h>
#include <string.h>

#include "vmm/devices.h"
#include "vmm/host.h"
#include "vmm/patience.h"
#include "vmm/payload.h"
#include "vmm/progress.h"
#include "vmm/refusals.h"
#include "vmm/report.h"
#include "vmm/run.h"
#include "vmm/supervise.h"
#include "vmm/vcpus.h"

/* What all layers of a run look at. */
struct run {
	const struct options *options;
	const struct host *host;
	struct payload payload;
	struct layout layout;
	struct patience patience;
	struct err err; /* empty unless something went wrong */
};

/* ---- The vCPUs ----------------------------------------------------------- */

static int status_of(struct run *run, const struct vcpus *vcpus,
		     const struct devices *devices)
{
	const struct vcpu *vcpu = vcpus_ended(vcpus);

	if (!vcpu)
		return patience_status(&run->patience,
				       "the realm still ran", &run->err);
	if (vcpu->end == VCPU_OFF)
		return devices_status(devices);
	run->err = vcpu->err;
	return STATUS_FAILED;
}

static int run_vcpus(struct run *run, struct vcpus *vcpus,
		     const struct devices *devices)
{
	bool started = run->host->vcpus_start(run->options, &run->err) &&
		       vcpus_start(vcpus, &run->err);
	int status;

	if (started)
		patience_wait(&run->patience);
	run->host->vcpus_stop();
	vcpus_stop(vcpus);
	status = started ? status_of(run, vcpus, devices) : STATUS_FAILED;
	run->host->vcpus_ended(status);
	return status;
}

/* ---- The VM -------------------------------------------------------------- */

/* So much at a time: between two steps the user may end the run. */
#define STEP 0x100000ull

struct populate {
	struct run *run;
	struct vm *vm;
	struct progress progress;
	bool over; /* the user's patience */
};

static bool populate_take(void *context, u64 ipa, const void *data, u64 size,
			  struct err *err)
{
	struct populate *populate = context;

	for (u64 at = 0; at < size; at += STEP) {
		u64 step = size - at < STEP ? size - at : STEP;

		populate->over = patience_over(&populate->run->patience);
		if (populate->over ||
		    !vm_populate(populate->vm, ipa + at,
				 (const u8 *)data + at, step, err))
			return false;
		progress_add(&populate->progress, step);
	}
	return true;
}

/* Gives the realm all that it starts with; an exit status. */
static int populate_vm(struct run *run, struct vm *vm)
{
	struct populate populate = { .run = run, .vm = vm };
	bool ok;

	for (unsigned int i = 0; i < run->payload.share_count; i++)
		if (!vm_share(vm, i, run->payload.shares[i].data, &run->err))
			return STATUS_FAILED;
	progress_start(&populate.progress, "populating",
		       payload_size(&run->payload));
	ok = payload_measured(&run->payload, &vm->layout, populate_take,
			      &populate, &run->err);
	progress_end(&populate.progress);
	if (populate.over)
		return patience_status(&run->patience,
				       "the realm was not ready", &run->err);
	return ok ? STATUS_OK : STATUS_FAILED;
}

static int run_vm(struct run *run, struct vm *vm)
{
	const struct vcpu_entry entry = {
		.pc = payload_entry(&run->payload),
		.x0 = payload_x0(&vm->layout),
	};
	struct devices devices;
	struct vcpus vcpus;
	int status = populate_vm(run, vm);

	if (status != STATUS_OK)
		return status;
	devices_init(&devices, vm, report_console, report_message);
	if (!vcpus_create(&vcpus, vm, &devices.bus, &entry, &run->err))
		return STATUS_FAILED;
	status = run_vcpus(run, &vcpus, &devices);
	devices_flush(&devices);
	vcpus_destroy(&vcpus);
	return status;
}

static int run_host(struct run *run)
{
	struct vm_config config = {
		.layout = run->layout,
		.hash = run->options->hash,
		.blocks = run->options->blocks,
	};
	struct vm vm;
	int status;

	if (!run->host->has_realms()) {
		err_set(&run->err, "no realms on this machine: %s",
			run->host->reason());
		return STATUS_FAILED;
	}
	memcpy(config.rpv, run->options->rpv, sizeof(config.rpv));
	if (!vm_create(&vm, run->host->kvm, &config, &run->err))
		return STATUS_FAILED;
	if (run->layout.gic && !vm.layout.gic)
		printf("realm: no interrupt controller: KVM has none\n");
	status = run_vm(run, &vm);
	vm_destroy(&vm);
	return status;
}

/* ---- The host ------------------------------------------------------------ */

static int run_payload(struct run *run)
{
	int status;

	refusals_start(run->host);
	status = run->host->start(run->options, &run->err);
	if (status != STATUS_OK)
		return status;
	status = run_host(run);
	/* What went wrong before is what the user should hear of first. */
	if (!run->host->report(run->options->stats) && !*run->err.text) {
		err_set(&run->err,
			"the realm ended, but the ledger is not clean");
		status = STATUS_FAILED;
	}
	refusals_report(run->host);
	if (*run->err.text)
		refusals_explain(run->host, &run->err);
	run->host->stop();
	return status;
}

int run_realm(const void *options)
{
	struct run run = { .options = options };
	int status = STATUS_USAGE;

	supervise_block_signals();
	setvbuf(stdout, NULL, _IOLBF, 0);
	patience_start(&run.patience, run.options->timeout);
	run.host = host_choose(options, &run.err);
	if (run.host &&
	    payload_load(options, &run.payload, &run.layout, &run.err)) {
		status = run_payload(&run);
		payload_free(&run.payload);
	}
	if (*run.err.text)
		err_print(&run.err);
	return status;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca run. Each function takes the run one layer down and, whatever comes of
 * that, gives its own layer back: image, host, VM, vCPU.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "vmm/backend_sim.h"
#include "vmm/dtb.h"
#include "vmm/exitreg.h"
#include "vmm/host.h"
#include "vmm/image.h"
#include "vmm/pl011.h"
#include "vmm/report.h"
#include "vmm/run.h"
#include "vmm/supervise.h"
#include "vmm/vcpu.h"

struct devices {
	struct mmio_bus bus;
	struct pl011 console;
	struct exitreg exitreg;
};

static void devices_init(struct devices *devices)
{
	*devices = (struct devices){ 0 };
	pl011_init(&devices->console, report_console, NULL);
	mmio_add(&devices->bus,
		 &(struct mmio_device){ .name = "pl011",
					.base = PL011_BASE,
					.size = PL011_SIZE,
					.read = pl011_read,
					.write = pl011_write,
					.context = &devices->console });
	mmio_add(&devices->bus,
		 &(struct mmio_device){ .name = "exit register",
					.base = EXITREG_BASE,
					.size = EXITREG_SIZE,
					.read = exitreg_read,
					.write = exitreg_write,
					.context = &devices->exitreg });
}

/* ---- The vCPU ------------------------------------------------------------ */

static struct timespec now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time;
}

/* The signal that came before @end, 0 if none did. */
static int wait_until(const struct timespec *end)
{
	struct timespec from = now(), left;
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, VCPU_SIGNAL);
	do {
		left.tv_sec = end->tv_sec - from.tv_sec;
		left.tv_nsec = end->tv_nsec - from.tv_nsec;
		if (left.tv_nsec < 0) {
			left.tv_nsec += 1000000000;
			left.tv_sec--;
		}
		if (left.tv_sec < 0)
			return 0;
		number = sigtimedwait(&set, NULL, &left);
		from = now();
	} while (number < 0 && errno == EINTR);
	return number < 0 ? 0 : number;
}

static void stop(struct vcpu *vcpu)
{
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, VCPU_SIGNAL);
	vcpu_stop(vcpu);
	sigwait(&set, &number);
}

/* Runs the vCPU to its end; the exit status of cca. */
static int run_vcpu(struct vcpu *vcpu, unsigned int timeout,
		    const struct devices *devices, struct err *err)
{
	struct timespec end = now();
	int number;

	end.tv_sec += timeout;
	if (!vcpu_start(vcpu, err))
		return STATUS_FAILED;
	number = wait_until(&end);
	if (number != VCPU_SIGNAL)
		stop(vcpu);
	vcpu_join(vcpu);

	if (vcpu->end == VCPU_FAILED) {
		*err = vcpu->err;
		return STATUS_FAILED;
	}
	if (vcpu->end == VCPU_OFF)
		return devices->exitreg.value & 0xff;
	if (number) {
		err_set(err, "taken down by signal %d (%s)", number,
			strsignal(number));
		return STATUS_SIGNAL(number);
	}
	err_set(err, "the realm still ran after %u seconds (--timeout)",
		timeout);
	return STATUS_TIMEOUT;
}

/* ---- The VM -------------------------------------------------------------- */

/* Everything measured before the REC, in the order of docs/boot.md. */
static bool populate(struct vm *vm, const struct image *image, struct err *err)
{
	u8 dtb[DTB_SIZE];

	if (!dtb_build(&vm->layout, dtb, err))
		return false;
	for (unsigned int i = 0; i < image->count; i++) {
		const struct image_extent *extent = &image->extents[i];

		if (!vm_populate(vm, extent->ipa, extent->data, extent->size,
				 err))
			return false;
	}
	return vm_populate(vm, layout_dtb(&vm->layout), dtb, DTB_SIZE, err);
}

static int run_vm(struct vm *vm, const struct image *image,
		  unsigned int timeout, struct err *err)
{
	struct devices devices;
	struct vcpu vcpu;
	int status;

	devices_init(&devices);
	if (!populate(vm, image, err) ||
	    !vcpu_create(&vcpu, vm, &devices.bus, 0, image->entry,
			 layout_dtb(&vm->layout), err))
		return STATUS_FAILED;
	status = run_vcpu(&vcpu, timeout, &devices, err);
	pl011_flush(&devices.console);
	vcpu_destroy(&vcpu);
	return status;
}

static int run_host(const struct options *options, const struct image *image,
		    struct err *err)
{
	struct vm_config config = {
		.layout = options->layout,
		.hash = options->hash,
	};
	struct vm vm;
	int status;

	if (!sim_kvm_rmi_available()) {
		err_set(err, "no realms on this machine: %s",
			sim_kvm_rmi_reason());
		return STATUS_FAILED;
	}
	memcpy(config.rpv, options->rpv, sizeof(config.rpv));
	if (!vm_create(&vm, &backend_sim, &config, err))
		return STATUS_FAILED;
	status = run_vm(&vm, image, options->timeout, err);
	vm_destroy(&vm);
	return status;
}

/* ---- The host ------------------------------------------------------------ */

static int run_image(const struct options *options, const struct image *image,
		     struct err *err)
{
	int status = host_start(options, err);

	if (status != STATUS_OK)
		return status;
	status = run_host(options, image, err);
	report_calls(options->stats);
	/* What went wrong before is what the user should hear of first. */
	if (!report_ledger() && !*err->text) {
		err_set(err, "the realm ended, but the ledger is not clean");
		status = STATUS_FAILED;
	}
	host_stop();
	return status;
}

int run_realm(const void *context)
{
	const struct options *options = context;
	struct err err = { "" };
	struct image image;
	int status = STATUS_USAGE;

	supervise_block_signals();
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (image_load(options->image, &options->layout, &image, &err)) {
		status = run_image(options, &image, &err);
		image_free(&image);
	}
	if (*err.text)
		err_print(&err);
	return status;
}

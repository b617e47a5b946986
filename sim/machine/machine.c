/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine as a whole: starting, stopping, CPUs and addresses.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rmm/rmm.h"
#include "sim/machine/conduit_start.h"
#include "sim/machine/counter.h"
#include "sim/machine/debug_gate.h"
#include "sim/machine/executor.h"
#include "sim/machine/gpf.h"
#include "sim/machine/gpt.h"
#include "sim/machine/ich.h"
#include "sim/machine/irq.h"
#include "sim/machine/machine.h"
#include "sim/machine/views.h"

#define METADATA_ALIGN 64

static struct machine_conf conf;
static bool running;
static void *metadata; /* of the RMM */
static _Thread_local unsigned int this_cpu;

/* The RMM's private memory is no RAM of this machine: nobody can reach it. */
static bool boot_rmm(char *err, size_t size)
{
	size_t bytes = rmm_metadata_size(views_size() / VIEW_GRANULE);

	bytes = (bytes + METADATA_ALIGN - 1) & ~(size_t)(METADATA_ALIGN - 1);
	metadata = aligned_alloc(METADATA_ALIGN, bytes);
	if (!metadata) {
		snprintf(err, size, "no %zu bytes for the RMM", bytes);
		return false;
	}
	memset(metadata, 0, bytes);
	rmm_init(metadata);
	return true;
}

bool machine_start(const struct machine_conf *wanted, char *err, size_t size)
{
	if (running) {
		snprintf(err, size, "%s: a machine runs already", conf.name);
		return false;
	}
	conf = *wanted;
	if (!views_start(conf.ram, conf.ram_count, err, size))
		return false;
	if (!gpt_start()) {
		snprintf(err, size, "no memory for the GPT");
		views_stop();
		return false;
	}
	running = true;
	gpf_start();
	counter_start(conf.sched == MACHINE_SCHED_FIXED);
	irq_start();
	ich_start();
	if (!conduit_start(&conf, err, size) ||
	    (conf.rmm && !boot_rmm(err, size))) {
		machine_stop();
		return false;
	}
	return true;
}

void machine_stop(void)
{
	if (!running)
		return;
	running = false;
	debug_detach();
	executors_stop();
	gate_reset();
	conduit_stop();
	gpf_stop();
	free(metadata);
	metadata = NULL;
	gpt_stop();
	views_stop();
}

const struct machine_conf *machine_conf(void)
{
	return &conf;
}

void machine_set_cpu(unsigned int cpu)
{
	this_cpu = cpu;
}

unsigned int machine_cpu(void)
{
	return this_cpu;
}

void *machine_host_view(uint64_t pa)
{
	uint64_t offset;

	return views_offset(pa, 1, &offset) ? view_base(VIEW_HOST) + offset :
					      NULL;
}

bool machine_host_pa(const void *va, uint64_t *pa)
{
	uintptr_t base = (uintptr_t)view_base(VIEW_HOST);
	uintptr_t at = (uintptr_t)va;

	if (!base || at < base || at - base >= views_size())
		return false;
	*pa = views_pa(at - base);
	return true;
}

bool machine_in_ram(uint64_t pa, uint64_t size)
{
	uint64_t offset;

	return views_offset(pa, size, &offset);
}

uint64_t machine_delegated(void)
{
	return gpt_realm_granules();
}

const char *machine_guard_mode(void)
{
	static const char *const names[] = {
		[GUARD_NONE] = "none",
		[GUARD_REGION] = "guard",
		[GUARD_MPROTECT] = "mprotect",
	};

	return names[views_guard_mode()];
}

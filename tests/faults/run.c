// SPDX-License-Identifier: BSD-3-Clause
/*
 * One run of a scenario on a machine of its own.
 */
#include "tests/faults/run.h"

#include <stdio.h>
#include <string.h>

#include <asm/page.h>

#include "sim/kernel/pages.h"
#include "sim/kvm/sim_kvm.h"
#include "sim/machine/conduit.h"
#include "sim/machine/gpt.h"
#include "sim/machine/machine.h"
#include "tests/faults/heap.h"

/* Small, since there is one a run. */
#define RAM_BYTES 0x2000000ull

#define NEVER (~0ull)

static bool start_machine(const char *fault)
{
	static struct machine_conf conf;
	char err[256] = "";

	if (machine_conf_load("rme", &conf, err, sizeof(err))) {
		conf.ram[0].size = RAM_BYTES;
		if (machine_start(&conf, err, sizeof(err)) &&
		    (!fault || conduit_fault_add(fault, err, sizeof(err))))
			return true;
	}
	fprintf(stderr, "faults: %s\n", err);
	return false;
}

/* Granules that the RMM has, and that the allocator would hand out. */
static u64 count_stray(void)
{
	const struct machine_ram *ram = &machine_conf()->ram[0];
	u64 offset, stray = 0;

	for (offset = 0; offset < ram->size; offset += PAGE_SIZE) {
		if (gpt_is_realm(offset, NULL) &&
		    !pages_users(ram->base + offset))
			stray++;
	}
	return stray;
}

static void take_stock(const struct sim_kvm_ledger *before, struct run *run)
{
	struct sim_kvm_ledger now;

	sim_kvm_ledger(&now);
	run->in_use = now.pages_in_use;
	run->leaked = now.pages_leaked - before->pages_leaked;
	run->warnings = now.warnings - before->warnings;
	run->bad_edges = now.bad_edges - before->bad_edges;
	run->delegated = machine_delegated();
	run->touches = machine_gpf_count();
	run->stray = run->delegated ? count_stray() : 0;
}

static void run_steps(const struct run_plan *plan, struct run *run)
{
	const struct scenario *scenario = plan->scenario;
	unsigned int n = 0;
	struct life life;

	life_init(&life);
	life.end = scenario->end;
	run->lived = true;
	for (; run->lived && n < plan->stop_after && scenario->steps[n]; n++) {
		run->step = n;
		run->calls_at[n] = conduit_total();
		run->lived = scenario->steps[n](&life);
	}
	run->calls_at[n] = conduit_total();
	run->error = run->lived ? 0 : life.error;
	run->told = life.told;
	run->no_realms = !sim_kvm_rmi_available();
	life_close(&life);
	run->calls = conduit_total();
}

/* The kernel starts anew if there were no realms. */
static bool follow(void)
{
	u64 in_use = pages_in_use();
	u64 delegated = machine_delegated();

	if (!sim_kvm_rmi_available()) {
		sim_kvm_shutdown();
		if (!scenario_boot())
			return false;
		in_use = 0;
	}
	return scenario_ordinary() && pages_in_use() == in_use &&
	       machine_delegated() == delegated;
}

static void count_allocations(const struct run_plan *plan, struct run *run)
{
	u64 pages = pages_fail(0), heap = heap_fail(0);

	run->fired = (plan->fail_page && !pages) || (plan->fail_heap && !heap);
	run->pages = NEVER - pages;
	run->heap = NEVER - heap;
}

bool run(const struct run_plan *plan, struct run *run)
{
	struct sim_kvm_ledger before;
	u64 limit = run->record.limit;

	memset(run, 0, sizeof(*run));
	if (!start_machine(plan->fault))
		return false;
	run->record.limit = limit;
	record_start(&run->record);
	sim_kvm_ledger(&before);
	pages_fail(plan->fail_page ? plan->fail_page : NEVER);
	heap_fail(plan->fail_heap ? plan->fail_heap : NEVER);

	run_steps(plan, run);
	count_allocations(plan, run);
	take_stock(&before, run);
	record_stop();
	if (plan->follow)
		run->followed = follow();

	sim_kvm_shutdown();
	machine_stop();
	return true;
}

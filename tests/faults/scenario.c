// SPDX-License-Identifier: BSD-3-Clause
/*
 * Scenarios: what may happen to a realm.
 */
#include "tests/faults/scenario.h"

#include <linux/errno.h>
#include <linux/kernel.h>

#include "sim/kvm/sim_kvm.h"

bool scenario_boot(void)
{
	return sim_kvm_boot() && sim_kvm_rmi_available();
}

static bool boot(struct life *life)
{
	if (scenario_boot())
		return true;
	life->error = -ENODEV;
	return false;
}

/* As kexec does: the RMM stays as the kernel before has left it. */
static bool boot_again(struct life *life)
{
	sim_kvm_shutdown();
	return boot(life);
}

/* Open and closed again, so that the kernel can be shut down. */
static bool try_vm(struct life *life)
{
	bool opened = life_open_vm(life);

	life_close(life);
	return opened;
}

static bool load_off(struct life *life)
{
	return life_load(life, &program_off);
}

static bool load_run(struct life *life)
{
	return life_load(life, &program_run);
}

static bool load_grow(struct life *life)
{
	return life_load(life, &program_grow);
}

static bool load_share(struct life *life)
{
	return life_load(life, &program_share);
}

/* Over the end of a table, where no table is yet. */
static bool pre_fault(struct life *life)
{
	return life_pre_fault(life, RAM_PAGE(0x1f0), 0x20000);
}

static bool run_to_mark(struct life *life)
{
	return life_run_to(life, MARK_1);
}

static bool run_to_off(struct life *life)
{
	return life_run_to(life, LIFE_TO_OFF);
}

static bool punch_block(struct life *life)
{
	return life_share(life, BLOCK_BASE + 0x5000, 0x2000);
}

static bool punch_pages(struct life *life)
{
	return life_share(life, RAM_PAGE(16), 0x2000);
}

static bool take_shared(struct life *life)
{
	return life_unshare(life, RAM_PAGE(32), 0x2000);
}

const struct scenario scenarios[] = {
	{ "start", LIFE_ENDS_IN_ORDER,
	  { boot, try_vm, boot_again, try_vm }, 0 },
	{ "build", LIFE_ENDS_IN_ORDER,
	  { boot, life_open_vm, life_add_memory, life_add_block,
	    life_fill_block, life_add_vcpus, load_off, life_activate }, 1 },
	{ "run", LIFE_ENDS_IN_ORDER,
	  { boot, life_open_vm, life_add_memory, life_add_vcpus, load_run,
	    run_to_mark, run_to_off }, 5 },
	{ "grow", LIFE_ENDS_IN_ORDER,
	  { boot, life_open_vm, life_add_memory, life_add_block,
	    life_add_vcpus, load_grow, life_activate, pre_fault, run_to_mark },
	  7 },
	{ "share", LIFE_ENDS_IN_ORDER,
	  { boot, life_open_vm, life_add_memory, life_add_vcpus, load_share,
	    life_activate, run_to_mark, run_to_off }, 6 },
	{ "shrink", LIFE_ENDS_IN_ORDER,
	  { boot, life_open_vm, life_add_memory, life_add_block,
	    life_add_vcpus, load_grow, run_to_mark, punch_block, punch_pages,
	    take_shared, life_remove_memory }, 7 },
	{ "stop", LIFE_ENDS_IN_ORDER,
	  { boot, life_open_vm, life_add_memory, life_add_block,
	    life_add_vcpus, load_grow, run_to_mark, run_to_off }, 7 },
	{ "killed", LIFE_IS_KILLED,
	  { boot, life_open_vm, life_add_memory, life_add_block,
	    life_add_vcpus, load_grow, run_to_mark }, 7 },
};

const unsigned int scenario_count = ARRAY_SIZE(scenarios);

unsigned int scenario_steps(const struct scenario *scenario)
{
	unsigned int n = 0;

	while (scenario->steps[n])
		n++;
	return n;
}

bool scenario_ordinary(void)
{
	struct life life;
	bool lived;

	life_init(&life);
	lived = life_open_vm(&life) && life_add_memory(&life) &&
		life_add_vcpus(&life) && load_run(&life) && run_to_off(&life);
	life_close(&life);
	return lived;
}

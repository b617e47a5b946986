// SPDX-License-Identifier: BSD-3-Clause
/*
 * A debugger's target that notes what it is asked.
 */
#include <string.h>

#include "tests/vmm/fake_target.h"

struct fake_target fake_target;

static unsigned int threads(void *context, unsigned int *numbers,
			    unsigned int max)
{
	(void)context;
	if (max < 2)
		return 0;
	numbers[0] = 1;
	numbers[1] = 0x12;
	return 2;
}

static struct gdb_regs *regs_of(unsigned int thread)
{
	return &fake_target.regs[thread == 0x12];
}

static bool read_regs(void *context, unsigned int thread,
		      struct gdb_regs *regs)
{
	(void)context;
	*regs = *regs_of(thread);
	return !fake_target.refuse;
}

static bool write_regs(void *context, unsigned int thread,
		       const struct gdb_regs *regs)
{
	(void)context;
	if (!fake_target.refuse)
		*regs_of(thread) = *regs;
	return !fake_target.refuse;
}

static size_t there(u64 address, size_t size)
{
	if (address < FAKE_BASE || address >= FAKE_BASE + FAKE_MEMORY)
		return 0;
	if (size > FAKE_BASE + FAKE_MEMORY - address)
		size = FAKE_BASE + FAKE_MEMORY - address;
	return size;
}

static size_t read_memory(void *context, unsigned int thread, u64 address,
			  void *data, size_t size)
{
	(void)context;
	fake_target.thread = thread;
	size = there(address, size);
	if (size)
		memcpy(data, fake_target.memory + (address - FAKE_BASE), size);
	return size;
}

static size_t write_memory(void *context, unsigned int thread, u64 address,
			   const void *data, size_t size)
{
	(void)context;
	(void)thread;
	size = there(address, size);
	if (size)
		memcpy(fake_target.memory + (address - FAKE_BASE), data, size);
	return size;
}

static bool breakpoint(void *context, u64 address, bool add)
{
	(void)context;
	if (fake_target.set == add)
		return false;
	fake_target.breakpoint = address;
	fake_target.set = add;
	return true;
}

static void resume(void *context)
{
	(void)context;
	fake_target.resumed++;
	fake_target.stopped = false;
}

static bool step(void *context, unsigned int thread)
{
	(void)context;
	fake_target.thread = thread;
	fake_target.stepped++;
	return !fake_target.refuse;
}

static void stop(void *context)
{
	(void)context;
	fake_target.stops++;
	fake_target.stopped = true;
}

static bool wait(void *context, struct gdb_event *event, int ms)
{
	(void)context;
	(void)ms;
	*event = fake_target.event;
	return fake_target.stopped;
}

static void detach(void *context)
{
	(void)context;
	fake_target.detached++;
}

static void kill_run(void *context)
{
	(void)context;
	fake_target.killed++;
}

const struct gdb_target fake_gdb_target = {
	.threads = threads,
	.read_regs = read_regs,
	.write_regs = write_regs,
	.read = read_memory,
	.write = write_memory,
	.breakpoint = breakpoint,
	.resume = resume,
	.step = step,
	.stop = stop,
	.wait = wait,
	.detach = detach,
	.kill = kill_run,
};

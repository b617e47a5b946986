// SPDX-License-Identifier: BSD-3-Clause
/*
 * The simulated machine as a debugger's target.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "sim/machine/debug.h"
#include "vmm/gdb_machine.h"

/* A REC's number is its MPIDR's: 4 bits of Aff0, then Aff1. */
static unsigned int thread_of(struct debug_id id)
{
	return 1 + (unsigned int)((id.vmpidr & 0xf) |
				  (id.vmpidr >> 8 & 0xff) << 4);
}

static unsigned int threads(void *context, unsigned int *numbers,
			    unsigned int max)
{
	struct debug_pe pes[DEBUG_PES_MAX];
	unsigned int count = debug_pes(pes);

	(void)context;
	if (count > max)
		count = max;
	for (unsigned int i = 0; i < count; i++)
		numbers[i] = thread_of(pes[i].id);
	return count;
}

static bool find(unsigned int thread, struct debug_id *id)
{
	struct debug_pe pes[DEBUG_PES_MAX];
	unsigned int count = debug_pes(pes);

	for (unsigned int i = 0; i < count; i++) {
		*id = pes[i].id;
		if (thread_of(*id) == thread)
			return true;
	}
	return false;
}

static bool read_regs(void *context, unsigned int thread, struct gdb_regs *to)
{
	struct debug_regs from;
	struct debug_id id;

	(void)context;
	if (!find(thread, &id) || !debug_read_regs(id, &from))
		return false;
	memcpy(to->x, from.x, sizeof(to->x));
	memcpy(to->v, from.v, sizeof(to->v));
	to->sp = from.sp;
	to->pc = from.pc;
	to->cpsr = (u32)from.pstate;
	to->fpsr = from.fpsr;
	to->fpcr = from.fpcr;
	return true;
}

static bool write_regs(void *context, unsigned int thread,
		       const struct gdb_regs *from)
{
	struct debug_regs to = {
		.sp = from->sp,
		.pc = from->pc,
		.pstate = from->cpsr,
		.fpsr = from->fpsr,
		.fpcr = from->fpcr,
	};
	struct debug_id id;

	(void)context;
	memcpy(to.x, from->x, sizeof(to.x));
	memcpy(to.v, from->v, sizeof(to.v));
	return find(thread, &id) && debug_write_regs(id, &to);
}

static size_t read_memory(void *context, unsigned int thread, u64 address,
			  void *data, size_t size)
{
	struct debug_id id;

	(void)context;
	return find(thread, &id) ? debug_read_va(id, address, data, size) : 0;
}

static size_t write_memory(void *context, unsigned int thread, u64 address,
			   const void *data, size_t size)
{
	struct debug_id id;

	(void)context;
	return find(thread, &id) ? debug_write_va(id, address, data, size) : 0;
}

static bool breakpoint(void *context, u64 address, bool add)
{
	(void)context;
	return add ? debug_breakpoint_add(address) :
		     debug_breakpoint_remove(address);
}

static void resume(void *context)
{
	(void)context;
	debug_continue();
}

static bool step(void *context, unsigned int thread)
{
	struct debug_id id;

	(void)context;
	return find(thread, &id) && debug_step(id);
}

static void stop(void *context)
{
	(void)context;
	debug_stop();
}

static bool wait(void *context, struct gdb_event *event, int ms)
{
	static const enum gdb_stop why[] = {
		[DEBUG_ASKED] = GDB_ASKED,
		[DEBUG_STEPPED] = GDB_STEPPED,
		[DEBUG_BREAKPOINT] = GDB_BREAKPOINT,
	};
	struct debug_event seen;

	(void)context;
	if (!debug_wait(&seen, (unsigned int)ms))
		return false;
	event->why = why[seen.reason];
	event->thread = thread_of(seen.id);
	return true;
}

static void detach(void *context)
{
	(void)context;
	debug_detach();
}

/* As if the user had: cca run takes the realm down in order. */
static void kill_run(void *context)
{
	(void)context;
	debug_detach();
	kill(getpid(), SIGTERM);
}

const struct gdb_target gdb_machine = {
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

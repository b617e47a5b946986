/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The debugger's view of stopped PEs: registers, memory, breakpoints.
 */
#include "sim/machine/debug.h"

#include <pthread.h>
#include <string.h>

#include "sim/machine/debug_gate.h"
#include "sim/machine/executor.h"
#include "sim/machine/views.h"
#include "sim/machine/walk.h"

#define GRANULE 4096ull

static pthread_mutex_t breakpoints_lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t breakpoints[DEBUG_BREAKPOINTS_MAX];
static unsigned int breakpoint_count;

void debug_attach(void)
{
	debug_stop();
}

void debug_detach(void)
{
	pthread_mutex_lock(&breakpoints_lock);
	breakpoint_count = 0;
	pthread_mutex_unlock(&breakpoints_lock);
	executors_drop_all();
	debug_continue();
}

/* ---- PEs and their registers --------------------------------------------- */

static bool before(struct debug_id a, struct debug_id b)
{
	return a.vmid != b.vmid ? a.vmid < b.vmid : a.vmpidr < b.vmpidr;
}

unsigned int debug_pes(struct debug_pe pes[DEBUG_PES_MAX])
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < DEBUG_PES_MAX; i++) {
		const struct debug_seen *seen = gate_at(i);
		unsigned int at = count;

		if (!seen)
			continue;
		for (; at > 0 && before(seen->id, pes[at - 1].id); at--)
			pes[at] = pes[at - 1];
		pes[at].id = seen->id;
		pes[at].away = seen->away;
		count++;
	}
	return count;
}

static enum pe_sysreg sp_bank(uint64_t pstate)
{
	return (pstate & PSTATE_MODE) == PSTATE_EL1H ? PE_SP_EL1 : PE_SP_EL0;
}

bool debug_read_regs(struct debug_id id, struct debug_regs *regs)
{
	const struct debug_seen *seen = gate_find(id);

	if (!seen)
		return false;
	memcpy(regs->x, seen->pe->x, sizeof(regs->x));
	regs->sp = seen->pe->sysreg[sp_bank(seen->pe->pstate)];
	regs->pc = seen->pe->pc;
	regs->pstate = seen->pe->pstate;
	memcpy(regs->v, seen->simd->v, sizeof(regs->v));
	regs->fpcr = (uint32_t)seen->simd->fpcr;
	regs->fpsr = (uint32_t)seen->simd->fpsr;
	return true;
}

/* EL1h, EL1t or EL0t of AArch64: what a realm can be in. */
static bool valid_pstate(uint64_t pstate)
{
	uint64_t mode = pstate & (PSTATE_AARCH32 | PSTATE_MODE);

	return mode == PSTATE_EL0T || mode == PSTATE_EL1T ||
	       mode == PSTATE_EL1H;
}

bool debug_write_regs(struct debug_id id, const struct debug_regs *regs)
{
	struct debug_seen *seen = gate_find(id);

	if (!seen || seen->away || !valid_pstate(regs->pstate))
		return false;
	memcpy(seen->pe->x, regs->x, sizeof(regs->x));
	seen->pe->pc = regs->pc;
	seen->pe->pstate = regs->pstate;
	seen->pe->sysreg[sp_bank(regs->pstate)] = regs->sp;
	memcpy(seen->simd->v, regs->v, sizeof(regs->v));
	seen->simd->fpcr = regs->fpcr;
	seen->simd->fpsr = regs->fpsr;
	return true;
}

/* ---- Memory -------------------------------------------------------------- */

/* The engine's view of an address, or NULL. */
static uint8_t *find(const struct debug_seen *seen, uint64_t address,
		     bool virtual, uint64_t *pa)
{
	uint64_t ipa = address, offset;

	if (virtual && !walk_stage1(seen->pe, &seen->regime, address, &ipa))
		return NULL;
	if (!walk_stage2(&seen->regime, ipa, pa) ||
	    !views_offset(*pa, 1, &offset))
		return NULL;
	return view_base(VIEW_PE) + offset;
}

struct copy {
	uint64_t address;
	bool virtual;
	void *read; /* one of these */
	const void *write;
	size_t size;
};

/* A page at a time, and as far as it goes. */
static size_t copy(struct debug_id id, const struct copy *copy)
{
	const struct debug_seen *seen = gate_find(id);
	size_t done = 0, part;
	uint8_t *at;
	uint64_t pa;

	while (seen && done < copy->size) {
		at = find(seen, copy->address + done, copy->virtual, &pa);
		if (!at)
			break;
		part = GRANULE - (copy->address + done) % GRANULE;
		if (part > copy->size - done)
			part = copy->size - done;
		if (copy->read) {
			memcpy((uint8_t *)copy->read + done, at, part);
		} else {
			memcpy(at, (const uint8_t *)copy->write + done, part);
			executors_drop_code(pa & ~(GRANULE - 1), GRANULE);
		}
		done += part;
	}
	return done;
}

size_t debug_read_va(struct debug_id id, uint64_t va, void *buf, size_t size)
{
	return copy(id, &(struct copy){ va, true, buf, NULL, size });
}

size_t debug_write_va(struct debug_id id, uint64_t va, const void *buf,
		      size_t size)
{
	return copy(id, &(struct copy){ va, true, NULL, buf, size });
}

size_t debug_read_ipa(struct debug_id id, uint64_t ipa, void *buf, size_t size)
{
	return copy(id, &(struct copy){ ipa, false, buf, NULL, size });
}

size_t debug_write_ipa(struct debug_id id, uint64_t ipa, const void *buf,
		       size_t size)
{
	return copy(id, &(struct copy){ ipa, false, NULL, buf, size });
}

/* ---- Breakpoints --------------------------------------------------------- */

unsigned int gate_breakpoints(uint64_t va[DEBUG_BREAKPOINTS_MAX])
{
	unsigned int count;

	pthread_mutex_lock(&breakpoints_lock);
	memcpy(va, breakpoints, sizeof(breakpoints));
	count = breakpoint_count;
	pthread_mutex_unlock(&breakpoints_lock);
	return count;
}

bool debug_breakpoint_add(uint64_t va)
{
	bool room;

	pthread_mutex_lock(&breakpoints_lock);
	room = breakpoint_count < DEBUG_BREAKPOINTS_MAX;
	if (room)
		breakpoints[breakpoint_count++] = va;
	pthread_mutex_unlock(&breakpoints_lock);
	executors_drop_all();
	return room;
}

bool debug_breakpoint_remove(uint64_t va)
{
	unsigned int i = 0;
	bool found;

	pthread_mutex_lock(&breakpoints_lock);
	while (i < breakpoint_count && breakpoints[i] != va)
		i++;
	found = i < breakpoint_count;
	if (found)
		breakpoints[i] = breakpoints[--breakpoint_count];
	pthread_mutex_unlock(&breakpoints_lock);
	executors_drop_all();
	return found;
}

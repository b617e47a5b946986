/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The gate at which PEs are stopped, and by which they go.
 */
#define _GNU_SOURCE /* pthread_cond_clockwait() */
#include "sim/machine/debug_gate.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "sim/machine/die.h"

static enum mode {
	GOING,
	STOPPED, /* or about to be, as soon as there are no turns */
	STEPPING, /* one PE, or all while that one is not in its realm */
} mode;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static atomic_bool wants_stop; /* mode is STOPPED */
static uint64_t state; /* of the gate: how often it has changed */
static unsigned int turns; /* that are being taken */
static struct debug_event event; /* why it is STOPPED */
static struct debug_seen *stepping;
static struct debug_seen seen[DEBUG_PES_MAX];

static void set_mode(enum mode new_mode)
{
	mode = new_mode;
	atomic_store(&wants_stop, mode == STOPPED);
	state++;
	pthread_cond_broadcast(&changed);
}

static void stop_at(struct debug_seen *at, enum debug_reason reason)
{
	if (mode == STOPPED)
		return;
	event = (struct debug_event){ .reason = reason };
	if (at)
		event.id = at->id;
	set_mode(STOPPED);
}

static bool may_go(const struct debug_seen *pe)
{
	if (mode == STEPPING)
		return pe == stepping || stepping->away || stepping->idle;
	return mode == GOING;
}

/* ---- PEs ----------------------------------------------------------------- */

static bool same(struct debug_id a, struct debug_id b)
{
	return a.vmid == b.vmid && a.vmpidr == b.vmpidr;
}

struct debug_seen *gate_find(struct debug_id id)
{
	for (struct debug_seen *at = seen; at < seen + DEBUG_PES_MAX; at++) {
		if (at->used && same(at->id, id))
			return at;
	}
	return NULL;
}

/* A place for a PE: its own, a new one, or that of one that is away. */
static struct debug_seen *place(struct debug_id id)
{
	struct debug_seen *at = gate_find(id);

	/* Two at once would be a mistake of EL2's; not one to fall over. */
	if (at && at->away)
		return at;
	for (at = seen; at < seen + DEBUG_PES_MAX; at++) {
		if (!at->used)
			return at;
	}
	for (at = seen; at < seen + DEBUG_PES_MAX; at++) {
		if (at->away && at != stepping)
			return at;
	}
	machine_die("more than %d PEs run", DEBUG_PES_MAX);
}

struct debug_seen *gate_enter(struct pe *pe, struct pe_simd *simd,
			      const struct pe_regime *regime)
{
	struct debug_id id = {
		.vmid = (uint16_t)FIELD_GET(VTTBR_VMID, regime->vttbr_el2),
		.vmpidr = regime->vmpidr_el2,
	};
	struct debug_seen *at;

	pthread_mutex_lock(&lock);
	at = place(id);
	if (!at->used || !same(at->id, id))
		at->over = DEBUG_NOWHERE;
	at->id = id;
	at->used = true;
	at->away = false;
	at->pe = pe;
	at->simd = simd;
	at->regime = *regime;
	if (mode == STEPPING && stepping == at)
		stop_at(at, DEBUG_STEPPED);
	state++;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	return at;
}

void gate_idle(struct debug_seen *at, bool idle)
{
	pthread_mutex_lock(&lock);
	at->idle = idle;
	state++;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

void gate_leave(struct debug_seen *at)
{
	pthread_mutex_lock(&lock);
	while (!may_go(at))
		pthread_cond_wait(&changed, &lock);
	at->last = *at->pe;
	at->last_simd = *at->simd;
	at->pe = &at->last;
	at->simd = &at->last_simd;
	at->away = true;
	state++;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

enum gate_turn gate_begin(struct debug_seen *at)
{
	enum gate_turn turn = GATE_CLOSED;

	pthread_mutex_lock(&lock);
	if (may_go(at)) {
		turn = mode == STEPPING && at == stepping ? GATE_STEP :
							    GATE_OPEN;
		turns++;
	}
	pthread_mutex_unlock(&lock);
	return turn;
}

void gate_end(struct debug_seen *at, enum gate_end end)
{
	pthread_mutex_lock(&lock);
	turns--;
	if (end == GATE_BREAKPOINT)
		stop_at(at, DEBUG_BREAKPOINT);
	else if (end == GATE_STEPPED)
		stop_at(at, DEBUG_STEPPED);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

bool gate_wants_stop(void)
{
	return atomic_load_explicit(&wants_stop, memory_order_relaxed);
}

uint64_t gate_state(void)
{
	uint64_t now;

	pthread_mutex_lock(&lock);
	now = state;
	pthread_mutex_unlock(&lock);
	return now;
}

void gate_wait(uint64_t old)
{
	pthread_mutex_lock(&lock);
	while (state == old)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

void gate_newcomer(void)
{
	pthread_mutex_lock(&lock);
	if (mode != GOING) {
		state++;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&lock);
}

/* ---- The debugger -------------------------------------------------------- */

void gate_reset(void)
{
	pthread_mutex_lock(&lock);
	memset(seen, 0, sizeof(seen));
	set_mode(GOING);
	pthread_mutex_unlock(&lock);
}

struct debug_seen *gate_at(unsigned int index)
{
	return index < DEBUG_PES_MAX && seen[index].used ? &seen[index] : NULL;
}

void debug_stop(void)
{
	pthread_mutex_lock(&lock);
	stop_at(NULL, DEBUG_ASKED);
	pthread_mutex_unlock(&lock);
}

/* Some PE, one that is not away if possible. */
static struct debug_seen *anybody(void)
{
	struct debug_seen *found = NULL;

	for (struct debug_seen *at = seen; at < seen + DEBUG_PES_MAX; at++) {
		if (at->used && (!found || (found->away && !at->away)))
			found = at;
	}
	return found;
}

bool debug_wait(struct debug_event *out, unsigned int timeout_ms)
{
	struct timespec until;
	bool stopped;
	int error = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += timeout_ms / 1000;
	until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&lock);
	while ((mode != STOPPED || turns || !anybody()) && !error)
		error = pthread_cond_clockwait(&changed, &lock,
					       CLOCK_MONOTONIC, &until);
	stopped = mode == STOPPED && !turns && anybody();
	if (stopped && event.reason == DEBUG_ASKED)
		event.id = anybody()->id;
	*out = event;
	pthread_mutex_unlock(&lock);
	return stopped;
}

/* Who stands at a breakpoint goes over it. */
static void leave_stop(enum mode how)
{
	for (struct debug_seen *at = seen; at < seen + DEBUG_PES_MAX; at++) {
		if (at->used)
			at->over = at->pe->pc;
	}
	set_mode(how);
}

void debug_continue(void)
{
	pthread_mutex_lock(&lock);
	if (mode == STOPPED)
		leave_stop(GOING);
	pthread_mutex_unlock(&lock);
}

bool debug_step(struct debug_id id)
{
	struct debug_seen *at;
	bool found;

	pthread_mutex_lock(&lock);
	at = gate_find(id);
	found = mode == STOPPED && at && !at->away;
	if (found) {
		stepping = at;
		leave_stop(STEPPING);
	}
	pthread_mutex_unlock(&lock);
	return found;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Executors: an engine a realm, on which its RECs take turns in the order in
 * which they came. One of those that wait for the end of their run serves them
 * all: it takes their turns on its own thread, until its run has ended.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "abi/gic.h"
#include "sim/machine/die.h"
#include "sim/machine/engine.h"
#include "sim/machine/executor.h"
#include "sim/machine/ich.h"
#include "sim/machine/irq.h"
#include "sim/machine/machine.h"
#include "sim/machine/stale.h"
#include "sim/machine/turn.h"

/* A REC that wants to run; lies on the stack of plat_pe_run()'s caller. */
struct request {
	struct turn turn;
	struct pe_simd *simd;
	enum turn_end end;
	bool queued; /* until it has ended its run */
	struct request *next;
};

/* The VMID of an executor whose realm is gone, and that waits for another. */
#define NO_REALM 0x10000u

/* Opening an engine takes longer than the whole life of a small realm. */
#define SPARES_MAX 2

struct executor {
	uint32_t vmid;
	struct executor *next; /* in the table */
	unsigned int users; /* runs in progress; under the table's lock */

	pthread_mutex_t lock; /* for all below */
	pthread_cond_t done; /* a turn has ended, or there is no server */
	struct request *head, **tail;
	bool served; /* there is a server */
	uint64_t turns; /* odd while one is in progress */
	bool flush; /* the engine's TLB is stale, */
	struct stale stale; /* and this of its code */

	/* The server only. */
	struct engine *engine;
	struct request *loaded;
	const struct pe *last; /* loaded, if its realm is still there */

	/* Set with what is stale, and read without the lock. */
	atomic_bool attention;
};

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct executor *table;

/* ---- The server ---------------------------------------------------------- */

static void unload(struct executor *executor)
{
	struct request *request = executor->loaded;

	if (request)
		engine_store(executor->engine, request->turn.pe,
			     request->simd);
	executor->loaded = NULL;
}

/* An engine without code that is stale; the PE in it may have had to leave. */
static void freshen(struct executor *executor)
{
	if (executor->engine &&
	    !stale_drop(&executor->stale, executor->engine)) {
		unload(executor);
		engine_close(executor->engine);
		executor->engine = NULL;
	}
	if (!executor->engine) {
		executor->engine = engine_open();
		executor->last = NULL;
	}
}

/* The PE that was in the engine last may find its translations there. */
static void enter(struct executor *executor, const struct turn *turn,
		  const struct pe_simd *simd)
{
	if (!executor->flush && executor->last == turn->pe &&
	    engine_reload(executor->engine, turn->pe, simd, turn->regime))
		return;
	engine_load(executor->engine, turn->pe, simd, turn->regime);
	executor->last = turn->pe;
	executor->flush = false;
}

/*
 * Makes @request the PE in the engine, under the lock: whoever wants a flush
 * after this waits for the turn to end.
 */
static void load(struct executor *executor, struct request *request)
{
	atomic_store(&executor->attention, false);
	freshen(executor);
	if (executor->loaded == request && !executor->flush)
		return;
	unload(executor);
	enter(executor, &request->turn, request->simd);
	executor->loaded = request;
}

static void append(struct executor *executor, struct request *request)
{
	request->next = NULL;
	*executor->tail = request;
	executor->tail = &request->next;
}

static void remove_request(struct executor *executor, struct request *request)
{
	struct request **at = &executor->head;

	while (*at != request)
		at = &(*at)->next;
	*at = request->next;
	if (!*at)
		executor->tail = at;
}

static enum gate_end gate_end_of(enum turn_end end, enum gate_turn turn)
{
	if (end == TURN_BREAKPOINT)
		return GATE_BREAKPOINT;
	return end == TURN_RUNNING && turn == GATE_STEP ? GATE_STEPPED :
							  GATE_NO_EVENT;
}

/*
 * One turn of @request, which is in the queue and has passed the gate. Called,
 * and returns, with the lock.
 */
static void serve(struct executor *executor, struct request *request,
		  enum gate_turn gate)
{
	bool again;

	load(executor, request);
	executor->turns++;
	pthread_mutex_unlock(&executor->lock);
	request->end = turn_take(&request->turn, executor->engine,
				 gate == GATE_STEP, &executor->attention);
	again = request->end == TURN_RUNNING || request->end == TURN_BREAKPOINT;
	/* The debugger finds a PE's state with its REC. */
	if (!again || request->end == TURN_BREAKPOINT || gate == GATE_STEP ||
	    gate_wants_stop())
		unload(executor);
	gate_end(request->turn.seen, gate_end_of(request->end, gate));
	pthread_mutex_lock(&executor->lock);
	executor->turns++;

	remove_request(executor, request);
	request->queued = again;
	if (again)
		append(executor, request);
	if (!again || executor->flush)
		pthread_cond_broadcast(&executor->done);
}

/* The first turn that the gate lets pass; false if there is none. */
static bool serve_any(struct executor *executor)
{
	struct request *request;
	enum gate_turn gate;

	for (request = executor->head; request; request = request->next) {
		gate = gate_begin(request->turn.seen);
		if (gate == GATE_CLOSED)
			continue;
		serve(executor, request, gate);
		return true;
	}
	return false;
}

/* Takes turns until @own has ended its run. Called with the lock. */
static void serve_until(struct executor *executor, const struct request *own)
{
	executor->served = true;
	while (own->queued) {
		uint64_t gate = gate_state();

		if (serve_any(executor))
			continue;
		pthread_mutex_unlock(&executor->lock);
		gate_wait(gate);
		pthread_mutex_lock(&executor->lock);
	}
	/* The end of a run has woken the others, one of whom is the next. */
	executor->served = false;
}

/* ---- The table of executors ---------------------------------------------- */

static struct executor *executor_open(uint16_t vmid)
{
	struct executor *executor = calloc(1, sizeof(*executor));

	if (!executor)
		machine_die("PE: no memory");
	executor->vmid = vmid;
	executor->tail = &executor->head;
	pthread_mutex_init(&executor->lock, NULL);
	pthread_cond_init(&executor->done, NULL);
	executor->next = table;
	table = executor;
	return executor;
}

static struct executor **find(uint32_t vmid)
{
	struct executor **at = &table;

	while (*at && (*at)->vmid != vmid)
		at = &(*at)->next;
	return at;
}

static unsigned int count_spares(void)
{
	unsigned int count = 0;

	for (struct executor *e = table; e; e = e->next)
		count += e->vmid == NO_REALM;
	return count;
}

static struct executor *get(uint16_t vmid)
{
	struct executor *executor;

	pthread_mutex_lock(&table_lock);
	executor = *find(vmid);
	if (!executor)
		executor = *find(NO_REALM);
	if (executor)
		executor->vmid = vmid;
	else
		executor = executor_open(vmid);
	executor->users++;
	pthread_mutex_unlock(&table_lock);
	return executor;
}

static void put(struct executor *executor)
{
	pthread_mutex_lock(&table_lock);
	executor->users--;
	pthread_mutex_unlock(&table_lock);
}

/* Takes the executor at @at out of the table, and ends it. */
static void destroy(struct executor **at)
{
	struct executor *executor = *at;

	*at = executor->next;
	if (executor->engine)
		engine_close(executor->engine);
	pthread_cond_destroy(&executor->done);
	pthread_mutex_destroy(&executor->lock);
	free(executor);
}

void executor_close(uint16_t vmid)
{
	struct executor **at;

	pthread_mutex_lock(&table_lock);
	at = find(vmid);
	if (*at && (*at)->users == 0) {
		(*at)->vmid = NO_REALM;
		(*at)->last = NULL;
		if (count_spares() > SPARES_MAX)
			destroy(at);
	}
	pthread_mutex_unlock(&table_lock);
}

void executors_stop(void)
{
	while (table) {
		if (table->users)
			machine_die("stopped while a realm runs");
		destroy(&table);
	}
}

/* ---- What CPUs ask of executors ------------------------------------------ */

static void run_on(struct executor *executor, struct request *request)
{
	pthread_mutex_lock(&executor->lock);
	request->queued = true;
	append(executor, request);
	gate_newcomer();
	while (request->queued) {
		if (executor->served)
			pthread_cond_wait(&executor->done, &executor->lock);
		else
			serve_until(executor, request);
	}
	pthread_mutex_unlock(&executor->lock);
}

/*
 * An idle CPU sleeps in WFI; what wakes it is an interrupt of the host, which
 * includes that of a timer.
 */
static void idle(const struct turn *turn)
{
	struct timers timers;

	gate_idle(turn->seen, true);
	timers_load(&timers, turn->pe, turn->regime);
	irq_wait(turn->cpu, timers_deadline(&timers));
	timers_store(&timers, turn->pe, machine_counter());
	turn->pe->pc += 4;
	*turn->exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
	gate_idle(turn->seen, false);
}

/* EOIcount counts on from where it is. */
static void load_ich_hcr(unsigned int cpu, const struct pe_regime *regime)
{
	uint64_t count = ich_of(cpu)->hcr & ICH_HCR_EOICOUNT;

	ich_write(cpu, ICH_HCR_EL2,
		  (regime->ich_hcr_el2 & ~ICH_HCR_EOICOUNT) | count);
}

/* An interrupt that is pending already is no work for an executor. */
static bool leave_at_once(struct pe *pe, const struct pe_regime *regime,
			  struct pe_exit *exit)
{
	struct timers timers;

	if (!machine_irq_pending(machine_cpu()))
		return false;
	timers_load(&timers, pe, regime);
	timers_store(&timers, pe, machine_counter());
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
	return true;
}

static void run(struct pe *pe, struct pe_simd *simd,
		const struct pe_regime *regime, struct pe_exit *exit)
{
	uint16_t vmid = (uint16_t)FIELD_GET(VTTBR_VMID, regime->vttbr_el2);
	struct executor *executor = get(vmid);
	struct request request = {
		.turn = {
			.pe = pe,
			.regime = regime,
			.exit = exit,
			.cpu = machine_cpu(),
			.seen = gate_enter(pe, simd, regime),
		},
		.simd = simd,
	};

	irq_run_begin();
	run_on(executor, &request);
	if (request.end == TURN_IDLE)
		idle(&request.turn);
	irq_run_end();
	gate_leave(request.turn.seen);
	put(executor);
}

void executor_run(struct pe *pe, struct pe_simd *simd,
		  const struct pe_regime *regime, struct pe_exit *exit)
{
	load_ich_hcr(machine_cpu(), regime);
	if (!leave_at_once(pe, regime, exit))
		run(pe, simd, regime, exit);
}

/* Called with the lock; a turn that is in progress has ended on return. */
static void flush(struct executor *executor)
{
	uint64_t turn = executor->turns;

	executor->flush = true;
	atomic_store(&executor->attention, true);
	while (turn % 2 && executor->turns == turn)
		pthread_cond_wait(&executor->done, &executor->lock);
}

void executor_flush_tlb(uint16_t vmid)
{
	struct executor *executor;

	pthread_mutex_lock(&table_lock);
	executor = *find(vmid);
	if (executor)
		executor->users++;
	pthread_mutex_unlock(&table_lock);
	if (!executor)
		return;

	pthread_mutex_lock(&executor->lock);
	flush(executor);
	pthread_mutex_unlock(&executor->lock);
	put(executor);
}

/* With the table's lock, which is not held while others wait for a turn. */
static void forget(struct executor *executor, uint64_t pa, uint64_t size)
{
	pthread_mutex_lock(&executor->lock);
	if (executor->engine && engine_has_cached(executor->engine, pa, size)) {
		executor->users++;
		pthread_mutex_unlock(&table_lock);
		flush(executor);
		pthread_mutex_unlock(&executor->lock);
		pthread_mutex_lock(&table_lock);
		executor->users--;
		return;
	}
	pthread_mutex_unlock(&executor->lock);
}

void executors_forget(uint64_t pa, uint64_t size)
{
	pthread_mutex_lock(&table_lock);
	for (struct executor *e = table; e; e = e->next)
		forget(e, pa, size);
	pthread_mutex_unlock(&table_lock);
}

void executors_drop_all(void)
{
	pthread_mutex_lock(&table_lock);
	for (struct executor *e = table; e; e = e->next) {
		pthread_mutex_lock(&e->lock);
		e->stale.all = true;
		atomic_store(&e->attention, true);
		pthread_mutex_unlock(&e->lock);
	}
	pthread_mutex_unlock(&table_lock);
}

void executors_drop_code(uint64_t pa, uint64_t size)
{
	pthread_mutex_lock(&table_lock);
	for (struct executor *e = table; e; e = e->next) {
		pthread_mutex_lock(&e->lock);
		stale_add(&e->stale, pa, size);
		atomic_store(&e->attention, true);
		pthread_mutex_unlock(&e->lock);
	}
	pthread_mutex_unlock(&table_lock);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Executors: a thread and an engine a realm, on which its RECs take turns in
 * the order in which they came. A turn is a number of instructions, not a time,
 * so that the order of things is the same in every run.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "sim/machine/die.h"
#include "sim/machine/engine.h"
#include "sim/machine/executor.h"
#include "sim/machine/irq.h"
#include "sim/machine/machine.h"
#include "sim/machine/stale.h"

/* Instructions: 0.05 to 2 ms, in which nobody is heard. */
#define TURN_BUDGET 20000u

/* Exceptions to EL1, each of which starts a budget anew. */
#define TURN_EXCEPTIONS 32u

enum outcome {
	RUNNING, /* another turn, please */
	EXITED, /* @exit says why */
	IDLE, /* waits for an interrupt */
};

/* A REC that wants to run; lies on the stack of plat_pe_run()'s caller. */
struct request {
	struct pe *pe;
	struct pe_simd *simd;
	const struct pe_regime *regime;
	struct pe_exit *exit;
	unsigned int cpu;
	enum outcome outcome;
	struct request *next;
};

struct executor {
	uint16_t vmid;
	struct executor *next; /* in the table */
	unsigned int users; /* runs in progress; under the table's lock */

	pthread_t thread;
	pthread_mutex_t lock; /* for all below */
	pthread_cond_t work; /* a request came, or stop */
	pthread_cond_t done; /* a turn has ended that somebody waits for */
	struct request *head, **tail;
	uint64_t turns; /* odd while one is in progress */
	bool flush; /* the PE that is loaded has stale translations */
	bool stop;
	struct stale stale;

	/* The executor's thread only. */
	struct engine *engine;
	struct request *loaded;

	/* Set with flush, and read without the lock. */
	atomic_bool attention;
};

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct executor *table;

/* ---- The executor's thread ----------------------------------------------- */

static void unload(struct executor *executor)
{
	struct request *request = executor->loaded;

	if (request)
		engine_store(executor->engine, request->pe, request->simd);
	executor->loaded = NULL;
}

/*
 * Makes @request the PE in the engine, under the lock: whoever wants a flush
 * after this waits for the turn to end.
 */
static void load(struct executor *executor, struct request *request)
{
	if (!executor->engine)
		executor->engine = engine_open();
	if (executor->loaded == request && !executor->flush)
		return;
	unload(executor);
	executor->engine = stale_drop(&executor->stale, executor->engine);
	executor->flush = false;
	atomic_store(&executor->attention, false);
	engine_load(executor->engine, request->pe, request->simd,
		    request->regime);
	executor->loaded = request;
}

static bool is_wfi(const struct engine_trap *trap)
{
	return FIELD_GET(ESR_EC, trap->esr) == ESR_EC_WFX &&
	       FIELD_GET(ESR_WFX_TI, trap->esr) == 0;
}

static bool is_abort(const struct engine_trap *trap)
{
	switch (FIELD_GET(ESR_EC, trap->esr)) {
	case ESR_EC_INST_ABORT_LOWER:
	case ESR_EC_DATA_ABORT_LOWER:
		return true;
	}
	return false;
}

/* Hardware leaves the addresses unknown for what is no abort: zero here. */
static void fill_exit(struct pe_exit *exit, const struct engine_trap *trap)
{
	bool abort = is_abort(trap);

	*exit = (struct pe_exit){
		.kind = PE_EXIT_SYNC,
		.esr = trap->esr,
		.far = abort ? trap->far : 0,
		.hpfar = abort ? trap->hpfar : 0,
	};
}

/* Runs the loaded PE until something ends its turn. */
static enum outcome take_turn(struct executor *executor,
			      struct request *request)
{
	struct engine_trap trap;

	for (unsigned int n = 0; n < TURN_EXCEPTIONS; n++) {
		if (machine_irq_pending(request->cpu)) {
			*request->exit = (struct pe_exit){
				.kind = PE_EXIT_IRQ,
			};
			return EXITED;
		}
		if (atomic_load(&executor->attention))
			return RUNNING;
		if (!engine_run(executor->engine, TURN_BUDGET, &trap))
			return RUNNING;
		if (trap.el == 2) {
			fill_exit(request->exit, &trap);
			if (is_wfi(&trap) &&
			    !(request->regime->hcr_el2 & HCR_TWI))
				return IDLE;
			return EXITED;
		}
		engine_take_to_el1(executor->engine, &trap);
	}
	return RUNNING;
}

static void remove_head(struct executor *executor)
{
	executor->head = executor->head->next;
	if (!executor->head)
		executor->tail = &executor->head;
}

static void append(struct executor *executor, struct request *request)
{
	request->next = NULL;
	*executor->tail = request;
	executor->tail = &request->next;
}

/* One turn of the first in the queue. Called, and returns, with the lock. */
static void serve(struct executor *executor)
{
	struct request *request = executor->head;
	enum outcome outcome;

	load(executor, request);
	executor->turns++;
	pthread_mutex_unlock(&executor->lock);
	outcome = take_turn(executor, request);
	if (outcome != RUNNING)
		unload(executor);
	pthread_mutex_lock(&executor->lock);
	executor->turns++;

	remove_head(executor);
	if (outcome == RUNNING)
		append(executor, request);
	else
		request->outcome = outcome;
	if (outcome != RUNNING || executor->flush)
		pthread_cond_broadcast(&executor->done);
}

static void *executor_main(void *context)
{
	struct executor *executor = context;

	pthread_mutex_lock(&executor->lock);
	while (!executor->stop) {
		if (executor->head)
			serve(executor);
		else
			pthread_cond_wait(&executor->work, &executor->lock);
	}
	pthread_mutex_unlock(&executor->lock);
	if (executor->engine)
		engine_close(executor->engine);
	return NULL;
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
	pthread_cond_init(&executor->work, NULL);
	pthread_cond_init(&executor->done, NULL);
	if (pthread_create(&executor->thread, NULL, executor_main, executor))
		machine_die("PE: no thread");
	return executor;
}

static struct executor **find(uint16_t vmid)
{
	struct executor **at = &table;

	while (*at && (*at)->vmid != vmid)
		at = &(*at)->next;
	return at;
}

static struct executor *get(uint16_t vmid)
{
	struct executor *executor;

	pthread_mutex_lock(&table_lock);
	executor = *find(vmid);
	if (!executor) {
		executor = executor_open(vmid);
		executor->next = table;
		table = executor;
	}
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

static void destroy(struct executor *executor)
{
	pthread_mutex_lock(&executor->lock);
	executor->stop = true;
	pthread_cond_signal(&executor->work);
	pthread_mutex_unlock(&executor->lock);
	pthread_join(executor->thread, NULL);
	pthread_cond_destroy(&executor->work);
	pthread_cond_destroy(&executor->done);
	pthread_mutex_destroy(&executor->lock);
	free(executor);
}

void executor_close(uint16_t vmid)
{
	struct executor **at, *executor = NULL;

	pthread_mutex_lock(&table_lock);
	at = find(vmid);
	if (*at && (*at)->users == 0) {
		executor = *at;
		*at = executor->next;
	}
	pthread_mutex_unlock(&table_lock);
	if (executor)
		destroy(executor);
}

void executors_stop(void)
{
	while (table) {
		if (table->users)
			machine_die("stopped while a realm runs");
		executor_close(table->vmid);
	}
}

/* ---- What CPUs ask of executors ------------------------------------------ */

static void run_on(struct executor *executor, struct request *request)
{
	pthread_mutex_lock(&executor->lock);
	append(executor, request);
	pthread_cond_signal(&executor->work);
	while (request->outcome == RUNNING)
		pthread_cond_wait(&executor->done, &executor->lock);
	pthread_mutex_unlock(&executor->lock);
}

/* An idle CPU sleeps in WFI; what wakes it is an interrupt of the host. */
static void idle(struct request *request)
{
	irq_wait(request->cpu);
	request->pe->pc += 4;
	*request->exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
}

void executor_run(struct pe *pe, struct pe_simd *simd,
		  const struct pe_regime *regime, struct pe_exit *exit)
{
	uint16_t vmid = (uint16_t)FIELD_GET(VTTBR_VMID, regime->vttbr_el2);
	struct executor *executor = get(vmid);
	struct request request = {
		.pe = pe,
		.simd = simd,
		.regime = regime,
		.exit = exit,
		.cpu = machine_cpu(),
	};

	run_on(executor, &request);
	put(executor);
	if (request.outcome == IDLE)
		idle(&request);
}

void executor_flush_tlb(uint16_t vmid)
{
	struct executor *executor;
	uint64_t turn;

	pthread_mutex_lock(&table_lock);
	executor = *find(vmid);
	if (executor)
		executor->users++;
	pthread_mutex_unlock(&table_lock);
	if (!executor)
		return;

	pthread_mutex_lock(&executor->lock);
	executor->flush = true;
	atomic_store(&executor->attention, true);
	turn = executor->turns;
	while (turn % 2 && executor->turns == turn)
		pthread_cond_wait(&executor->done, &executor->lock);
	pthread_mutex_unlock(&executor->lock);
	put(executor);
}

void executors_drop_code(uint64_t pa, uint64_t size)
{
	pthread_mutex_lock(&table_lock);
	for (struct executor *e = table; e; e = e->next) {
		pthread_mutex_lock(&e->lock);
		stale_add(&e->stale, pa, size);
		e->flush = true;
		atomic_store(&e->attention, true);
		pthread_mutex_unlock(&e->lock);
	}
	pthread_mutex_unlock(&table_lock);
}

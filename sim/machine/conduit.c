/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The conduit: an SMC is numbered, perhaps answered in the RMM's place, timed,
 * counted and shown. CPUs pass it at once; only observers and the list of
 * canned answers have a lock.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "abi/smccc.h"
#include "rmm/rmm.h"
#include "sim/machine/calls.h"
#include "sim/machine/conduit.h"
#include "sim/machine/conduit_start.h"
#include "sim/machine/fault.h"
#include "sim/machine/machine.h"
#include "sim/machine/version.h"

#define FAULTS_MAX 64

static const struct machine_conf *conf;
static _Atomic uint64_t total;
static _Thread_local uint64_t current;

static struct {
	_Atomic uint64_t calls;
	_Atomic uint64_t errors;
	_Atomic uint64_t ns;
} stats[CALLS + 1]; /* the last row: what is no command */

static atomic_bool timed;
static uint64_t epoch_ns;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct fault faults[FAULTS_MAX]; /* only ever grows while in use */
static _Atomic unsigned int fault_count;
static conduit_observer *observer;
static void *observer_context;
static atomic_bool observed;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool conduit_start(const struct machine_conf *machine, char *err, size_t size)
{
	conf = machine;
	epoch_ns = now_ns();
	atomic_store(&total, 0);
	for (unsigned int i = 0; i <= CALLS; i++) {
		atomic_store(&stats[i].calls, 0);
		atomic_store(&stats[i].errors, 0);
		atomic_store(&stats[i].ns, 0);
	}
	for (unsigned int i = 0; i < conf->answer_count; i++) {
		if (!conduit_fault_add(conf->answers[i], err, size))
			return false;
	}
	return true;
}

void conduit_stop(void)
{
	atomic_store(&fault_count, 0);
	conduit_observe(NULL, NULL);
	conduit_time(false);
}

bool conduit_fault_add(const char *spec, char *err, size_t size)
{
	struct fault fault;
	bool added = false;

	if (!fault_parse(spec, &fault, err, size))
		return false;
	pthread_mutex_lock(&lock);
	if (atomic_load(&fault_count) < FAULTS_MAX) {
		faults[atomic_load(&fault_count)] = fault;
		atomic_fetch_add(&fault_count, 1);
		added = true;
	}
	pthread_mutex_unlock(&lock);
	if (!added)
		snprintf(err, size, "'%s': more than %d canned answers", spec,
			 FAULTS_MAX);
	return added;
}

void conduit_observe(conduit_observer *new_observer, void *context)
{
	pthread_mutex_lock(&lock);
	observer = new_observer;
	observer_context = context;
	atomic_store(&observed, new_observer != NULL);
	pthread_mutex_unlock(&lock);
}

void conduit_time(bool on)
{
	atomic_store(&timed, on);
}

static const struct fault *find_fault(enum call call, uint64_t nth_call,
				      uint64_t nth_smc)
{
	unsigned int count = atomic_load(&fault_count);

	for (unsigned int i = 0; i < count; i++) {
		if (fault_matches(&faults[i], call, nth_call, nth_smc))
			return &faults[i];
	}
	return NULL;
}

static void answer_version(uint64_t x[SMC_REGS])
{
	struct version_answer answer =
		version_answer(conf->versions, conf->version_count, x[1]);

	x[0] = answer.status;
	x[1] = answer.lower;
	x[2] = answer.higher;
	x[3] = 0;
	x[4] = 0;
}

/* The way to Realm EL2, if there is anybody. */
static void smc_to_rmm(uint64_t x[SMC_REGS])
{
	if (conf->rmm)
		rmm_handle_smc(x);
	else
		x[0] = SMCCC_NOT_SUPPORTED;
}

static void answer_fault(const struct fault *fault, uint64_t x[SMC_REGS])
{
	uint64_t in[SMC_REGS];

	memcpy(in, x, sizeof(in));
	if (fault->made)
		smc_to_rmm(x);
	fault_answer(fault, in, x);
}

/* Answers in the RMM's place, if that is wanted of this call. */
static bool answer_canned(enum call call, uint64_t nth_call, uint64_t nth_smc,
			  uint64_t x[SMC_REGS])
{
	const struct fault *fault = find_fault(call, nth_call, nth_smc);

	if (fault) {
		answer_fault(fault, x);
		return true;
	}
	if (call == CALL_VERSION && conf->version_count) {
		answer_version(x);
		return true;
	}
	return false;
}

static bool is_error(uint64_t x0)
{
	return x0 == SMCCC_NOT_SUPPORTED ||
	       (RMI_RETURN_STATUS(x0) != RMI_SUCCESS &&
		RMI_RETURN_STATUS(x0) != RMI_INCOMPLETE);
}

static void show(struct conduit_call *call)
{
	pthread_mutex_lock(&lock);
	if (observer)
		observer(observer_context, call);
	pthread_mutex_unlock(&lock);
}

/* Answers the call, by whoever shall; true if the conduit did. */
static bool answer(enum call call, uint64_t nth, uint64_t number,
		   uint64_t x[SMC_REGS])
{
	bool canned;

	current = number;
	canned = answer_canned(call, nth, number, x);
	if (!canned)
		smc_to_rmm(x);
	current = 0;
	if (is_error(x[0]))
		atomic_fetch_add(&stats[call].errors, 1);
	return canned;
}

/* The same for those who want to know all of it, or how long it takes. */
static void answer_seen(enum call call, uint64_t nth, uint64_t number,
			uint64_t x[SMC_REGS])
{
	bool clock = atomic_load_explicit(&timed, memory_order_relaxed);
	struct conduit_call seen = {
		.number = number,
		.cpu = machine_cpu(),
		.name = call_name(call),
	};

	memcpy(seen.in, x, sizeof(seen.in));
	if (clock)
		seen.start_ns = now_ns() - epoch_ns;
	seen.canned = answer(call, nth, number, x);
	if (clock)
		seen.ns = now_ns() - epoch_ns - seen.start_ns;
	atomic_fetch_add(&stats[call].ns, seen.ns);
	memcpy(seen.out, x, sizeof(seen.out));
	if (atomic_load(&observed))
		show(&seen);
}

void conduit_smc(uint64_t x[SMC_REGS])
{
	enum call call = call_by_fid(x[0]);
	uint64_t nth = atomic_fetch_add(&stats[call].calls, 1) + 1;
	uint64_t number = atomic_fetch_add(&total, 1) + 1;

	if (atomic_load_explicit(&timed, memory_order_relaxed) ||
	    atomic_load_explicit(&observed, memory_order_relaxed))
		answer_seen(call, nth, number, x);
	else
		answer(call, nth, number, x);
}

unsigned int conduit_stats(struct conduit_stat *rows, unsigned int max)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < CALLS && n < max; i++) {
		if (atomic_load(&stats[i].calls) == 0)
			continue;
		rows[n++] = (struct conduit_stat){
			.name = call_name(i),
			.calls = atomic_load(&stats[i].calls),
			.errors = atomic_load(&stats[i].errors),
			.ns = atomic_load(&stats[i].ns),
		};
	}
	return n;
}

uint64_t conduit_total(void)
{
	return atomic_load(&total);
}

uint64_t conduit_current(void)
{
	return current;
}

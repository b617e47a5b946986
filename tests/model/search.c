/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From each state, each call is made by the RMM and by the rules (step.h); of
 * each new state, its invariants are checked, and that the host can take
 * everything back from there.
 *
 * The states of one depth are shared out to processes, which look up what is
 * known and keep what is new, each for itself. Then these are put together in
 * the order in which one process would have found them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "search.h"
#include "set.h"
#include "step.h"

#define PROCESSES_MAX 64

/* What a process does, and what it has found. */
struct worker {
	struct set found;
	unsigned long long calls, transitions;
	bool failed;
	unsigned int node; /* that it is at; and the call, if any */
	bool moved;
	struct move move;
	char wrong[120];
};

static struct set known;
static struct worker *workers;
static unsigned int worker_count;
static struct world_snapshot *cold, *here, *parent;
static unsigned int at_parent; /* the node of which it is the world */

void search_init(unsigned int states, unsigned int processes)
{
	worker_count = processes < PROCESSES_MAX ? processes : PROCESSES_MAX;
	workers = world_shared(worker_count * sizeof(*workers));
	set_init(&known, states);
	for (unsigned int i = 0; i < worker_count; i++)
		set_init(&workers[i].found, states);
	cold = world_snapshot_new();
	here = world_snapshot_new();
	parent = world_snapshot_new();
	world_cold();
	step_begin();
	world_save(cold);
}

/* ---- One process --------------------------------------------------------- */

static _Noreturn void fail(struct worker *worker, const char *wrong)
{
	snprintf(worker->wrong, sizeof(worker->wrong), "%s", wrong);
	worker->failed = true;
	_exit(1);
}

static void replay_step(struct worker *worker, unsigned int node)
{
	const struct node *from = &known.nodes[known.nodes[node].parent];
	struct model model = from->model;
	const char *wrong = step_on(&model, &known.nodes[node].move);

	if (wrong)
		fail(worker, wrong);
}

/* The world as it is at @node. */
static void replay(struct worker *worker, unsigned int node)
{
	if (known.nodes[node].parent == SET_NONE) {
		world_restore(cold);
		return;
	}
	replay(worker, known.nodes[node].parent);
	replay_step(worker, node);
}

/* The same; neighbours mostly have one parent. */
static void go_to(struct worker *worker, unsigned int node)
{
	unsigned int from = known.nodes[node].parent;

	if (from == SET_NONE) {
		world_restore(cold);
		return;
	}
	if (from != at_parent) {
		replay(worker, from);
		world_save(parent);
		at_parent = from;
	} else {
		world_restore(parent);
	}
	replay_step(worker, node);
}

/* A state must be sound, and have a way back. */
static void check_state(struct worker *worker)
{
	struct model model = known.nodes[worker->node].model;
	const char *wrong = step_invariants(&model);

	if (!wrong)
		wrong = step_drain(&model);
	if (wrong)
		fail(worker, wrong);
}

/* False if the world was not put back before, and so nothing was seen. */
static bool make_move(struct worker *worker, const struct bounds *bounds,
		      const struct move *move)
{
	const struct model *was = &known.nodes[worker->node].model;
	struct node next = {
		.model = *was,
		.move = *move,
		.parent = worker->node,
	};
	const char *wrong;

	worker->move = *move;
	wrong = step(&next.model, move, here);
	world_rewind(here);
	if (wrong) {
		if (world_check(here) == WORLD_LEARNT)
			return false;
		fail(worker, wrong);
	}
	worker->calls++;
	if (!memcmp(&next.model, was, sizeof(*was)))
		return true;
	worker->transitions++;
	if (!bounds_follow(bounds, move, &next.model))
		return true;
	set_hash(&next);
	if (!set_has(&known, &next))
		set_add(&worker->found, &next);
	return true;
}

static bool make_moves(struct worker *worker, const struct bounds *bounds,
		       const struct move *moves, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		if (!make_move(worker, bounds, &moves[i]))
			return false;
	}
	switch (world_check(here)) {
	case WORLD_SAME:
		return true;
	case WORLD_LEARNT:
		return false;
	default:
		fail(worker, "memory has changed that no call had");
	}
}

/* Every call from the worker's node, again if it learnt what calls change. */
static void expand(struct worker *worker, const struct bounds *bounds)
{
	static struct move moves[MOVES_MAX];
	unsigned int count = moves_from(&known.nodes[worker->node].model,
					moves);
	unsigned long long calls = worker->calls;
	unsigned long long transitions = worker->transitions;

	while (!make_moves(worker, bounds, moves, count)) {
		worker->calls = calls;
		worker->transitions = transitions;
	}
}

/* The nodes from @first up to @end that are this worker's. */
static _Noreturn void work(struct worker *worker, const struct bounds *bounds,
			   unsigned int first, unsigned int end)
{
	unsigned int mine = (unsigned int)(worker - workers);

	world_recall();
	at_parent = SET_NONE;
	for (unsigned int node = first; node < end; node++) {
		if (node / 16 % worker_count != mine)
			continue;
		worker->node = node;
		worker->moved = false;
		go_to(worker, node);
		world_save(here);
		check_state(worker);
		world_restore(here);
		worker->moved = true;
		expand(worker, bounds);
	}
	_exit(0);
}

/* ---- All of them --------------------------------------------------------- */

/* How a state was reached, first call first. */
static void print_path(unsigned int node)
{
	if (known.nodes[node].parent == SET_NONE)
		return;
	print_path(known.nodes[node].parent);
	move_print(&known.nodes[node].move);
}

static void print_failure(const struct worker *worker)
{
	printf("model: %s, after\n", worker->wrong);
	print_path(worker->node);
	if (worker->moved)
		move_print(&worker->move);
}

/* The first that one process would have come to. */
static bool report_first(void)
{
	const struct worker *first = NULL;

	for (unsigned int i = 0; i < worker_count; i++) {
		if (workers[i].failed &&
		    (!first || workers[i].node < first->node))
			first = &workers[i];
	}
	if (first)
		print_failure(first);
	return first;
}

/* Waits for all; a process that was ended has found something, too. */
static void wait_for(const pid_t *pids)
{
	for (unsigned int i = 0; i < worker_count; i++) {
		int status = 0;

		if (waitpid(pids[i], &status, 0) < 0)
			abort();
		if (WIFEXITED(status) && WEXITSTATUS(status) > 1)
			exit(WEXITSTATUS(status));
		if (!WIFSIGNALED(status))
			continue;
		workers[i].failed = true;
		snprintf(workers[i].wrong, sizeof(workers[i].wrong),
			 "ended by signal %d", WTERMSIG(status));
	}
}

/* Adds what was found, by the number of the parent. */
static void merge(void)
{
	unsigned int at[PROCESSES_MAX] = { 0 };

	for (;;) {
		const struct node *next = NULL;
		unsigned int from = 0;

		for (unsigned int i = 0; i < worker_count; i++) {
			const struct set *found = &workers[i].found;

			if (at[i] == found->count ||
			    (next && found->nodes[at[i]].parent > next->parent))
				continue;
			next = &found->nodes[at[i]];
			from = i;
		}
		if (!next)
			break;
		set_add(&known, next);
		at[from]++;
	}
}

/* All states of one depth. */
static bool search_level(const struct bounds *bounds, unsigned int first)
{
	unsigned int end = known.count;
	pid_t pids[PROCESSES_MAX];

	fflush(stdout);
	for (unsigned int i = 0; i < worker_count; i++) {
		set_empty(&workers[i].found);
		pids[i] = fork();
		if (pids[i] == 0)
			work(&workers[i], bounds, first, end);
		if (pids[i] < 0) {
			perror("model: fork");
			exit(2);
		}
	}
	wait_for(pids);
	if (report_first())
		return false;
	merge();
	return true;
}

bool search_run(const struct bounds *bounds, struct search_result *result)
{
	struct node start = { .parent = SET_NONE };
	unsigned int first;

	set_empty(&known);
	for (unsigned int i = 0; i < worker_count; i++)
		workers[i].calls = workers[i].transitions = 0;
	model_init(&start.model, bounds->granules);
	set_hash(&start);
	set_add(&known, &start);

	*result = (struct search_result){ 0 };
	for (first = 0; first < known.count; first = result->states) {
		result->states = known.count;
		if (!search_level(bounds, first))
			return false;
		if (known.count > result->states)
			result->depth++;
	}
	for (unsigned int i = 0; i < worker_count; i++) {
		result->calls += workers[i].calls;
		result->transitions += workers[i].transitions;
	}
	return true;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Running many cells: one process a CPU, which runs one cell after the other
 * and reports each by a pipe. One that dies, or has its alarm rung, is replaced
 * by another, which goes on behind the cell that did it.
 */
#include "tests/faults/pool.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/kernel.h>

#define WORKERS_MAX 16
#define CELL_SECONDS 60

struct worker {
	pid_t pid;
	int pipe; /* its verdicts; -1: it has finished */
	unsigned int next; /* the position that it runs or will run */
};

struct pool {
	const struct cells *cells;
	const unsigned int *chosen;
	unsigned int count;
	unsigned int workers;
	struct worker worker[WORKERS_MAX];
	pool_sink *sink;
	void *context;
};

static const struct cell *cell_at(const struct pool *pool, unsigned int n)
{
	return &pool->cells->cell[pool->chosen[n]];
}

/* Each call is less than PIPE_BUF, and so is not torn. */
static void work(const struct pool *pool, unsigned int n, int out)
{
	struct run *result = calloc(1, sizeof(*result));
	char fault[CELL_NAME_SIZE];
	struct verdict verdict;
	struct run_plan plan;

	for (; result && n < pool->count; n += pool->workers) {
		cell_plan(cell_at(pool, n), &plan, fault);
		alarm(CELL_SECONDS);
		result->record.limit = POOL_CALLS_MAX;
		if (!run(&plan, result))
			break;
		alarm(0);
		judge(cell_at(pool, n),
		      &pool->cells->clean[cell_at(pool, n)->scenario], result,
		      &verdict);
		if (write(out, &verdict, sizeof(verdict)) != sizeof(verdict))
			break;
	}
	free(result);
}

static bool start(struct pool *pool, struct worker *worker)
{
	int ends[2];

	if (pipe(ends))
		return false;
	fflush(stdout);
	worker->pid = fork();
	if (!worker->pid) {
		close(ends[0]);
		work(pool, worker->next, ends[1]);
		exit(0);
	}
	close(ends[1]);
	worker->pipe = ends[0];
	return worker->pid > 0;
}

static void judge_death(int status, struct verdict *verdict)
{
	*verdict = (struct verdict) {};
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		snprintf(verdict->why, sizeof(verdict->why),
			 "hangs: %d s are over", CELL_SECONDS);
	else if (WIFEXITED(status) && WEXITSTATUS(status) == RECORD_EXIT)
		snprintf(verdict->why, sizeof(verdict->why),
			 "hangs: %d calls were made", POOL_CALLS_MAX);
	else
		snprintf(verdict->why, sizeof(verdict->why),
			 "crashes: wait status 0x%x", status);
}

static void advance(struct pool *pool, struct worker *worker,
		    const struct verdict *verdict)
{
	pool->sink(pool->context, cell_at(pool, worker->next), verdict);
	worker->next += pool->workers;
}

/* Its pipe is at its end: it is done, or has died in a cell. */
static bool bury(struct pool *pool, struct worker *worker)
{
	struct verdict verdict;
	int status = 0;

	close(worker->pipe);
	worker->pipe = -1;
	waitpid(worker->pid, &status, 0);
	if (worker->next >= pool->count) {
		if (status)
			fprintf(stderr, "faults: a process ended with 0x%x\n",
				status);
		return !status;
	}
	judge_death(status, &verdict);
	advance(pool, worker, &verdict);
	return worker->next >= pool->count || start(pool, worker);
}

static bool listen_to(struct pool *pool, struct worker *worker)
{
	struct verdict verdict;

	if (read(worker->pipe, &verdict, sizeof(verdict)) != sizeof(verdict))
		return bury(pool, worker);
	advance(pool, worker, &verdict);
	return true;
}

/* False if nobody works any more. */
static bool wait_for_any(struct pool *pool, bool *ok)
{
	struct pollfd fds[WORKERS_MAX];
	bool working = false;
	unsigned int n;

	for (n = 0; n < pool->workers; n++) {
		fds[n] = (struct pollfd) {
			.fd = pool->worker[n].pipe,
			.events = POLLIN,
		};
		working |= fds[n].fd >= 0;
	}
	if (!working || poll(fds, pool->workers, -1) < 0)
		return false;
	for (n = 0; n < pool->workers; n++) {
		if (fds[n].fd >= 0 && fds[n].revents)
			*ok &= listen_to(pool, &pool->worker[n]);
	}
	return true;
}

bool pool_run(const struct cells *cells, const unsigned int *chosen,
	      unsigned int count, pool_sink *sink, void *context)
{
	struct pool pool = {
		.cells = cells,
		.chosen = chosen,
		.count = count,
		.sink = sink,
		.context = context,
	};
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned int n;
	bool ok = true;

	pool.workers = min(max(cpus, 1l), (long)WORKERS_MAX);
	for (n = 0; ok && n < pool.workers; n++) {
		pool.worker[n].next = n;
		ok = start(&pool, &pool.worker[n]);
	}
	while (ok && wait_for_any(&pool, &ok))
		;
	if (!ok)
		fprintf(stderr, "faults: not all cells were run\n");
	return ok;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Cells of the fault matrix, as the calls of clean runs make them. No call is
 * listed here: what a scenario calls is what it is tried with.
 */
#include "tests/faults/cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/kernel.h>

static bool add(struct cells *cells, const struct cell *cell)
{
	if (cells->count % 1024 == 0) {
		size_t room = cells->count + 1024;
		struct cell *more = realloc(cells->cell, room * sizeof(*more));

		if (!more)
			return false;
		cells->cell = more;
	}
	cells->cell[cells->count++] = *cell;
	return true;
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* The first, the second or the last call of its name, from @first on. */
static bool is_tried(const struct record *record, u64 first, unsigned int n)
{
	const struct record_call *call = &record->call[n];
	unsigned int before = 0, after = 0, i;

	if (call->number <= first)
		return false;
	for (i = 0; i < record->call_count; i++) {
		if (record->call[i].number > first &&
		    is_same(record->call[i].name, call->name)) {
			before += i < n;
			after += i > n;
		}
	}
	return before < 2 || !after;
}

static bool add_answers(struct cells *cells, unsigned int scenario,
			const struct record_call *call)
{
	struct answer answers[ANSWERS_MAX];
	unsigned int count = answers_of(call->name, answers), i;

	for (i = 0; i < count; i++) {
		struct cell cell = {
			.scenario = scenario,
			.call = *call,
			.answer = answers[i],
		};

		if (!add(cells, &cell))
			return false;
	}
	return true;
}

static bool add_allocations(struct cells *cells, unsigned int scenario,
			    const struct run *run)
{
	struct cell cell = { .scenario = scenario };
	u64 n;

	for (n = 1; n <= run->pages; n++) {
		cell.fail_page = n;
		if (!add(cells, &cell))
			return false;
	}
	cell.fail_page = 0;
	for (n = 1; n <= run->heap; n++) {
		cell.fail_heap = n;
		if (!add(cells, &cell))
			return false;
	}
	return true;
}

static bool is_clean(const struct run *run)
{
	return run->lived && run->followed && !run->in_use && !run->leaked &&
	       !run->delegated && !run->warnings && !run->bad_edges &&
	       !run->touches;
}

static bool complain(const struct scenario *scenario, const struct run *run)
{
	fprintf(stderr, "faults: %s: not clean without a fault: step %u, "
		"error %ld\n%s", scenario->name, run->step, run->error,
		run->record.log);
	return false;
}

/* What the end costs if the scenario is stopped after so many steps. */
static bool find_ends(const struct scenario *scenario, struct clean *clean,
		      struct run *run_out)
{
	struct run_plan plan = { .scenario = scenario };

	clean->steps = scenario_steps(scenario);
	for (; plan.stop_after <= clean->steps; plan.stop_after++) {
		if (!run(&plan, run_out) || !run_out->lived)
			return complain(scenario, run_out);
		clean->end[plan.stop_after] =
			run_out->calls - run_out->calls_at[plan.stop_after];
	}
	return true;
}

static bool find_scenario(struct cells *cells, unsigned int n,
			  struct run *run_out)
{
	const struct scenario *scenario = &scenarios[n];
	struct run_plan plan = {
		.scenario = scenario,
		.stop_after = STEPS_MAX,
		.follow = true,
	};
	const struct record *record = &run_out->record;
	u64 first;
	unsigned int i;

	if (!find_ends(scenario, &cells->clean[n], run_out) ||
	    !run(&plan, run_out))
		return false;
	if (!is_clean(run_out))
		return complain(scenario, run_out);
	cells->clean[n].calls = run_out->calls;
	first = run_out->calls_at[scenario->first];
	for (i = 0; i < record->call_count; i++) {
		if (is_tried(record, first, i) &&
		    !add_answers(cells, n, &record->call[i]))
			return false;
	}
	return add_allocations(cells, n, run_out);
}

bool cells_find(struct cells *cells)
{
	struct run *run = calloc(1, sizeof(*run));
	unsigned int n = 0;

	*cells = (struct cells) {
		.clean = calloc(scenario_count, sizeof(*cells->clean)),
	};
	while (run && cells->clean && n < scenario_count &&
	       find_scenario(cells, n, run))
		n++;
	free(run);
	if (n == scenario_count)
		return true;
	cells_free(cells);
	return false;
}

void cells_free(struct cells *cells)
{
	free(cells->cell);
	free(cells->clean);
	*cells = (struct cells) {};
}

void cell_name(const struct cell *cell, char name[CELL_NAME_SIZE])
{
	const char *scenario = scenarios[cell->scenario].name;
	const char *answer = cell->answer.text;

	if (cell->fail_page || cell->fail_heap)
		snprintf(name, CELL_NAME_SIZE, "%s/%s/%llu", scenario,
			 cell->fail_page ? "page" : "heap",
			 cell->fail_page + cell->fail_heap);
	else
		snprintf(name, CELL_NAME_SIZE, "%s/%s/%llu/%s", scenario,
			 cell->call.name ? cell->call.name : "unknown",
			 cell->call.nth, answer + (*answer == '='));
}

/* What an RMM answers from a call on. */
static const char *for_ever(const char *text)
{
	static const struct {
		const char *text, *answer;
	} rows[] = {
		{ "dead", "NOT_SUPPORTED" },
		{ "busy", "BUSY" },
		{ "stuck", "SUCCESS" },
		{ "refuses", "ERROR_INPUT" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows) - 1; i++) {
		if (!strcmp(rows[i].text, text))
			break;
	}
	return rows[i].answer;
}

static void write_fault(const struct cell *cell, char fault[CELL_NAME_SIZE])
{
	const char *text = cell->answer.text;

	if (cell->answer.kind == ANSWER_FOR_EVER)
		snprintf(fault, CELL_NAME_SIZE, "*#%llu+=%s", cell->call.number,
			 for_ever(text));
	else if (cell->call.name)
		snprintf(fault, CELL_NAME_SIZE, "%s#%llu%s", cell->call.name,
			 cell->call.nth, text);
	else
		snprintf(fault, CELL_NAME_SIZE, "*#%llu%s", cell->call.number,
			 text);
}

void cell_plan(const struct cell *cell, struct run_plan *plan,
	       char fault[CELL_NAME_SIZE])
{
	*plan = (struct run_plan) {
		.scenario = &scenarios[cell->scenario],
		.stop_after = STEPS_MAX,
		.fail_page = cell->fail_page,
		.fail_heap = cell->fail_heap,
		.follow = cell->answer.kind != ANSWER_FOR_EVER,
	};
	if (cell->fail_page || cell->fail_heap)
		return;
	write_fault(cell, fault);
	plan->fault = fault;
}

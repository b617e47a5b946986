// SPDX-License-Identifier: BSD-3-Clause
/*
 * The fault matrix: what the host makes of every answer that an RMM may give.
 *
 *	test_matrix		a sample, and that the judge is awake
 *	test_matrix all [START]	all cells (whose names begin so), and a table
 *	test_matrix CELL	one cell, with the kernel's log
 *	test_matrix list	their names
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <linux/kernel.h>

#include "tests/faults/pool.h"
#include "tests/faults/table.h"

#define SAMPLE 300 /* cells: a few seconds under the sanitizers */
#define SEED "FAULTS_SEED" /* of the sample */

static void note(void *context, const struct cell *cell,
		 const struct verdict *verdict)
{
	char name[CELL_NAME_SIZE];

	table_add(context, cell, verdict);
	if (verdict->holds)
		return;
	cell_name(cell, name);
	printf("# %s: %s\n", name, verdict->why);
	fflush(stdout);
}

static bool run_chosen(const struct cells *cells, const unsigned int *chosen,
		       unsigned int count, struct table *table)
{
	memset(table, 0, sizeof(*table));
	return pool_run(cells, chosen, count, note, table) &&
	       table->cells == count;
}

/* ---- All ----------------------------------------------------------------- */

static int run_all(const struct cells *cells, const char *start)
{
	unsigned int *chosen = calloc(cells->count, sizeof(*chosen));
	static struct table table;
	unsigned int i, count = 0;
	char name[CELL_NAME_SIZE];
	bool ok;

	for (i = 0; chosen && i < cells->count; i++) {
		cell_name(&cells->cell[i], name);
		if (!strncmp(name, start, strlen(start)))
			chosen[count++] = i;
	}
	ok = chosen && run_chosen(cells, chosen, count, &table);
	table_print(&table, stdout);
	free(chosen);
	return ok && !table.failed ? 0 : 1;
}

static int list(const struct cells *cells)
{
	char name[CELL_NAME_SIZE];
	unsigned int i;

	for (i = 0; i < cells->count; i++) {
		cell_name(&cells->cell[i], name);
		puts(name);
	}
	return 0;
}

/* ---- One ----------------------------------------------------------------- */

static const struct cell *find(const struct cells *cells, const char *wanted)
{
	char name[CELL_NAME_SIZE];
	unsigned int i;

	for (i = 0; i < cells->count; i++) {
		cell_name(&cells->cell[i], name);
		if (!strcmp(name, wanted))
			return &cells->cell[i];
	}
	return NULL;
}

static int run_one(const struct cells *cells, const char *name)
{
	const struct cell *cell = find(cells, name);
	struct run *result = calloc(1, sizeof(*result));
	char fault[CELL_NAME_SIZE] = "no memory";
	struct verdict verdict = {};
	struct run_plan plan;

	if (!cell)
		fprintf(stderr, "faults: no cell '%s'\n", name);
	if (!cell || !result) {
		free(result);
		return 2;
	}
	cell_plan(cell, &plan, fault);
	result->record.limit = POOL_CALLS_MAX;
	if (run(&plan, result))
		judge(cell, &cells->clean[cell->scenario], result, &verdict);
	printf("%s--fault '%s'\n%s: %s, %llu granules lost%s%s\n",
	       result->record.log, fault, name,
	       verdict.holds ? "holds" : "failed", verdict.lost,
	       verdict.holds ? "" : ": ", verdict.why);
	free(result);
	return verdict.holds ? 0 : 1;
}

/* ---- A sample ------------------------------------------------------------ */

static struct cells matrix;

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ull + 1442695040888963407ull;
	return *state >> 33;
}

static void a_sample_of_the_cells_holds(void **state)
{
	const char *given = getenv(SEED);
	uint64_t seed = given ? strtoull(given, NULL, 0) :
				(uint64_t)time(NULL);
	static unsigned int chosen[SAMPLE];
	static struct table table;
	uint64_t random = seed;
	unsigned int i;

	(void)state;
	printf("# %s=%llu\n", SEED, (unsigned long long)seed);
	for (i = 0; i < SAMPLE; i++)
		chosen[i] = next_random(&random) % matrix.count;
	assert_true(run_chosen(&matrix, chosen, SAMPLE, &table));
	assert_int_equal(table.failed, 0);
}

/* ---- The judge ----------------------------------------------------------- */

/* A run of the first cell that holds; @change spoils it. */
static void check_judge(void (*change)(struct run *run), const char *why)
{
	const struct cell *cell = find(&matrix, "build/RTT_CREATE/1/BUSY");
	struct run *result = calloc(1, sizeof(*result));
	char fault[CELL_NAME_SIZE];
	struct verdict verdict;
	struct run_plan plan;

	assert_non_null(cell);
	assert_non_null(result);
	cell_plan(cell, &plan, fault);
	assert_true(run(&plan, result));
	judge(cell, &matrix.clean[cell->scenario], result, &verdict);
	assert_true(verdict.holds);
	change(result);
	judge(cell, &matrix.clean[cell->scenario], result, &verdict);
	assert_false(verdict.holds);
	assert_string_equal(verdict.why, why);
	free(result);
}

static void miss(struct run *run)
{
	run->record.hit = 0;
}

static void leak(struct run *run)
{
	run->in_use = 3;
}

static void keep(struct run *run)
{
	run->delegated = 1;
	run->in_use = 1;
	run->leaked = 1;
}

static void fail_silently(struct run *run)
{
	run->lived = false;
	run->error = -6;
	run->step = 2;
}

static void call_too_often(struct run *run)
{
	run->calls += JUDGE_EXTRA_CALLS;
}

static void repeat(struct run *run)
{
	run->record.row_max = JUDGE_EXTRA_CALLS + 1;
}

static void end_the_machine(struct run *run)
{
	run->followed = false;
}

static void the_judge_sees_what_is_wrong(void **state)
{
	(void)state;
	check_judge(miss, "the fault was not met");
	check_judge(leak, "3 pages are gone, 0 are counted");
	check_judge(keep, "1 granules are lost without a reason");
	check_judge(fail_silently,
		    "step 2: error -6, and no call is named");
	check_judge(repeat, "a call was repeated 17 times");
	check_judge(end_the_machine, "no ordinary realm lives afterwards");
}

static void calls_beyond_the_budget_are_seen(void **state)
{
	const struct cell *cell = find(&matrix, "build/RTT_CREATE/1/BUSY");
	const struct clean *clean;
	char why[JUDGE_LINE_SIZE];

	(void)state;
	assert_non_null(cell);
	clean = &matrix.clean[cell->scenario];
	snprintf(why, sizeof(why), "%llu calls, where %llu and 16 more are due",
		 clean->calls + 1 + JUDGE_EXTRA_CALLS, clean->calls);
	check_judge(call_too_often, why);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_judge_sees_what_is_wrong),
		cmocka_unit_test(calls_beyond_the_budget_are_seen),
		cmocka_unit_test(a_sample_of_the_cells_holds),
	};
	int ret;

	if (!cells_find(&matrix))
		return 1;
	if (argc < 2)
		ret = cmocka_run_group_tests_name("faults", tests, NULL, NULL);
	else if (!strcmp(argv[1], "all"))
		ret = run_all(&matrix, argc > 2 ? argv[2] : "");
	else if (!strcmp(argv[1], "list"))
		ret = list(&matrix);
	else
		ret = run_one(&matrix, argv[1]);
	cells_free(&matrix);
	return ret;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The searches that are made each time: README.md says what each is for. Each
 * has to come to an end, with as many states as it had before: a change of the
 * rules, of the calls or of the RMM that changes their number is to be seen.
 *
 *	model [SEARCH]...	by name; all without
 *
 * The exit status is 0 if nothing was wrong, and then no state is left.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cover.h"
#include "search.h"

#define STATES_MAX 1000000u

static const struct {
	const char *name;
	struct bounds bounds;
	unsigned int states; /* that there are */
} searches[] = {
#define SEARCH(name, states, ...) { name, { __VA_ARGS__ }, states }
	SEARCH("exchange", 20919, .granules = 6, .exchange = true, .realms = 2,
	       .recs = 1, .recs_in_all = 2, .ops = 1, .tables = { 4, 4 }),
	SEARCH("recs", 38697, .granules = 6, .exchange = true, .realms = 1,
	       .recs = 2, .recs_in_all = 2, .ops = 1, .ripas = true,
	       .tables = { 2, 2 }),
	SEARCH("psci", 35537, .granules = 12, .realms = 2, .recs = 2,
	       .recs_in_all = 4, .ops = 1),
	SEARCH("operations", 36917, .granules = 12, .realms = 2, .recs = 1,
	       .recs_in_all = 2, .ops = 2),
	SEARCH("memory", 43379, .granules = 12, .exchange = true, .realms = 2,
	       .tables = { 4, 4 }),
	SEARCH("ripas", 72037, .granules = 12, .realms = 1, .recs = 1,
	       .recs_in_all = 1, .ops = 1, .ripas = true, .tables = { 2, 2 }),
	SEARCH("spaces", 123300, .granules = 12, .realms = 2, .ripas = true,
	       .tables = { 4, 4 }),
	SEARCH("other-rec", 181808, .granules = 8, .realms = 2, .recs = 1,
	       .recs_in_all = 1, .ops = 1, .ripas = true, .tables = { 2, 0 }),
	SEARCH("realms", 370058, .granules = 12, .realms = 2, .recs = 1,
	       .recs_in_all = 2, .ops = 1, .tables = { 4, 0 }),
#undef SEARCH
};
#define SEARCHES (sizeof(searches) / sizeof(searches[0]))

static bool run(unsigned int i)
{
	struct search_result result;
	time_t start = time(NULL);

	if (!search_run(&searches[i].bounds, &result)) {
		printf("model: %s failed\n", searches[i].name);
		return false;
	}
	printf("%-10s complete: %u states, %llu transitions, depth %u, "
	       "%llu calls, %.0f s\n", searches[i].name, result.states,
	       result.transitions, result.depth, result.calls,
	       difftime(time(NULL), start));
	if (result.states == searches[i].states)
		return true;
	printf("model: %u states were expected\n", searches[i].states);
	return false;
}

static bool is_wanted(unsigned int i, int argc, char **argv)
{
	bool wanted = argc == 1;

	for (int arg = 1; arg < argc; arg++)
		wanted |= !strcmp(argv[arg], searches[i].name);
	return wanted;
}

int main(int argc, char **argv)
{
	unsigned int ran = 0;
	bool good = true;

	cover_init();
	search_init(STATES_MAX, (unsigned int)sysconf(_SC_NPROCESSORS_ONLN));
	for (unsigned int i = 0; i < SEARCHES; i++) {
		if (!is_wanted(i, argc, argv))
			continue;
		good &= run(i);
		ran++;
	}
	if (ran == SEARCHES && good)
		good = cover_is_whole();
	return good && ran ? 0 : 1;
}

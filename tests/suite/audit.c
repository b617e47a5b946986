/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Counting which conditions fail when the RMM is made to lie.
 */
#include "tests/suite/audit.h"

#include <stdio.h>

#include "tests/suite/wrong.h"

#define CONDITIONS_MAX 2048

static struct {
	enum wrong wrong;
	bool all;
	bool tap;
	const struct suite_core *core;
	const struct suite_options *options;
	unsigned int at; /* the condition that runs */
	unsigned int count;
	struct {
		bool skipped;
		bool noticed; /* some lie */
		struct suite_condition is;
	} conditions[CONDITIONS_MAX];
	unsigned int lies; /* of this kind */
	unsigned int noticed;
	unsigned int number; /* of the line of TAP */
	unsigned int failed;
} state;

static bool wanted(void *context, const struct suite_condition *condition)
{
	bool useful = state.wrong == WRONG_NOTHING ||
		      (wrong_applies() &&
		       (state.all || !state.conditions[state.at].noticed));

	(void)context;
	if (state.at >= CONDITIONS_MAX ||
	    !state.options->wanted(state.options->context, condition))
		return false;
	if (!useful) {
		wrong_next();
		state.at++;
	}
	return useful;
}

static void told(void *context, const struct suite_condition *condition,
		 const struct verdict *v)
{
	bool lied = wrong_next();

	(void)context;
	if (state.wrong == WRONG_NOTHING) {
		state.conditions[state.at].is = *condition;
		state.conditions[state.at].skipped = v->skipped != NULL;
		state.count = state.at + 1;
	} else if (lied) {
		state.lies++;
		state.noticed += v->failed;
		state.conditions[state.at].noticed |= v->failed;
		if (!v->failed && state.all)
			printf("# %s: not noticed by %s: %s\n",
			       wrong_text(state.wrong), condition->command,
			       condition->name.s);
	}
	state.at++;
}

static void line(bool good, const char *what, unsigned int part,
		 unsigned int whole)
{
	state.number++;
	state.failed += !good;
	if (state.tap)
		printf("%s %u - ", good ? "ok" : "not ok", state.number);
	printf("%s: %u of %u conditions\n", what, part, whole);
}

static bool run(const struct suite_port *port, enum wrong wrong)
{
	struct suite_totals totals;
	struct suite_options o = *state.options;
	const char *failure;

	o.wanted = wanted;
	o.told = told;
	state.wrong = wrong;
	state.at = 0;
	state.lies = 0;
	state.noticed = 0;
	failure = state.core->run(wrong_port(port, state.core->granule, wrong),
				  &o, &totals);
	if (failure) {
		fprintf(stderr, "suite: granules of %s: %s\n",
			state.core->name, failure);
		return false;
	}
	if (wrong == WRONG_NOTHING)
		line(!totals.failed, "no lie, and passed", totals.passed,
		     totals.passed + totals.failed);
	else
		line(state.noticed > 0 || !state.lies, wrong_text(wrong),
		     state.noticed, state.lies);
	return true;
}

static void sum(void)
{
	unsigned int ran = 0, noticed = 0;

	for (unsigned int i = 0; i < state.count; i++) {
		const struct suite_condition *c = &state.conditions[i].is;

		if (state.conditions[i].skipped)
			continue;
		ran++;
		noticed += state.conditions[i].noticed;
		if (!state.conditions[i].noticed)
			printf("# notices no lie: %s: %s\n", c->command,
			       c->name.s);
	}
	line(noticed == ran, "some lie is noticed", noticed, ran);
}

bool audit(const struct suite_core *core, const struct suite_port *port,
	   const struct suite_options *options, bool all, bool tap)
{
	state.core = core;
	state.options = options;
	state.all = all;
	state.tap = tap;
	for (enum wrong wrong = WRONG_NOTHING; wrong < WRONGS; wrong++) {
		if (!run(port, wrong))
			return false;
	}
	sum();
	if (tap)
		printf("1..%u\n", state.number);
	return state.failed == 0;
}

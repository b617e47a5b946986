/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The runner: all conditions of all tables, each on a machine that is as if it
 * were fresh. A condition that leaves something behind has failed, and the
 * machine is opened anew, if the port can do that.
 */
#include "tests/suite/run.h"

#include "tests/suite/ledger.h"
#include "tests/suite/engine.h"

static const struct suite_options *options;
static struct suite_totals *totals;
static bool broken; /* a machine with something left in it */

/* Some call that every active RMM answers with another status than that. */
static bool rmm_is_active(void)
{
	return rmi(GRANULE_RANGE_DELEGATE, 1, 0) != RMI_ERROR_GLOBAL;
}

static bool offers_granule(void)
{
	return rmi(FEATURES, 1) == RMI_SUCCESS && answer[1] & GRANULE_OFFERED;
}

static bool offers_ipa_bits(void)
{
	return rmi(FEATURES, 0) == RMI_SUCCESS &&
	       FIELD_GET(RMI_FEATURE_REGISTER_0_S2SZ, answer[1]) >= IPA_BITS;
}

/* NULL, or what is wrong. */
static const char *open_machine(bool boot)
{
	if (!port->open())
		return "the port cannot be opened";
	if (!pool_find())
		return "the port has too little RAM";
	if (!offers_granule())
		return "the RMM does not offer them";
	if (!offers_ipa_bits())
		return "the RMM does not offer IPAs that are wide enough";
	ledger_clear();
	verdict_clear();
	return boot || scene_activate_rmm() ? NULL : "no active RMM";
}

/* Ready for the next condition. */
static bool fresh(bool boot)
{
	if (broken && open_machine(boot))
		pool_abandon();
	broken = false;
	if (!boot && !rmm_is_active() && !scene_activate_rmm())
		return false;
	pool_reset();
	ledger_clear();
	value_clear();
	verdict_clear();
	return true;
}

static void count(void)
{
	if (verdict.failed)
		totals->failed++;
	else if (verdict.skipped)
		totals->skipped++;
	else
		totals->passed++;
}

/* What the host's own CPU has, which no call takes back. */
static void calm_cpu(void)
{
	if (port->irq)
		port->irq(false);
	for (unsigned int i = 0; i < 2 && port->list_register; i++)
		port->list_register(i, 0);
}

static void end_condition(const struct table *table)
{
	verdict_setup(false);
	calm_cpu();
	if (!table->boot)
		ledger_take_apart();
	if (verdict.failed)
		broken = true;
	count();
}

/* One condition: of its members, those that it is about. */
struct job {
	const struct table *table;
	const struct deviation *first;
	const struct deviation *second;
	const struct effect *effect;
	const struct inside *inside;
	const struct story *story;
	bool registers;
	bool zeroes;
};

static void name_check(struct text *text, const struct deviation *d)
{
	text_number(text, d->check);
	text_add(text, " ");
	text_add(text, d->name);
}

static void describe(const struct job *job, struct suite_condition *condition)
{
	const char *section = NULL;
	struct text *text = &condition->name;

	text_clear(text);
	if (job->effect) {
		text_add(text, job->effect->name);
		section = job->effect->section;
		condition->strict = job->effect->strict;
	} else if (job->inside) {
		text_add(text, job->inside->name);
		section = job->inside->section;
		condition->strict = job->inside->strict;
	} else if (job->story) {
		text_add(text, job->story->name);
		section = job->story->section;
		condition->strict = job->story->strict;
	} else if (job->registers) {
		text_add(text, "registers behind the results are kept");
		section = "1.1";
		condition->strict = false;
	} else if (job->zeroes) {
		text_add(text, "registers that are no results are zero");
		section = "1.1";
		condition->strict = false;
	} else {
		name_check(text, job->first);
		condition->strict = job->first->strict;
	}
	if (job->second) {
		text_add(text, ", before ");
		name_check(text, job->second);
		condition->strict = engine_order_is_strict(job->first,
							   job->second);
	}
	condition->command = job->table->name;
	condition->section = section ? section : job->table->section;
}

static void execute(const struct job *job)
{
	if (!fresh(job->table->boot)) {
		expect("a machine on which the RMM is active", false);
	} else if (job->effect) {
		engine_effect(job->table, job->effect);
	} else if (job->inside) {
		engine_inside(job->table, job->inside);
	} else if (job->story) {
		engine_story(job->table, job->story);
	} else if (job->registers) {
		engine_registers(job->table);
	} else if (job->zeroes) {
		engine_zeroes(job->table);
	} else if (job->second) {
		engine_order(job->table, job->first, job->second);
	} else {
		engine_deviation(job->table, job->first);
	}
	end_condition(job->table);
}

static void run(const struct job *job)
{
	struct suite_condition condition;

	describe(job, &condition);
	if (condition.strict && !options->strict)
		return;
	if (options->wanted && !options->wanted(options->context, &condition))
		return;
	verdict_clear();
	if (!options->list)
		execute(job);
	if (options->told)
		options->told(options->context, &condition, &verdict);
}

/* True for the first deviation of its check that can be part of a pair. */
static bool stands_for_check(const struct table *table, unsigned int index)
{
	const struct deviation *d = &table->deviations[index];

	for (unsigned int i = 0; i < index; i++) {
		const struct deviation *other = &table->deviations[i];

		if (other->check == d->check && other->want == d->want &&
		    !other->alone)
			return false;
	}
	return !d->alone;
}

static void run_orders(const struct table *table)
{
	const struct deviation *d = table->deviations;

	for (unsigned int i = 0; i < table->deviation_count; i++) {
		for (unsigned int j = 0; j < table->deviation_count; j++) {
			if (stands_for_check(table, i) &&
			    stands_for_check(table, j) &&
			    engine_is_order(&d[i], &d[j]))
				run(&(struct job){ .table = table,
						   .first = &d[i],
						   .second = &d[j] });
		}
	}
}

static void run_table(const struct table *table)
{
	for (unsigned int i = 0; i < table->deviation_count; i++)
		run(&(struct job){ .table = table,
				   .first = &table->deviations[i] });
	run_orders(table);
	if (table->fid && table->deviation_count)
		run(&(struct job){ .table = table, .registers = true });
	if (table->fid && table->deviation_count && engine_has_zeroes(table))
		run(&(struct job){ .table = table, .zeroes = true });
	for (unsigned int i = 0; i < table->effect_count; i++)
		run(&(struct job){ .table = table,
				   .effect = &table->effects[i] });
	for (unsigned int i = 0; i < table->inside_count; i++)
		run(&(struct job){ .table = table,
				   .inside = &table->insides[i] });
	for (unsigned int i = 0; i < table->story_count; i++)
		run(&(struct job){ .table = table,
				   .story = &table->stories[i] });
}

const char *suite_run(const struct suite_port *the_port,
		      const struct suite_options *the_options,
		      struct suite_totals *the_totals)
{
	const char *wrong;

	port = the_port;
	options = the_options;
	totals = the_totals;
	*totals = (struct suite_totals){ 0, 0, 0 };
	broken = false;
	wrong = options->list ? NULL : open_machine(true);
	if (wrong)
		return wrong;
	for (unsigned int i = 0; i < suite_table_count; i++)
		run_table(suite_tables[i]);
	if (!options->list && port->close)
		port->close();
	return NULL;
}

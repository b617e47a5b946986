/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running what the tables say.
 */
#include <string.h>

#include "abi/rmi_table.h"
#include "abi/rsi_smc.h"
#include "tests/suite/engine.h"

/* ---- Deviations ---------------------------------------------------------- */

static void put_field(const struct set *set)
{
	uint8_t *page = port->memory(value_of(PARAMS));
	uint64_t value = value_of(set->value);

	/* Little endian, as all that the suite can run on. */
	memcpy(page + SET_OFFSET(set->what), &value, SET_WIDTH(set->what));
}

static void apply(const struct set *set, uint64_t x[CALL_ARGS])
{
	for (unsigned int i = 0; i < SETS && set[i].what; i++) {
		if (SET_WIDTH(set[i].what))
			put_field(&set[i]);
		else
			x[set[i].what - 1] = value_of(set[i].value);
	}
}

static void load(const struct table *table, const struct deviation *first,
		 const struct deviation *second, uint64_t x[CALL_ARGS])
{
	for (unsigned int i = 0; i < CALL_ARGS; i++)
		x[i] = value_of(table->x[i]);
	if (table->fill)
		table->fill();
	if (first)
		apply(first->set, x);
	if (second)
		apply(second->set, x);
}

static bool change(bool (*how)(void))
{
	bool done;

	if (!how)
		return true;
	verdict_setup(true);
	done = how();
	verdict_setup(false);
	return done;
}

static bool twist(const struct deviation *d)
{
	return !d || change(d->twist);
}

/* The call with one deviation or two, which must be refused for the first. */
static void refuse(const struct table *table, const struct deviation *first,
		   const struct deviation *second)
{
	uint64_t x[CALL_ARGS];

	if (!scene_build(table->scene) || !change(table->prepare) ||
	    !twist(first) || !twist(second))
		return;
	load(table, first, second, x);
	world_remember();
	call_subject();
	if (!expect_either("x0", first->want, first->also,
			   drive(table->fid, x)) ||
	    !world_is_same())
		return;
	if (first->twist || (second && second->twist))
		return;
	load(table, NULL, NULL, x);
	expect_result("the good call after it", RMI_SUCCESS,
		      drive(table->fid, x));
}

void engine_deviation(const struct table *table, const struct deviation *d)
{
	refuse(table, d, NULL);
}

void engine_order(const struct table *table, const struct deviation *first,
		  const struct deviation *second)
{
	refuse(table, first, second);
}

/* Results of the command that fill x4, too. */
static unsigned int first_kept(uint32_t fid)
{
	return fid == SMC_RMI_RTT_READ_ENTRY ? 5 : 4;
}

void engine_registers(const struct table *table)
{
	uint64_t x[CALL_ARGS];

	if (!scene_build(table->scene) || !change(table->prepare))
		return;
	load(table, NULL, NULL, x);
	call_subject();
	smc_keeps_registers(table->fid, x, first_kept(table->fid));
	if (RMI_RETURN_STATUS(answer[0]) != RMI_INCOMPLETE)
		expect_result("x0", RMI_SUCCESS, answer[0]);
}

/* Result registers that any call may use, but for x4. */
#define RESULTS_LAST 3

/* Results of a command behind x0. */
static unsigned int results_of(uint32_t fid)
{
	switch (fid) {
#define WORDS_CASE(NAME, name, args, results) \
	case SMC_RMI_##NAME: \
		return rmi_table_words(results);
	RMI_CALL_TABLE(WORDS_CASE)
#undef WORDS_CASE
	default:
		return RESULTS_LAST;
	}
}

bool engine_has_zeroes(const struct table *table)
{
	return results_of(table->fid) < RESULTS_LAST;
}

void engine_zeroes(const struct table *table)
{
	static const char *const names[] = { "x0", "x1", "x2", "x3" };
	unsigned int used = results_of(table->fid);
	uint64_t x[CALL_ARGS];

	if (!scene_build(table->scene) || !change(table->prepare))
		return;
	load(table, NULL, NULL, x);
	call_subject();
	/* An operation that is opened says its handle and its request. */
	if (RMI_RETURN_STATUS(smc(table->fid, x)) == RMI_INCOMPLETE)
		used = 2;
	else if (!expect_result("x0", RMI_SUCCESS, answer[0]))
		return;
	for (unsigned int i = used + 1; i <= RESULTS_LAST; i++)
		expect_value(names[i], 0, answer[i]);
}

static bool sets(const struct deviation *d, uint32_t what)
{
	for (unsigned int i = 0; i < SETS; i++) {
		if (d->set[i].what == what)
			return true;
	}
	return false;
}

bool engine_is_order(const struct deviation *first,
		     const struct deviation *second)
{
	if (first->check >= second->check || first->alone || second->alone ||
	    first->want == second->want || first->want == second->also ||
	    first->also || (first->twist && second->twist))
		return false;
	for (unsigned int i = 0; i < SETS && first->set[i].what; i++) {
		if (sets(second, first->set[i].what))
			return false;
	}
	return true;
}

bool engine_order_is_strict(const struct deviation *first,
			    const struct deviation *second)
{
	return first->strict || second->strict ||
	       first->class == CHECK_OTHER || second->class == CHECK_OTHER ||
	       first->class >= second->class;
}

/* ---- Effects ------------------------------------------------------------- */

static bool entry_holds(const struct after *after)
{
	struct text what;
	uint64_t ret = rmi(RTT_READ_ENTRY, value_of(RD), after->where, 3);

	text_clear(&what);
	text_add(&what, "entry for IPA ");
	text_hex(&what, after->where);
	text_add(&what, ", ");
	if (ret != RMI_SUCCESS)
		return expect_result("RTT_READ_ENTRY", RMI_SUCCESS, ret);
	if (answer[1] != after->level) {
		text_add(&what, "level");
		return expect_value(what.s, after->level, answer[1]);
	}
	if (answer[2] != after->state) {
		text_add(&what, "state");
		return expect_value(what.s, after->state, answer[2]);
	}
	if (answer[4] != after->ripas) {
		text_add(&what, "RIPAS");
		return expect_value(what.s, after->ripas, answer[4]);
	}
	text_add(&what, "PA");
	return expect_value(what.s, value_of(after->pa) & PA_MASK,
			    answer[3] & PA_MASK);
}

static bool granule_holds(const struct after *after)
{
	uint64_t pa = value_of(after->where);
	struct text what;

	text_clear(&what);
	text_add(&what, "state of granule ");
	text_hex(&what, pa);
	return expect_value(what.s, after->is, world_granule(pa));
}

bool after_holds(const struct after *after)
{
	if (after->kind == AFTER_ENTRY)
		return entry_holds(after);
	return granule_holds(after);
}

static bool results_hold(const struct effect *effect)
{
	static const char *const names[] = { "x0", "x1", "x2", "x3", "x4" };

	for (unsigned int i = 0; i < OUTS && effect->out[i].reg; i++) {
		const struct out *out = &effect->out[i];

		if (!expect_value(names[out->reg], value_of(out->value),
				  answer[out->reg]))
			return false;
	}
	return true;
}

bool realm_asks(const struct request *request)
{
	return guest_leaves_by(RMI_EXIT_RIPAS_CHANGE, SMC_RSI_IPA_STATE_SET,
			       request->base, request->top, request->ripas,
			       request->flags);
}

static bool ask(const struct request *request)
{
	bool asked;

	if (!request->top)
		return true;
	verdict_setup(true);
	asked = realm_asks(request);
	verdict_setup(false);
	return asked;
}

void engine_effect(const struct table *table, const struct effect *effect)
{
	uint64_t x[CALL_ARGS];

	if (!scene_build(effect->scene ? effect->scene : table->scene) ||
	    !change(effect->twist) || !ask(&effect->request))
		return;
	if (table->fill)
		table->fill();
	for (unsigned int i = 0; i < CALL_ARGS; i++)
		x[i] = value_of(effect->x[i]);
	apply(effect->set, x);
	call_subject();
	if (!expect_either("x0", effect->want, effect->also,
			   drive(effect->fid ? effect->fid : table->fid, x)) ||
	    !results_hold(effect) || (effect->check && !effect->check()))
		return;
	for (unsigned int i = 0; i < AFTERS && effect->after[i].kind; i++) {
		if (!after_holds(&effect->after[i]))
			return;
	}
}

void engine_story(const struct table *table, const struct story *story)
{
	if (scene_build(story->scene ? story->scene : table->scene))
		story->tell();
}

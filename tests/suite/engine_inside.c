/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running what the tables say of the realm's own doing.
 */
#include <string.h>

#include "tests/suite/engine.h"

#define FILLER 0x5a00ull

static const char *register_name(unsigned int number)
{
	static const char *const names[] = {
		"x0 of the realm", "x1 of the realm", "x2 of the realm",
		"x3 of the realm", "x4 of the realm", "x5 of the realm",
		"x6 of the realm", "x7 of the realm", "x8 of the realm",
		"x9 of the realm", "x10 of the realm",
	};

	return number < COUNT(names) ? names[number] : "xN of the realm";
}

static uint64_t exit_value(const struct exit_field *field)
{
	uint64_t value = 0;

	memcpy(&value, (const uint8_t *)guest_exit() + field->offset,
	       field->width);
	return value & field->mask;
}

static bool field_holds(const struct exit_field *field)
{
	struct text what;

	text_clear(&what);
	text_add(&what, "field of the REC exit at ");
	text_hex(&what, field->offset);
	return expect_value(what.s, value_of(field->value) & field->mask,
			    exit_value(field));
}

bool exit_holds(unsigned int reason, const struct exit_field *fields,
		unsigned int count)
{
	if (!expect_value("exit reason", reason, guest_exit()->exit_reason))
		return false;
	for (unsigned int i = 0; i < count && fields[i].width; i++) {
		if (!field_holds(&fields[i]))
			return false;
	}
	return true;
}

static bool returned(const struct inside *inside)
{
	const struct agent_box *box = guest_box();

	if (!expect("the realm goes on", guest_done()) ||
	    !expect_value("exceptions in the realm", 0, box->exceptions))
		return false;
	for (unsigned int i = 0; i < INSIDE_OUTS && inside->out[i].reg; i++) {
		const struct out *out = &inside->out[i];

		if (!expect_value(register_name(out->reg - 1),
				  value_of(out->value), box->x[out->reg - 1]))
			return false;
	}
	return true;
}

static bool took(const struct inside *inside)
{
	const struct agent_box *box = guest_box();

	if (!expect("the realm goes on", guest_done()) ||
	    !expect_value("exceptions in the realm", 1, box->exceptions) ||
	    !expect_value("class of the exception", inside->class,
			  FIELD_GET(ESR_EC, box->esr)))
		return false;
	return !inside->fsc ||
	       expect_value("fault status", inside->fsc,
			    FIELD_GET(ESR_ABORT_FSC, box->esr));
}

static bool ended(const struct inside *inside)
{
	switch (inside->end) {
	case RETURNS:
		return returned(inside);
	case TAKES:
		return took(inside);
	default:
		return exit_holds(inside->reason, inside->exit, INSIDE_EXITS);
	}
}

static void load(const struct inside *inside)
{
	uint64_t *x = guest_box()->x;

	for (unsigned int i = 0; i < 18; i++)
		x[i] = i < INSIDE_ARGS ? value_of(inside->x[i]) : FILLER + i;
}

void engine_inside(const struct table *table, const struct inside *inside)
{
	enum agent_op op = inside->op ? inside->op : table->op;

	if (!scene_build(table->scene))
		return;
	verdict_setup(true);
	if (inside->twist && !inside->twist())
		return;
	verdict_setup(false);
	load(inside);
	call_subject();
	if (!expect_result("REC_ENTER", RMI_SUCCESS,
			   guest_start(op, inside->flags)) ||
	    !ended(inside) || (inside->check && !inside->check()))
		return;
	for (unsigned int i = 0; i < AFTERS && inside->after[i].kind; i++) {
		if (!after_holds(&inside->after[i]))
			return;
	}
}

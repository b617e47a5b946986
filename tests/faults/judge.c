// SPDX-License-Identifier: BSD-3-Clause
/*
 * What must hold after any fault: nothing that a user could bring a kernel down
 * with, an exact ledger, an error that has a name, and no more calls than the
 * fault is worth.
 */
#include "tests/faults/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <asm/rmi_smc.h>
#include <linux/errno.h>
#include <linux/kernel.h>

__attribute__((format(printf, 2, 3)))
static bool fail(struct verdict *verdict, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(verdict->why, sizeof(verdict->why), format, args);
	va_end(args);
	return false;
}

static bool is_allocation(const struct cell *cell)
{
	return cell->fail_page || cell->fail_heap;
}

static bool check_fired(const struct cell *cell, const struct run *run,
			struct verdict *verdict)
{
	if (is_allocation(cell) ? run->fired : run->record.hit != 0)
		return true;
	return fail(verdict, "the fault was not met");
}

static bool check_peace(const struct run *run, struct verdict *verdict)
{
	const char *warning = strstr(run->record.log, "WARNING");

	if (run->warnings)
		return fail(verdict, "%.*s", warning ?
			    (int)strcspn(warning, "\n") : 7,
			    warning ? warning : "WARNING");
	if (run->bad_edges)
		return fail(verdict, "%llu illegal steps of the realm's state",
			    run->bad_edges);
	if (run->touches)
		return fail(verdict, "%llu touches of the RMM's memory",
			    run->touches);
	return true;
}

/*
 * An answer that is none, of an unknown status or of nobody at all, leaves open
 * what was done; so does a lie. Then more may be given up than is lost.
 */
static bool is_exact(const struct cell *cell)
{
	return is_allocation(cell) ||
	       (cell->answer.kind == ANSWER_HONEST &&
		cell->answer.column != COLUMN_UNKNOWN &&
		cell->answer.column != COLUMN_ODD);
}

static bool check_ledger(const struct cell *cell, const struct run *run,
			 struct verdict *verdict)
{
	if (run->stray)
		return fail(verdict, "%llu granules of the RMM's are free",
			    run->stray);
	if (run->in_use > run->leaked)
		return fail(verdict, "%llu pages are gone, %llu are counted",
			    run->in_use, run->leaked);
	if (run->delegated > run->leaked)
		return fail(verdict, "the RMM has %llu granules, %llu are "
			    "counted", run->delegated, run->leaked);
	if (is_exact(cell) && (run->in_use != run->leaked ||
			       run->delegated != run->leaked))
		return fail(verdict, "%llu pages are gone, the RMM has %llu, "
			    "%llu are counted", run->in_use, run->delegated,
			    run->leaked);
	if (run->leaked && !strstr(run->record.log, "granules ("))
		return fail(verdict, "%llu granules are lost without a reason",
			    run->leaked);
	return true;
}

/* User space is told, or the log, or the reason why there are no realms. */
static bool check_named(const struct cell *cell, const struct run *run,
			struct verdict *verdict)
{
	if (run->lived || run->told || run->no_realms)
		return true;
	if (is_allocation(cell) && run->error == -ENOMEM)
		return true;
	if (!is_allocation(cell) && record_names_refused(&run->record))
		return true;
	/* A lie may be felt where nothing is wrong but that it takes time. */
	if (cell->answer.kind == ANSWER_LIE && run->error == -EAGAIN)
		return true;
	return fail(verdict, "step %u: error %ld, and no call is named",
		    run->step, run->error);
}

/*
 * Without the fault it would have been @clean's calls; or, as a step failed,
 * those up to the fault, and to take apart what was there before that step or
 * would have been after it.
 */
static u64 calls_due(const struct clean *clean, const struct run *run)
{
	u64 hit = run->record.hit;
	unsigned int n = run->step;

	if (run->lived || hit <= run->calls_at[n])
		return clean->calls;
	return hit + max(clean->end[n], clean->end[n + 1]);
}

static bool check_budget(const struct cell *cell, const struct clean *clean,
			 const struct run *run, struct verdict *verdict)
{
	u64 due = calls_due(clean, run), made = run->calls;

	if (run->record.row_max > JUDGE_EXTRA_CALLS)
		return fail(verdict, "a call was repeated %llu times",
			    run->record.row_max);
	/* What answers alike for ever is an error each time. */
	if (cell->answer.kind == ANSWER_FOR_EVER)
		made -= run->record.repeats;
	/* What is asked for is delegated, and comes back. */
	if (cell->answer.column == COLUMN_STATUS + RMI_INCOMPLETE)
		made -= run->record.moves;
	if (cell->answer.kind == ANSWER_LIE ||
	    made <= due + JUDGE_EXTRA_CALLS)
		return true;
	return fail(verdict, "%llu calls, where %llu and %u more are due",
		    made, due, JUDGE_EXTRA_CALLS);
}

static bool check_after(const struct cell *cell, const struct run *run,
			struct verdict *verdict)
{
	if (cell->answer.kind == ANSWER_FOR_EVER || run->followed)
		return true;
	return fail(verdict, "no ordinary realm lives afterwards");
}

void judge(const struct cell *cell, const struct clean *clean,
	   const struct run *run, struct verdict *verdict)
{
	*verdict = (struct verdict) {
		.lived = run->lived,
		.lost = run->leaked,
	};
	verdict->holds = check_fired(cell, run, verdict) &&
			 check_peace(run, verdict) &&
			 check_ledger(cell, run, verdict) &&
			 check_named(cell, run, verdict) &&
			 check_budget(cell, clean, run, verdict) &&
			 check_after(cell, run, verdict);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * How far a piece of work is. A terminal shows one line that changes, anything
 * else gets a line each time.
 */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "vmm/progress.h"

#define MIB_SHIFT 20

static void wait_a_second(struct progress *progress)
{
	clock_gettime(CLOCK_MONOTONIC, &progress->next);
	progress->next.tv_sec++;
}

void progress_start(struct progress *progress, const char *what, u64 total)
{
	*progress = (struct progress){ .what = what, .total = total };
	wait_a_second(progress);
}

static void say(const struct progress *progress)
{
	bool terminal = isatty(STDERR_FILENO);

	fprintf(stderr, "%scca: %s: %" PRIu64 " of %" PRIu64 " MiB%s",
		terminal ? "\r" : "", progress->what,
		progress->done >> MIB_SHIFT, progress->total >> MIB_SHIFT,
		terminal ? "" : "\n");
}

void progress_add(struct progress *progress, u64 size)
{
	struct timespec now;

	progress->done += size;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec < progress->next.tv_sec ||
	    (now.tv_sec == progress->next.tv_sec &&
	     now.tv_nsec < progress->next.tv_nsec))
		return;
	say(progress);
	progress->said = true;
	wait_a_second(progress);
}

void progress_end(struct progress *progress)
{
	if (progress->said && isatty(STDERR_FILENO))
		fprintf(stderr, "\n");
}

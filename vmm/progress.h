/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How far a piece of work is, said on stderr once a second; never by work that
 * is done within its first second.
 */
#ifndef VMM_PROGRESS_H
#define VMM_PROGRESS_H

#include <time.h>

#include "vmm/layout.h"

struct progress {
	const char *what; /* "measuring" */
	u64 total; /* bytes */
	u64 done;
	struct timespec next; /* when to say something */
	bool said;
};

void progress_start(struct progress *progress, const char *what, u64 total);
void progress_add(struct progress *progress, u64 size);
void progress_end(struct progress *progress);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How long the user waits for a run: until its time is up, or until a signal
 * asks for its end.
 */
#ifndef VMM_PATIENCE_H
#define VMM_PATIENCE_H

#include <stdbool.h>
#include <time.h>

#include "vmm/err.h"

struct patience {
	unsigned int seconds;
	struct timespec end;
	int signal; /* that came, or 0 */
};

/*
 * From now on, for @seconds. SIGINT, SIGTERM, SIGHUP and VCPU_SIGNAL have to be
 * blocked in all threads (supervise_block_signals()).
 */
void patience_start(struct patience *patience, unsigned int seconds);

/* Does not wait. */
bool patience_over(struct patience *patience);

/* Waits until the thread of a vCPU has ended; false if it is over before. */
bool patience_wait(struct patience *patience);

/* Once it is over: the exit status, and in @err why; @what lasted so long. */
int patience_status(const struct patience *patience, const char *what,
		    struct err *err);

#endif

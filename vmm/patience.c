// SPDX-License-Identifier: BSD-3-Clause
/*
 * How long the user waits for a run.
 */
#include <signal.h>
#include <string.h>

#include "vmm/patience.h"
#include "vmm/supervise.h"
#include "vmm/vcpu.h"

void patience_start(struct patience *patience, unsigned int seconds)
{
	*patience = (struct patience){ .seconds = seconds };
	clock_gettime(CLOCK_MONOTONIC, &patience->end);
	patience->end.tv_sec += seconds;
}

/* False if nothing is left. */
static bool time_left(const struct patience *patience, struct timespec *left)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	left->tv_sec = patience->end.tv_sec - now.tv_sec;
	left->tv_nsec = patience->end.tv_nsec - now.tv_nsec;
	if (left->tv_nsec < 0) {
		left->tv_nsec += 1000000000;
		left->tv_sec--;
	}
	return left->tv_sec >= 0;
}

static void signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGHUP);
}

bool patience_over(struct patience *patience)
{
	const struct timespec none = { 0 };
	struct timespec left;
	sigset_t set;
	int number;

	signals(&set);
	number = sigtimedwait(&set, NULL, &none);
	if (number > 0)
		patience->signal = number;
	return patience->signal || !time_left(patience, &left);
}

bool patience_wait(struct patience *patience)
{
	struct timespec left;
	int number = 0;
	sigset_t set;

	signals(&set);
	sigaddset(&set, VCPU_SIGNAL);
	while (time_left(patience, &left)) {
		number = sigtimedwait(&set, NULL, &left);
		if (number == VCPU_SIGNAL)
			return true;
		if (number > 0) {
			patience->signal = number;
			break;
		}
	}
	return false;
}

int patience_status(const struct patience *patience, const char *what,
		    struct err *err)
{
	if (!patience->signal) {
		err_set(err, "%s after %u seconds (--timeout)", what,
			patience->seconds);
		return STATUS_TIMEOUT;
	}
	err_set(err, "taken down by signal %d (%s)", patience->signal,
		strsignal(patience->signal));
	return STATUS_SIGNAL(patience->signal);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Work in a child process. The parent only waits: for the child, for signals
 * to pass on, and for the time at which its patience ends.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "vmm/err.h"
#include "vmm/supervise.h"
#include "vmm/vcpu.h"

/* So long a child may take to end itself when it is told to. */
#define GRACE_SECONDS 10

void supervise_block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, VCPU_SIGNAL);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static time_t seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* The signal that came, or 0 after at most a second without one. */
static int next_signal(void)
{
	struct timespec second = { .tv_sec = 1 };
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	number = sigtimedwait(&set, NULL, &second);
	return number < 0 ? 0 : number;
}

static int wait_child(pid_t child, unsigned int timeout, bool *killed)
{
	time_t end = seconds() + timeout + GRACE_SECONDS;
	int status;

	*killed = false;
	while (waitpid(child, &status, WNOHANG) == 0) {
		int number = next_signal();

		if (number && number != SIGCHLD) {
			kill(child, number);
			end = seconds() + GRACE_SECONDS;
		}
		if (seconds() > end && !*killed) {
			*killed = true;
			kill(child, SIGKILL);
		}
	}
	return status;
}

static int explain(int status, bool killed)
{
	struct err err;

	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (killed)
		err_set(&err, "the run did not end in time, and was killed "
			      "%d seconds after that",
			GRACE_SECONDS);
	else
		err_set(&err, "the run crashed: signal %d (%s)",
			WTERMSIG(status), strsignal(WTERMSIG(status)));
	err_print(&err);
	return STATUS_FAILED;
}

int supervise(int (*work)(const void *context), const void *context,
	      unsigned int timeout)
{
	struct err err;
	bool killed;
	pid_t child;
	int status;

	supervise_block_signals();
	fflush(NULL);
	child = fork();
	if (child < 0) {
		err_set(&err, "fork: %s", strerror(errno));
		err_print(&err);
		return STATUS_FAILED;
	}
	if (!child) {
		/* A child alone would be left behind. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* A reader who has seen enough is no reason to crash. */
		signal(SIGPIPE, SIG_IGN);
		exit(work(context));
	}
	status = wait_child(child, timeout, &killed);
	return explain(status, killed);
}

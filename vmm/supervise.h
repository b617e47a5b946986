/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Work in a child process, so that an engine or a kernel that crashes ends the
 * run and not the tool.
 */
#ifndef VMM_SUPERVISE_H
#define VMM_SUPERVISE_H

/* Exit statuses of cca. A realm may also choose them for its own. */
#define STATUS_OK 0
#define STATUS_USAGE 2
#define STATUS_FAILED 3
#define STATUS_TIMEOUT 124
#define STATUS_SIGNAL(number) (128 + (number))

/* SIGINT, SIGTERM, SIGHUP and VCPU_SIGNAL: blocked, and waited for. */
void supervise_block_signals(void);

/*
 * Runs @work(@context) in a child and returns its exit status; 3, with a line
 * on stderr, if it crashed. Signals that ask to end are passed on. The child is
 * killed if it lives on for some seconds after that, or after @timeout seconds.
 */
int supervise(int (*work)(const void *context), const void *context,
	      unsigned int timeout);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The conduit: every SMC of the host passes here on its way to the RMM, where
 * it is counted, timed, shown, or answered in the RMM's place.
 */
#ifndef SIM_MACHINE_CONDUIT_H
#define SIM_MACHINE_CONDUIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SMC_REGS 18

/* One SMC of the calling thread's CPU: x0 to x17, in and out. */
void conduit_smc(uint64_t x[SMC_REGS]);

/* A call as an observer sees it, after it has returned. */
struct conduit_call {
	uint64_t number; /* 1 for the first SMC of the machine */
	unsigned int cpu;
	const char *name; /* "RTT_CREATE", or NULL if unknown */
	uint64_t in[SMC_REGS];
	uint64_t out[SMC_REGS];
	uint64_t start_ns; /* since the machine started */
	uint64_t ns; /* in the RMM */
	bool canned; /* answered by the conduit */
};

/* At most one observer; NULL for none. It runs under the conduit's lock. */
typedef void conduit_observer(void *context, const struct conduit_call *call);
void conduit_observe(conduit_observer *observer, void *context);

/* Makes the conduit read the clock at every call; off by default. */
void conduit_time(bool on);

struct conduit_stat {
	const char *name;
	uint64_t calls;
	uint64_t errors; /* answers other than SUCCESS and INCOMPLETE */
	uint64_t ns;
};

/* Fills at most @max rows, in the order of the table, of commands called. */
unsigned int conduit_stats(struct conduit_stat *stats, unsigned int max);
uint64_t conduit_total(void);

/* The number of the SMC that the calling thread is in, 0 if in none. */
uint64_t conduit_current(void);

/*
 * Adds a canned answer, `COMMAND[#N[+]]=STATUS[:INDEX][,xK=VALUE]...`: the N-th
 * call of COMMAND (with + all from there on, without #N every one) is answered
 * in the RMM's place. STATUS is a name of RMI_STATUS_TABLE or NOT_SUPPORTED;
 * INDEX are the bits above it. COMMAND "*" is any SMC. Results are 0, but for
 * those that are given: x0 to x4, as a number (in decimal or with 0x) or by an
 * argument of the call, xM, xM+NUMBER or xM-NUMBER. With ~ in place of the
 * first = the RMM gets the call, and only its answer is replaced: x0, and
 * what is given.
 *
 * The first of several that fit answers. They stay until machine_stop(), and
 * may be added before machine_start(). False, with one line in @err, if the
 * specification is none.
 */
bool conduit_fault_add(const char *spec, char *err, size_t size);

#endif

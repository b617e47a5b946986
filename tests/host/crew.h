/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The threads of a VMM that runs several vCPUs: what its realm stores to the
 * UART is kept, conversions are done, and the end of one is the end of all.
 */
#ifndef TESTS_HOST_CREW_H
#define TESTS_HOST_CREW_H

#include <pthread.h>

#include "tests/host/rig.h"

struct crew {
	struct guest *guest;
	pthread_t thread[GUEST_CPUS];
	pthread_mutex_t lock;
	bool stop;
	bool off; /* the realm called SYSTEM_OFF */
	long failed; /* what KVM_RUN said that was no good */
	u64 value[64];
	unsigned int values;
};

/* Runs all vCPUs until one ends the realm. The test fails after 20 seconds. */
void crew_run(struct crew *crew, struct guest *guest);

/* In two halves: ends them all by kicks, whatever they do. */
void crew_start(struct crew *crew, struct guest *guest);
void crew_stop(struct crew *crew);

/* Returns once the realm has stored as many values, or the test fails. */
void crew_wait(struct crew *crew, unsigned int values);

/* True if the realm has called SYSTEM_OFF by now. */
bool crew_is_off(struct crew *crew);

/* True if the realm stored @value to the UART. */
bool crew_saw(const struct crew *crew, u64 value);

#endif

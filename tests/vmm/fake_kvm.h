/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A KVM for tests of the VMM alone: it notes what it is asked, refuses what a
 * test wants refused, and "runs" a script of exits.
 */
#ifndef TESTS_VMM_FAKE_KVM_H
#define TESTS_VMM_FAKE_KVM_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "abi/kvm_uapi.h"
#include "vmm/backend.h"

#define FAKE_CALLS_MAX 256
#define FAKE_ARG_MAX 160
#define FAKE_POPULATED_MAX (1 << 20)

struct fake_call {
	unsigned long request;
	unsigned long arg;
	unsigned char copy[FAKE_ARG_MAX]; /* of what arg points to */
};

struct fake_kvm {
	/* What the test wants. */
	unsigned long refuse; /* this request, */
	unsigned int refuse_after; /* after so many of it, */
	long error; /* with that result */
	int mmaps_left; /* -1: any number */
	u64 populate_step; /* bytes at a time */
	long (*run)(struct kvm_run *run); /* KVM_RUN */

	/* What the VMM did. */
	struct fake_call calls[FAKE_CALLS_MAX];
	unsigned int count;
	int open_fds;
	int mappings;
	atomic_int kicks;
	unsigned char populated[FAKE_POPULATED_MAX];
	u64 populated_size;
	u64 registers[33]; /* x0 to x30, sp, pc */
};

extern struct fake_kvm fake;
extern const struct kvm_backend fake_backend;

/* Forgets everything; refuses nothing. A cmocka setup function. */
int fake_reset(void **state);

/* The @nth call of @request, from 0; NULL if there were fewer. */
const struct fake_call *fake_find(unsigned long request, unsigned int nth);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A vCPU: its REC's first registers, and the loop that runs it and answers its
 * exits, in a thread of its own.
 */
#ifndef VMM_VCPU_H
#define VMM_VCPU_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "abi/kvm_uapi.h"
#include "vmm/mmio.h"
#include "vmm/vm.h"

/*
 * Sent to the process when a vCPU's thread has ended. Whoever starts one has it
 * blocked in all threads, and waits for it.
 */
#define VCPU_SIGNAL SIGUSR2

enum vcpu_end {
	VCPU_NOT_ENDED,
	VCPU_OFF, /* the realm called PSCI SYSTEM_OFF */
	VCPU_STOPPED, /* by vcpu_stop() */
	VCPU_FAILED, /* see err */
};

struct vcpu {
	struct vm *vm;
	const struct mmio_bus *bus;
	unsigned int index;
	int fd; /* -1 if not open */
	struct kvm_run *run;
	size_t run_size;
	struct kvm_memory_attributes converted; /* by the exit before */
	unsigned int conversions; /* the same, one after the other */
	pthread_t thread;
	atomic_bool stop;
	enum vcpu_end end;
	struct err err;
};

/* Where a vCPU starts, and its first argument. */
struct vcpu_entry {
	u64 pc;
	u64 x0;
};

/*
 * The vCPU starts at @entry, or with NULL is off until the realm turns it on.
 * False if KVM refuses; nothing is left.
 */
bool vcpu_create(struct vcpu *vcpu, struct vm *vm, const struct mmio_bus *bus,
		 unsigned int index, const struct vcpu_entry *entry,
		 struct err *err);
void vcpu_destroy(struct vcpu *vcpu);

/*
 * Runs until the realm ends, fails or is stopped: see vcpu->end. The first
 * vCPU that ends, and was not stopped, is vm->ended.
 */
void vcpu_loop(struct vcpu *vcpu);

/* The same in a thread; vcpu_join() after VCPU_SIGNAL. */
bool vcpu_start(struct vcpu *vcpu, struct err *err);
void vcpu_join(struct vcpu *vcpu);

/* Makes the loop end soon, from another thread. */
void vcpu_stop(struct vcpu *vcpu);

#endif

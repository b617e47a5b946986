/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All vCPUs of a realm, which start and end together.
 */
#ifndef VMM_VCPUS_H
#define VMM_VCPUS_H

#include "vmm/vcpu.h"

struct vcpus {
	struct vm *vm;
	struct vcpu vcpu[CPUS_MAX];
	unsigned int count; /* that exist */
	unsigned int running; /* of these, with a thread */
};

/*
 * As many as the VM's layout says; the first starts at @entry, the others are
 * off. False if KVM refuses; nothing is left.
 */
bool vcpus_create(struct vcpus *vcpus, struct vm *vm,
		  const struct mmio_bus *bus, const struct vcpu_entry *entry,
		  struct err *err);
void vcpus_destroy(struct vcpus *vcpus);

/* Starts all, or none. */
bool vcpus_start(struct vcpus *vcpus, struct err *err);

/* Stops those that still run; returns when no thread is left. */
void vcpus_stop(struct vcpus *vcpus);

/* After that: the one that ended the run, NULL if all were stopped. */
const struct vcpu *vcpus_ended(const struct vcpus *vcpus);

#endif

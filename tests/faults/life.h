/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The life of a realm under a VMM to which anything may fail: whatever it has
 * opened when it stops, it closes.
 */
#ifndef TESTS_FAULTS_LIFE_H
#define TESTS_FAULTS_LIFE_H

#include <linux/types.h>

#include "abi/kvm_uapi.h"
#include "tests/faults/programs.h"

#define LIFE_CPUS 2

/* In which order a VMM lets go of a realm. */
enum life_end {
	LIFE_ENDS_IN_ORDER, /* vCPUs, guest_memfd, the VM */
	LIFE_IS_KILLED, /* as descriptors are numbered: the VM first */
};

/**
 * struct life - a VMM with its realm; descriptors are -1 while closed
 * @block_gmem: a second slot, of a block of 2 MiB
 * @ram: the first slot's shared memory
 * @run: of the first vCPU
 * @error: the last that was refused: -errno, or 0
 * @exits: handled since it was opened
 * @again: times that KVM_RUN asked to be called again
 * @told: KVM_RUN ended with a reason that says what the RMM answered
 */
struct life {
	int sys;
	int vm;
	int gmem;
	int block_gmem;
	int vcpu[LIFE_CPUS];
	u8 *ram;
	struct kvm_run *run;
	enum life_end end;
	long error;
	unsigned int exits;
	unsigned int again;
	bool told;
};

void life_init(struct life *life);

/* Each false if it was refused; then nothing else shall follow. */
bool life_open_vm(struct life *life);
bool life_add_memory(struct life *life);
bool life_add_block(struct life *life);
/* Page by page, so that it folds. */
bool life_fill_block(struct life *life);
bool life_add_vcpus(struct life *life);
bool life_load(struct life *life, const struct program *program);
bool life_activate(struct life *life);
bool life_pre_fault(struct life *life, u64 gpa, u64 size);
bool life_share(struct life *life, u64 gpa, u64 size);
bool life_unshare(struct life *life, u64 gpa, u64 size);
bool life_remove_memory(struct life *life);

/*
 * Runs the first vCPU, doing what it asks for, until it stores @mark to the
 * UART, or, without a mark, turns the realm off.
 */
bool life_run_to(struct life *life, u64 mark);
#define LIFE_TO_OFF 0

/* Closes what is open; also after life_init() only. */
void life_close(struct life *life);

#endif

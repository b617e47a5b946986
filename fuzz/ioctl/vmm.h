/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A VMM without a plan: it has descriptors and memory of several VMs, and does
 * with them whatever comes next. Through struct kvm_backend alone, so that it
 * can meet any KVM.
 *
 * A sequence is decided by its seed. With threads, vCPUs run beside it and how
 * the two interleave is not.
 */
#ifndef FUZZ_IOCTL_VMM_H
#define FUZZ_IOCTL_VMM_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "abi/kvm_uapi.h"
#include "vmm/backend.h"

#define VMM_PAGE 0x1000ull
#define VMM_FDS 48
#define VMM_MAPS 12
#define VMM_BASE 0x40000000ull /* where a realm's memory begins */
#define VMM_SIZE 0x400000ull
#define VMM_UART 0x09000000ull /* no memory there */
#define VMM_GICD 0x08000000ull
#define VMM_GICR 0x080a0000ull

enum vmm_kind {
	VMM_NONE, /* the slot is free */
	VMM_SYSTEM,
	VMM_VM,
	VMM_VCPU,
	VMM_GMEM,
	VMM_DEVICE,
	VMM_KINDS
};

struct vmm_fd {
	enum vmm_kind kind;
	int fd;
	int vm; /* descriptor of the VM that it belongs to */
	u64 size; /* GMEM */
	struct kvm_run *run; /* VCPU */
	bool dull; /* VCPU: had to be called back */

	/* A thread that has it in KVM_RUN, and when it is to end. */
	bool threaded;
	bool stop;
	pthread_t thread;
};

/* Memory for guests, or memory of the VMM's own that nobody else may touch. */
struct vmm_map {
	u8 *at; /* NULL: the slot is free */
	u64 size;
	u8 own; /* what its bytes are; 0: it is for guests */
};

extern struct vmm {
	const struct kvm_backend *kvm;
	bool threads; /* vCPUs run beside the sequence */
	bool verbose;
	unsigned int steps; /* done */
	unsigned int kicks; /* a vCPU had to be called back: timing decides */
	struct vmm_fd fds[VMM_FDS];
	struct vmm_map maps[VMM_MAPS];
	pthread_mutex_t lock; /* stop, and the run page of a threaded vCPU */
} vmm;

/* From nothing: @steps system calls and a few more, then nothing is left. */
void vmm_sequence(const struct kvm_backend *kvm, u64 seed, unsigned int steps,
		  bool threads);

/* ---- What the files of this room share ---- */

/* A descriptor of @kind, or memory for guests, by chance; NULL for none. */
struct vmm_fd *vmm_pick(enum vmm_kind kind);
struct vmm_map *vmm_pick_map(void);
struct vmm_fd *vmm_find(int fd);

/* Keeps a new descriptor, or closes it if there is no room. */
struct vmm_fd *vmm_keep(enum vmm_kind kind, long fd, int vm);
struct vmm_map *vmm_map_new(u64 size);
void vmm_map_own(struct vmm_map *map);
void vmm_map_end(struct vmm_map *map);
void vmm_close(struct vmm_fd *fd);

/* ioctl() with a pointer; shows itself if that is wanted. */
long vmm_ioctl(int fd, unsigned long request, const void *arg);
#define VMM_ARG(value) ((const void *)(uintptr_t)(value))

/* One step (ops.c). A realm with all that it needs (realm.c). */
void vmm_step(void);
void vmm_realm(void);

/* Runs a vCPU here for a few exits, or in a thread (run.c). */
void vmm_run(struct vmm_fd *vcpu);
void vmm_run_thread(struct vmm_fd *vcpu);
void vmm_stop_thread(struct vmm_fd *vcpu);

/* The thread that calls vCPUs back which never come by themselves (watch.c). */
void watch_start(void);
void watch_begin(int fd);
void watch_end(void);
void watch_stop(void);

/* A program that does what no good one would: @bytes at @to (hostile.c). */
void hostile_program(u8 *to, u64 bytes);

#endif

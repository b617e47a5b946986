/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm's VM as KVM's user makes it: created, configured, given memory, and
 * filled with what is measured (docs/boot.md).
 */
#ifndef VMM_VM_H
#define VMM_VM_H

#include <pthread.h>
#include <stdatomic.h>

#include "vmm/backend.h"
#include "vmm/err.h"
#include "vmm/layout.h"
#include "vmm/options.h"

struct vm_config {
	struct layout layout;
	u32 hash; /* KVM_ARM_RMI_HASH_* */
	u8 rpv[RPV_SIZE];
	bool blocks; /* private memory in blocks of 2 MiB */
};

struct vm {
	const struct kvm_backend *kvm;
	struct layout layout;
	int kvm_fd; /* all -1 if not open */
	int fd;
	int memfd; /* RAM's private half */
	int gic_fd;
	char *shared; /* RAM's shared half; NULL if the machine has no room */
	u64 *is_shared; /* a bit a granule; NULL while none is */
	void *bounce; /* where populated data is copied from, or NULL */
	void *files[SHARES_MAX]; /* copies of host files, or NULL */
	pthread_mutex_t exits; /* one exit of its vCPUs is handled at a time */
	atomic_int ended; /* the vCPU that ended the run; -1 while none has */
};

/*
 * Makes a VM of type realm with private RAM, and with an interrupt controller
 * if the layout wants one and KVM has it: vm->layout says. False, with the call
 * that failed and why in @err, if KVM refuses; then nothing is left.
 */
bool vm_create(struct vm *vm, const struct kvm_backend *kvm,
	       const struct vm_config *config, struct err *err);

/* Puts @data into the realm's RAM, measured; whole granules. */
bool vm_populate(struct vm *vm, u64 ipa, const void *data, u64 size,
		 struct err *err);

/*
 * Shows the realm a private copy of @data, where the layout has its share
 * number @index.
 */
bool vm_share(struct vm *vm, unsigned int index, const void *data,
	      struct err *err);

/* Gives everything back; with the last descriptor the realm goes, too. */
void vm_destroy(struct vm *vm);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm's VM as KVM's user makes it: created, configured, given memory, and
 * filled with what is measured (docs/boot.md).
 */
#ifndef VMM_VM_H
#define VMM_VM_H

#include "vmm/backend.h"
#include "vmm/err.h"
#include "vmm/layout.h"
#include "vmm/options.h"

struct vm_config {
	struct layout layout;
	u32 hash; /* KVM_ARM_RMI_HASH_* */
	u8 rpv[RPV_SIZE];
};

struct vm {
	const struct kvm_backend *kvm;
	struct layout layout;
	int kvm_fd; /* all -1 if not open */
	int fd;
	int memfd; /* RAM's private half */
	void *shared; /* RAM's shared half; NULL if the machine has no room */
	void *bounce; /* where populated data is copied from, or NULL */
};

/*
 * Makes a VM of type realm with private RAM. False, with the call that failed
 * and why in @err, if KVM refuses; then nothing is left.
 */
bool vm_create(struct vm *vm, const struct kvm_backend *kvm,
	       const struct vm_config *config, struct err *err);

/* Puts @data into the realm's RAM, measured; whole granules. */
bool vm_populate(struct vm *vm, u64 ipa, const void *data, u64 size,
		 struct err *err);

/* Gives everything back; with the last descriptor the realm goes, too. */
void vm_destroy(struct vm *vm);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulated kernel as its users see it: KVM's system calls, and what one
 * would read in its log. These are the only global symbols of the host.
 */
#ifndef SIM_KERNEL_API_H
#define SIM_KERNEL_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Boots the kernel on the machine that machine_start() built: its page
 * allocator gets all RAM, kvm_arm_init() runs. False if even ordinary VMs are
 * impossible. sim_kvm_shutdown() ends it; all descriptors must be closed.
 */
bool sim_kvm_boot(void);
void sim_kvm_shutdown(void);

/* As the system calls of struct kvm_backend (vmm/backend.h). */
int sim_kvm_open(void);
long sim_kvm_ioctl(int fd, unsigned long request, unsigned long arg);
void *sim_kvm_mmap(int fd, size_t size);
void sim_kvm_munmap(void *addr, size_t size);
int sim_kvm_close(int fd);
void sim_kvm_kick(int vcpu_fd);

/* What the kernel says, a line at a time, without its end of line. */
enum sim_kvm_line {
	SIM_KVM_LOG, /* the kernel log: "kvm [1]: RMI ABI version 2.0" */
	SIM_KVM_REALM_STATE, /* a realm's state changed: "NONE -> NEW" */
	SIM_KVM_REALM_END, /* why one ended: "off", "refused REC_ENTER=BUSY" */
	SIM_KVM_REFUSED, /* the RMM refused: "RTT_CREATE=ERROR_RTT:2" */
	SIM_KVM_LEAK, /* the RMM keeps granules: "2 tables of a dead realm" */
};

typedef void sim_kvm_watcher(void *context, enum sim_kvm_line kind,
			     const char *line);
void sim_kvm_watch(sim_kvm_watcher *watcher, void *context);

/* Why there are no realms: the name of an enum rmi_reason, or "none". */
const char *sim_kvm_rmi_reason(void);
bool sim_kvm_rmi_available(void);

/*
 * What a file of /sys/kernel/debug/rmi says (linux/arch/arm64/kvm/rmi_text.c),
 * without the end of the last line; "" if there is no file @name.
 */
void sim_kvm_text(const char *name, char *text, size_t size);

/* The host's side of the ledger. */
struct sim_kvm_ledger {
	uint64_t pages_in_use; /* of the page allocator */
	uint64_t pages_leaked; /* delegated, and the RMM keeps them */
	uint64_t warnings; /* WARN_ON()s that fired */
	uint64_t bad_edges; /* refused realm state changes */
};

void sim_kvm_ledger(struct sim_kvm_ledger *ledger);

#endif

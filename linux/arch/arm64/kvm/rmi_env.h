/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the realm code needs of the kernel around it: pages, the memory map, the
 * memory slots of a VM, and a way to let others run. Nothing else.
 *
 * Pages are counted: one that is allocated has one user. The realm code adds
 * itself as a user of every granule it delegates and withdraws when the RMM has
 * given it back, so that no page is ever reused while the RMM owns it, whoever
 * else lets go of it.
 */
#ifndef __KVM_RMI_ENV_H
#define __KVM_RMI_ENV_H

#include <linux/types.h>

struct kvm;
struct kvm_vcpu;

/* No page has this address. */
#define RMI_NO_PAGE (~(phys_addr_t)0)

/* The largest block of rmi_env_alloc_pages(). */
#define RMI_ENV_MAX_ORDER 10

/**
 * rmi_env_alloc_pages() - allocate 2^@order zeroed pages, aligned to their size
 * @order: at most RMI_ENV_MAX_ORDER
 *
 * May sleep. Each page of them can be put by itself.
 *
 * Return: physical address, or RMI_NO_PAGE.
 */
phys_addr_t rmi_env_alloc_pages(unsigned int order);

/* One user more, or one less, of each page in [@base, @top). */
void rmi_env_get_pages(phys_addr_t base, phys_addr_t top);
void rmi_env_put_pages(phys_addr_t base, phys_addr_t top);

/* Where the kernel sees a page that it owns. */
void *rmi_env_va(phys_addr_t pa);

/* The @n-th range of RAM, ascending; false if there are fewer. */
bool rmi_env_ram(unsigned int n, phys_addr_t *base, phys_addr_t *top);

/*
 * Takes pending interrupts and lets other tasks run, and other CPUs get on with
 * what they have the RMM do. May sleep.
 */
void rmi_env_yield(void);

/* What a VM has at a guest physical address. */
enum rmi_backing {
	RMI_BACKING_NONE,	/* no memory slot */
	RMI_BACKING_SHARED,	/* the VMM's memory */
	RMI_BACKING_PRIVATE,	/* guest_memfd, and marked private */
};

enum rmi_backing rmi_env_backing(struct kvm *kvm, u64 gpa);

/* The same, with the end of the stretch that is alike, at most @top. */
enum rmi_backing rmi_env_backing_range(struct kvm *kvm, u64 gpa, u64 top,
				       u64 *next);

/*
 * The page behind @gpa, allocated if need be: of guest_memfd, or of the VMM. 0
 * or -errno. It stays where it is while it is mapped; its owner unmaps it
 * before that changes.
 */
int rmi_env_private_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa);
int rmi_env_shared_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa);

/*
 * The largest block around @gpa, aligned to its size for guest and host, that
 * is one piece of memory and all @backing: PAGE_SIZE, or that times a power of
 * two. Its address is that of its first page (see above).
 */
u64 rmi_env_block_size(struct kvm *kvm, u64 gpa, enum rmi_backing backing);

/*
 * The page at an address of user space, to copy from: 0 or -EFAULT. It stays
 * where it is until rmi_env_put_source().
 */
int rmi_env_source_page(u64 uaddr, phys_addr_t *pa);
void rmi_env_put_source(phys_addr_t pa);

/*
 * A guest_memfd slot of which the RMM has not been told that it is RAM; false
 * if there is none. rmi_env_ripas_done() takes the slot at @base off that list.
 */
bool rmi_env_ripas_pending(struct kvm *kvm, u64 *base, u64 *top);
void rmi_env_ripas_done(struct kvm *kvm, u64 base);

/* Does a guest's call of this SMCCC function go to user space? */
bool rmi_env_forwards_call(struct kvm *kvm, u64 function);

/* Does the VMM not want guests to call this SMCCC function? */
bool rmi_env_denies_call(struct kvm *kvm, u64 function);

/* Blocks until the vCPU has something to do. */
void rmi_env_wait(struct kvm_vcpu *vcpu);

/*
 * A vCPU that is stopped waits in KVM_RUN, before it enters its REC, until it
 * is started.
 */
void rmi_env_stop(struct kvm_vcpu *vcpu);
void rmi_env_start(struct kvm_vcpu *vcpu);

/*
 * An access to an address without a memory slot, or a trapped system register
 * (@esr says which), by devices of the kernel: true if it is done. @data is
 * what is stored, or gets what is loaded.
 */
bool rmi_env_mmio(struct kvm_vcpu *vcpu, u64 gpa, unsigned int len, bool write,
		  u64 *data);
bool rmi_env_sysreg(struct kvm_vcpu *vcpu, u64 esr, u64 *data);

/* Timers of a realm, as they were at its exit. */
enum rmi_timer {
	RMI_TIMER_VIRTUAL,
	RMI_TIMER_PHYSICAL,
};

/* A counter that never comes. */
#define RMI_NO_DEADLINE (~0ULL)

/*
 * The interrupt of a timer is high or low; if low, it goes high by itself when
 * the counter is at @deadline.
 */
void rmi_env_timer(struct kvm_vcpu *vcpu, enum rmi_timer timer, bool level,
		   u64 deadline);

#endif

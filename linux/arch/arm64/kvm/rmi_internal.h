/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the realm code share. Each of them includes this header and
 * no other.
 */
#ifndef __KVM_RMI_INTERNAL_H
#define __KVM_RMI_INTERNAL_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kvm.h>
#include <linux/kvm_host.h>
#include <linux/log2.h>
#include <linux/mutex.h>
#include <linux/sort.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/linux/psci.h>

#include <clocksource/arm_arch_timer.h>

#include <asm/cpufeature.h>
#include <asm/esr.h>
#include <asm/kvm_emulate.h>
#include <asm/kvm_realm.h>
#include <asm/kvm_rmi.h>
#include <asm/page.h>
#include <asm/rmi_cmds.h>
#include <asm/trace_rmi.h>
#include <asm/virt.h>

#include "rmi_env.h"

/*
 * How often a call is made that does not get on (BUSY, BLOCKED, success without
 * progress), with a yield before each try but the first. An error costs no more
 * calls than these, besides the undo of what was done.
 */
#define RMI_TRIES 16

/* Translation tables. */
#define RTT_LEVEL_LAST 3
#define RTT_LEVEL_BLOCK 2 /* the only blocks that are used */
#define RTT_LEVEL_SHIFT (PAGE_SHIFT - 3)

/* Bytes that one entry of a table at @level translates. */
static inline u64 rtt_entry_size(int level)
{
	return 1ULL << (PAGE_SHIFT +
			RTT_LEVEL_SHIFT * (RTT_LEVEL_LAST - level));
}

/* Units in one address range; the field has 10 bits. */
#define RMI_RANGE_COUNT_MAX 1023

/* rmi_status.c: names of statuses. */
const char *rmi_status_name(u64 ret);

/* rmi_tally.c: how often what went wrong. */
#define RMI_TALLY_ROWS 64

/* What happened @count times; @ret is 0 if it is not about a call. */
struct rmi_tally_row {
	const char *what;
	u64 ret;
	u64 count;
};

/**
 * struct rmi_tally - counters that come as they are needed
 * @lock: guards the rest, in any context
 * @used: rows that are in use
 * @rows: a counter each
 */
struct rmi_tally {
	spinlock_t lock; /* of all that follows */
	unsigned int used;
	struct rmi_tally_row rows[RMI_TALLY_ROWS];
};

#define RMI_TALLY_INIT(name) { .lock = __SPIN_LOCK_UNLOCKED((name).lock) }

void rmi_tally(struct rmi_tally *tally, const char *what, u64 ret, u64 count);
int rmi_tally_print(struct rmi_tally *tally, char *text, size_t size);

/* rmi_refusal.c: what a failed call means for the caller; -errno. */
int rmi_failed(const char *call, u64 ret);
int realm_failed(struct realm *realm, const char *call, u64 ret);
int rmi_refusal_print(const struct rmi_refusal *refusal, char *text,
		      size_t size);
int rmi_last_refusal_print(char *text, size_t size);
int rmi_refusals_print(char *text, size_t size);
bool rmi_is_refusal(u64 ret);

/* rmi_version.c: which version to speak. */

/**
 * struct rmi_version_answer - of RMI_VERSION
 * @ret: result word
 * @lower: the version asked for, or the next lower that the RMM speaks
 * @higher: the highest that the RMM speaks
 */
struct rmi_version_answer {
	u64 ret;
	u64 lower;
	u64 higher;
};

enum rmi_version_step {
	RMI_VERSION_CHOSEN,
	RMI_VERSION_ASK_AGAIN,
	RMI_VERSION_REFUSED,
};

enum rmi_version_step rmi_version_step(const u64 *spoken, unsigned int count,
				       const struct rmi_version_answer *answer,
				       u64 *request);

/*
 * rmi.c: does at a range of RAM what was done at boot for all there was, so
 * that it can be delegated: false if the RMM does not track it by the granule.
 */
bool rmi_prepare_ram(phys_addr_t base, phys_addr_t top);

static inline struct kvm *realm_to_kvm(struct realm *realm)
{
	return container_of(realm, struct kvm, arch.realm);
}

/* rmi_state.c: how realms end; counters of what should not happen. */
void realm_ended(struct realm *realm, enum realm_end end);
int realm_ends_print(char *text, size_t size);
void rmi_leak(const char *what, u64 granules);
int rmi_leaks_print(char *text, size_t size);

/* rmi_granule.c: memory that goes to the RMM and comes back. */
int rmi_delegate(phys_addr_t base, phys_addr_t top);
int realm_delegate(struct realm *realm, phys_addr_t base, phys_addr_t top);
int rmi_try_delegate(phys_addr_t base, phys_addr_t top);
phys_addr_t rmi_delegate_some(phys_addr_t base, phys_addr_t top);
void rmi_undelegate(phys_addr_t base, phys_addr_t top);
phys_addr_t rmi_alloc_delegated(unsigned int order);
phys_addr_t realm_alloc_delegated(struct realm *realm, unsigned int order);
void rmi_free_delegated(phys_addr_t base, unsigned int order);
void rmi_free_delegated_range(phys_addr_t base, phys_addr_t top);

/* rmi_rtt.c: translation tables. All want the realm's lock. */
void realm_rtt_geometry(struct realm *realm);
int realm_rtt_extend(struct realm *realm, const char *call, u64 ipa, u64 ret,
		     int last);
void realm_rtt_reserve(struct realm *realm, u64 tables);
void realm_rtt_unreserve(struct realm *realm);
void realm_rtt_fold(struct realm *realm, u64 ipa);
void realm_rtt_teardown(struct realm *realm);

/* rmi_map.c: what they map. All want the realm's lock. */

/**
 * struct realm_map - memory to be mapped
 * @private: in the protected half; the RMM has it (it is delegated)
 * @base: first address
 * @top: end
 * @done: out: the end of what is mapped
 * @pa: the memory, in one piece, unless there is a list
 * @list: address ranges, a page each, or RMI_NO_PAGE
 * @level: of the entries
 */
struct realm_map {
	bool private;
	u64 base;
	u64 top;
	u64 done;
	phys_addr_t pa;
	phys_addr_t list;
	int level;
};

int realm_map(struct realm *realm, struct realm_map *map);
int realm_map_private(struct realm *realm, u64 ipa, phys_addr_t pa, int level);
int realm_map_shared(struct realm *realm, u64 ipa, phys_addr_t pa, int level);

/* rmi_unmap.c: and what they no longer map. */
int realm_unmap(struct realm *realm, bool private, u64 base, u64 top);

/* rmi_ripas.c: changes that a realm asks for. */
int realm_ripas_exit(struct kvm_vcpu *vcpu, const struct realm_exit *exit);
void realm_ripas_commit(struct kvm_vcpu *vcpu);

/* rmi_psci.c: RECs that turn each other on. */
int realm_psci_exit(struct kvm_vcpu *vcpu, const struct realm_exit *exit);
void realm_psci_off(struct kvm_vcpu *vcpu);

/* rmi_populate.c */
int realm_init_ripas(struct kvm *kvm);

/* rmi_rec.c */
int realm_create_rec(struct kvm_vcpu *vcpu);

#endif

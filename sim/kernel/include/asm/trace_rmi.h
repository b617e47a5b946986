/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: events of realms, which a watcher of
 * sim_kvm_watch() sees, but for exits of RECs: the conduit shows those.
 */
#ifndef SIM_TRACE_RMI_H
#define SIM_TRACE_RMI_H

#include <linux/kvm_host.h>

void trace_kvm_realm_state(const struct kvm *kvm, enum realm_state from,
			   enum realm_state to);
void trace_kvm_realm_end(const struct kvm *kvm, enum realm_end end);
void trace_kvm_rmi_refused(const struct kvm *kvm, const char *call, u64 ret);
void trace_kvm_rmi_leak(const char *what, u64 granules);

static inline void trace_kvm_rec_exit(const struct kvm_vcpu *vcpu,
				      const struct realm_exit *exit)
{
}

#endif

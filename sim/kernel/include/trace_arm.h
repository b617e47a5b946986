/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: tracepoints of KVM on arm64 that a watcher
 * of sim_kvm_watch() sees.
 */
#ifndef SIM_TRACE_ARM_H
#define SIM_TRACE_ARM_H

#include <linux/kvm_host.h>

void trace_kvm_realm_state(const struct kvm *kvm, enum realm_state from,
			   enum realm_state to);

#endif

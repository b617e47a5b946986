/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events of realms: their states, their ends, exits of their RECs, and what the
 * RMM refuses and keeps. The words are those of debugfs.
 */
#if !defined(_TRACE_RMI_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_RMI_H

#include <linux/kvm_host.h>
#include <linux/tracepoint.h>
#include <asm/kvm_rmi.h>
#include <asm/rmi_smc.h>

#undef TRACE_SYSTEM
#define TRACE_SYSTEM kvm

TRACE_EVENT(kvm_realm_state,
	TP_PROTO(const struct kvm *kvm, enum realm_state from,
		 enum realm_state to),
	TP_ARGS(kvm, from, to),

	TP_STRUCT__entry(
		__field(const void *, kvm)
		__field(int, from)
		__field(int, to)
	),

	TP_fast_assign(
		__entry->kvm = kvm;
		__entry->from = from;
		__entry->to = to;
	),

	TP_printk("VM %p: %s -> %s", __entry->kvm,
		  realm_state_name(__entry->from),
		  realm_state_name(__entry->to))
);

TRACE_EVENT(kvm_realm_end,
	TP_PROTO(const struct kvm *kvm, enum realm_end end),
	TP_ARGS(kvm, end),

	TP_STRUCT__entry(
		__field(const void *, kvm)
		__field(int, end)
	),

	TP_fast_assign(
		__entry->kvm = kvm;
		__entry->end = end;
	),

	TP_printk("VM %p: %s", __entry->kvm, realm_end_name(__entry->end))
);

/* The VM is NULL for what is done for none. */
TRACE_EVENT(kvm_rmi_refused,
	TP_PROTO(const struct kvm *kvm, const char *call, u64 ret),
	TP_ARGS(kvm, call, ret),

	TP_STRUCT__entry(
		__field(const void *, kvm)
		__string(call, call)
		__array(char, status, 32)
	),

	TP_fast_assign(
		__entry->kvm = kvm;
		__assign_str(call);
		rmi_status_print(ret, __entry->status, 32);
	),

	TP_printk("VM %p: %s=%s", __entry->kvm, __get_str(call),
		  __entry->status)
);

TRACE_EVENT(kvm_rmi_leak,
	TP_PROTO(const char *what, u64 granules),
	TP_ARGS(what, granules),

	TP_STRUCT__entry(
		__string(what, what)
		__field(u64, granules)
	),

	TP_fast_assign(
		__assign_str(what);
		__entry->granules = granules;
	),

	TP_printk("%llu %s", __entry->granules, __get_str(what))
);

TRACE_EVENT(kvm_rec_exit,
	TP_PROTO(const struct kvm_vcpu *vcpu, const struct realm_exit *exit),
	TP_ARGS(vcpu, exit),

	TP_STRUCT__entry(
		__field(int, vcpu)
		__field(unsigned int, reason)
		__field(u64, esr)
		__field(u64, ipa)
	),

	TP_fast_assign(
		__entry->vcpu = vcpu->vcpu_id;
		__entry->reason = exit->reason;
		__entry->esr = exit->esr;
		__entry->ipa = exit->ipa;
	),

	TP_printk("vCPU %d: %s, esr 0x%llx, ipa 0x%llx", __entry->vcpu,
		  __print_symbolic(__entry->reason,
				   { RMI_EXIT_SYNC, "SYNC" },
				   { RMI_EXIT_IRQ, "IRQ" },
				   { RMI_EXIT_FIQ, "FIQ" },
				   { RMI_EXIT_PSCI, "PSCI" },
				   { RMI_EXIT_RIPAS_CHANGE, "RIPAS_CHANGE" },
				   { RMI_EXIT_HOST_CALL, "HOST_CALL" },
				   { RMI_EXIT_SERROR, "SERROR" }),
		  __entry->esr, __entry->ipa)
);

#endif /* _TRACE_RMI_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH asm
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace_rmi

/* This part must be outside protection */
#include <trace/define_trace.h>

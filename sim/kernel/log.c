// SPDX-License-Identifier: BSD-3-Clause
/*
 * The kernel log, warnings and traces, a line at a time to one watcher.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <linux/bug.h>
#include <linux/printk.h>

#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/kernel/kernel.h"

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static sim_kvm_watcher *log_watcher;
static void *log_context;
static uint64_t warnings;
static unsigned int boots;

/* The kernel's 10 lines in 5 s, without the seconds: a run is a short one. */
#define RATELIMIT_BURST 10

void log_watch(sim_kvm_watcher *watcher, void *context)
{
	pthread_mutex_lock(&log_lock);
	log_watcher = watcher;
	log_context = context;
	pthread_mutex_unlock(&log_lock);
}

static void log_line(enum sim_kvm_line kind, const char *line)
{
	pthread_mutex_lock(&log_lock);
	if (log_watcher)
		log_watcher(log_context, kind, line);
	pthread_mutex_unlock(&log_lock);
}

void printk(const char *format, ...)
{
	char line[256];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	line[strcspn(line, "\n")] = '\0';
	log_line(SIM_KVM_LOG, line);
}

void log_boot(void)
{
	__atomic_add_fetch(&boots, 1, __ATOMIC_RELAXED);
}

bool printk_ratelimit(struct ratelimit *limit)
{
	unsigned int boot = __atomic_load_n(&boots, __ATOMIC_RELAXED);
	unsigned int lines;

	pthread_mutex_lock(&log_lock);
	if (limit->boot != boot)
		*limit = (struct ratelimit) { .boot = boot };
	lines = limit->lines <= RATELIMIT_BURST ? ++limit->lines :
						  limit->lines;
	pthread_mutex_unlock(&log_lock);
	return lines <= RATELIMIT_BURST;
}

bool sim_warn(const char *file, int line, const char *condition)
{
	__atomic_add_fetch(&warnings, 1, __ATOMIC_RELAXED);
	printk("WARNING: %s:%d: %s\n", file, line, condition);
	return true;
}

uint64_t log_warnings(void)
{
	return __atomic_load_n(&warnings, __ATOMIC_RELAXED);
}

void trace_kvm_realm_state(const struct kvm *kvm, enum realm_state from,
			   enum realm_state to)
{
	char line[32];

	snprintf(line, sizeof(line), "%s -> %s", realm_state_name(from),
		 realm_state_name(to));
	log_line(SIM_KVM_REALM_STATE, line);
}

/* A realm that the RMM has stopped by a refusal is nothing without that. */
void trace_kvm_realm_end(const struct kvm *kvm, enum realm_end end)
{
	char line[96];
	int length = scnprintf(line, sizeof(line), "%s", realm_end_name(end));

	if (end == REALM_END_REFUSED) {
		length += scnprintf(line + length, sizeof(line) - length, " ");
		rmi_refusal_print(&kvm->arch.realm.refusal, line + length,
				  sizeof(line) - length);
	}
	log_line(SIM_KVM_REALM_END, line);
}

void trace_kvm_rmi_refused(const struct kvm *kvm, const char *call, u64 ret)
{
	char line[96];
	int length = scnprintf(line, sizeof(line), "%s=", call);

	rmi_status_print(ret, line + length, sizeof(line) - length);
	log_line(SIM_KVM_REFUSED, line);
}

void trace_kvm_rmi_leak(const char *what, u64 granules)
{
	char line[96];

	snprintf(line, sizeof(line), "%llu %s", granules, what);
	log_line(SIM_KVM_LEAK, line);
}

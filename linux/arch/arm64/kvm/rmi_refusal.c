// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that the RMM did not grant, and that the realm code had no answer to:
 * in the log, as a trace event, counted, and for each realm the last one.
 *
 * A refusal is written "RTT_CREATE=ERROR_RTT:2": the call, the status, and the
 * index of an error.
 */
#include "rmi_internal.h"

static struct rmi_tally refusals = RMI_TALLY_INIT(refusals);

/* Guards what follows, and the refusals that realms keep. */
static DEFINE_SPINLOCK(last_lock);
static struct rmi_refusal last;

/* From any context: a REC is entered without interrupts. */
static void keep(struct rmi_refusal *refusal, const char *call, u64 ret)
{
	unsigned long flags;

	spin_lock_irqsave(&last_lock, flags);
	refusal->call = call;
	refusal->ret = ret;
	refusal->count++;
	spin_unlock_irqrestore(&last_lock, flags);
}

/**
 * realm_failed() - report a call that failed
 * @realm: the realm that it was made for, or NULL
 * @call: its name, without RMI_; a literal
 * @ret: x0, other than success
 *
 * Return: -EAGAIN if the RMM was busy for too long, else -ENXIO. Results of the
 * RMM are never passed on as numbers: they would be taken for counts.
 */
int realm_failed(struct realm *realm, const char *call, u64 ret)
{
	u64 status = RMI_RETURN_STATUS(ret);
	char text[32];

	rmi_status_print(ret, text, sizeof(text));
	pr_err_ratelimited("kvm: RMI_%s: %s (0x%llx)\n", call, text, ret);
	rmi_tally(&refusals, call, ret, 1);
	keep(&last, call, ret);
	if (realm)
		keep(&realm->refusal, call, ret);
	trace_kvm_rmi_refused(realm ? realm_to_kvm(realm) : NULL, call, ret);
	return status == RMI_BUSY || status == RMI_BLOCKED ? -EAGAIN : -ENXIO;
}

/* The same for what is done for no realm. */
int rmi_failed(const char *call, u64 ret)
{
	return realm_failed(NULL, call, ret);
}

/* "RTT_CREATE=ERROR_RTT:2", or "none" */
int rmi_refusal_print(const struct rmi_refusal *refusal, char *text,
		      size_t size)
{
	struct rmi_refusal copy;
	unsigned long flags;
	int length;

	spin_lock_irqsave(&last_lock, flags);
	copy = *refusal;
	spin_unlock_irqrestore(&last_lock, flags);

	if (!copy.call)
		return scnprintf(text, size, "none");
	length = scnprintf(text, size, "%s=", copy.call);
	return length + rmi_status_print(copy.ret, text + length,
					 size - length);
}

int rmi_last_refusal_print(char *text, size_t size)
{
	return rmi_refusal_print(&last, text, size);
}

int rmi_refusals_print(char *text, size_t size)
{
	return rmi_tally_print(&refusals, text, size);
}

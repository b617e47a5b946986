// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the realm code knows of the RMM and of its realms, as text. In a kernel
 * each text is a file of debugfs, in `sim` cca shows it: the same words.
 */
#include "rmi_internal.h"

static int print_reason(char *text, size_t size)
{
	return scnprintf(text, size, "%s", rmi_reason_name(kvm_rmi_reason()));
}

static int print_delegated(char *text, size_t size)
{
	return scnprintf(text, size, "%llu", kvm_rmi_delegated());
}

static int print_leaked(char *text, size_t size)
{
	return scnprintf(text, size, "%llu", kvm_rmi_leaked());
}

static int print_bad_edges(char *text, size_t size)
{
	return scnprintf(text, size, "%llu", kvm_rmi_bad_edges());
}

static int print_ipa_bits(char *text, size_t size)
{
	return scnprintf(text, size, "%u", kvm_rmi_ipa_limit());
}

const struct rmi_text rmi_texts[] = {
	/* Why there are no realms; "none" if there are. */
	{ "reason", print_reason },
	/* Granules that the RMM has by now. */
	{ "delegated", print_delegated },
	/* Granules that the RMM has kept since boot, and as what. */
	{ "leaked", print_leaked },
	{ "leaks", rmi_leaks_print },
	/* Calls that it refused, and the last of them. */
	{ "refusals", rmi_refusals_print },
	{ "last_refusal", rmi_last_refusal_print },
	/* Why realms ended, and changes of their state that were refused. */
	{ "ends", realm_ends_print },
	{ "bad_edges", print_bad_edges },
	/* The widest IPA space of a realm, 0 without an RMM. */
	{ "ipa_bits", print_ipa_bits },
	{}
};

/**
 * kvm_realm_print() - say how a realm is
 * @kvm: a realm's VM
 * @text: where to
 * @size: bytes at @text
 *
 * Return: how many bytes were written, without the 0 at the end.
 */
int kvm_realm_print(struct kvm *kvm, char *text, size_t size)
{
	struct realm *realm = &kvm->arch.realm;
	int length;

	mutex_lock(&realm->lock);
	length = scnprintf(text, size,
			   "state %s\nend %s\ndata %llu\ntables %llu\n"
			   "refused %llu\nlast_refusal ",
			   realm_state_name(kvm_realm_state(kvm)),
			   realm_end_name(READ_ONCE(realm->end)), realm->data,
			   realm->tables, READ_ONCE(realm->refusal.count));
	length += rmi_refusal_print(&realm->refusal, text + length,
				    size - length);
	mutex_unlock(&realm->lock);
	return length;
}

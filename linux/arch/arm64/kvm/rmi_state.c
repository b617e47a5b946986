// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state of a realm and why it ended, and the ledger of what should not
 * happen: steps that are not legal, and granules that the RMM keeps.
 */
#include "rmi_internal.h"

static atomic64_t rmi_bad_edges = ATOMIC64_INIT(0);
static atomic64_t rmi_leaked = ATOMIC64_INIT(0);
static struct rmi_tally rmi_leaks = RMI_TALLY_INIT(rmi_leaks);
static struct rmi_tally realm_ends = RMI_TALLY_INIT(realm_ends);

static const char *const state_names[] = {
	[REALM_STATE_NONE] = "NONE",
	[REALM_STATE_NEW] = "NEW",
	[REALM_STATE_ACTIVE] = "ACTIVE",
	[REALM_STATE_DYING] = "DYING",
	[REALM_STATE_DEAD] = "DEAD",
};

#define EDGE(to) BIT_ULL(REALM_STATE_##to)

/* Where each state may lead. */
static const u8 legal_edges[] = {
	[REALM_STATE_NONE] = EDGE(NEW) | EDGE(DEAD),
	[REALM_STATE_NEW] = EDGE(ACTIVE) | EDGE(DYING),
	[REALM_STATE_ACTIVE] = EDGE(DYING),
	[REALM_STATE_DYING] = EDGE(DEAD),
	[REALM_STATE_DEAD] = 0,
};

/**
 * realm_state_name() - name a state
 * @state: one of the enumeration
 *
 * Return: the name, as in "NEW".
 */
const char *realm_state_name(enum realm_state state)
{
	return (unsigned int)state < ARRAY_SIZE(state_names) ?
	       state_names[state] : "unknown";
}

/**
 * kvm_set_realm_state() - move a realm to another state
 * @kvm: a realm's VM
 * @state: where to
 *
 * The only writer of the state.
 *
 * Return: false if no step leads there from the state that the realm is in; it
 * stays in that state, and the attempt is counted.
 */
bool kvm_set_realm_state(struct kvm *kvm, enum realm_state state)
{
	struct realm *realm = &kvm->arch.realm;
	enum realm_state old = READ_ONCE(realm->state);

	do {
		if (!(legal_edges[old] & BIT_ULL(state))) {
			atomic64_inc(&rmi_bad_edges);
			return false;
		}
	} while (!try_cmpxchg(&realm->state, &old, state));

	trace_kvm_realm_state(kvm, old, state);
	return true;
}

/**
 * realm_ended() - note why a realm came to its end
 * @realm: the realm
 * @end: why
 *
 * What comes first counts: all the rest follows from it.
 */
void realm_ended(struct realm *realm, enum realm_end end)
{
	enum realm_end none = REALM_END_NONE;

	if (!try_cmpxchg(&realm->end, &none, end))
		return;
	rmi_tally(&realm_ends, realm_end_name(end), 0, 1);
	trace_kvm_realm_end(realm_to_kvm(realm), end);
}

int realm_ends_print(char *text, size_t size)
{
	return rmi_tally_print(&realm_ends, text, size);
}

/**
 * rmi_leak() - account granules that the RMM does not give back
 * @what: what they are, a literal
 * @granules: how many
 */
void rmi_leak(const char *what, u64 granules)
{
	if (!granules)
		return;
	atomic64_add(granules, &rmi_leaked);
	rmi_tally(&rmi_leaks, what, 0, granules);
	trace_kvm_rmi_leak(what, granules);
	pr_err_ratelimited("kvm: RMI: the RMM keeps %llu granules (%s)\n",
			   granules, what);
}

int rmi_leaks_print(char *text, size_t size)
{
	return rmi_tally_print(&rmi_leaks, text, size);
}

/**
 * kvm_rmi_leaked() - granules that the RMM has kept since boot
 *
 * Return: how many. None of them was or will be reused.
 */
u64 kvm_rmi_leaked(void)
{
	return atomic64_read(&rmi_leaked);
}

/**
 * kvm_rmi_bad_edges() - refused changes of a realm's state since boot
 *
 * Return: how many.
 */
u64 kvm_rmi_bad_edges(void)
{
	return atomic64_read(&rmi_bad_edges);
}

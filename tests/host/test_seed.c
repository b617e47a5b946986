// SPDX-License-Identifier: BSD-3-Clause
/*
 * The seed: which version is chosen, and how a realm's state may change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "linux/arch/arm64/kvm/rmi_internal.h"

#define V(major, minor) RMI_ABI_VERSION(major, minor)
#define SPOKEN_MAX 3

/* What an RMM speaks, ascending. */
struct rmm {
	u64 spoken[SPOKEN_MAX];
	unsigned int count;
};

/* RMI_VERSION by the rules of the specification. */
static struct rmi_version_answer rmm_answer(const struct rmm *rmm, u64 request)
{
	struct rmi_version_answer answer = {
		.ret = RMI_ERROR_INPUT,
		.higher = rmm->spoken[rmm->count - 1],
	};

	answer.lower = answer.higher;
	for (unsigned int i = 0; i < rmm->count; i++) {
		if (rmm->spoken[i] == request)
			answer.ret = RMI_SUCCESS;
		if (rmm->spoken[i] <= request)
			answer.lower = rmm->spoken[i];
	}
	return answer;
}

/* Asks as kvm_init_rmi() does: the version, or 0; counts the calls. */
static u64 negotiate(const u64 *spoken, unsigned int count,
		     const struct rmm *rmm, unsigned int *calls)
{
	struct rmi_version_answer answer;
	enum rmi_version_step step;
	u64 request;

	*calls = 0;
	step = rmi_version_step(spoken, count, NULL, &request);
	while (step == RMI_VERSION_ASK_AGAIN) {
		answer = rmm_answer(rmm, request);
		assert_true(++*calls <= count);
		step = rmi_version_step(spoken, count, &answer, &request);
	}
	return step == RMI_VERSION_CHOSEN ? request : 0;
}

static const u64 host_2_0[] = { V(2, 0) };
static const u64 host_2_1[] = { V(2, 0), V(2, 1) };

static const struct {
	struct rmm rmm;
	u64 chosen_2_0, chosen_2_1;
	unsigned int calls_2_1;
} meetings[] = {
	{ { { V(2, 0) }, 1 }, V(2, 0), V(2, 0), 2 },
	{ { { V(2, 0), V(2, 1) }, 2 }, V(2, 0), V(2, 1), 1 },
	{ { { V(2, 1) }, 1 }, 0, V(2, 1), 1 },
	{ { { V(1, 0), V(1, 1), V(2, 0) }, 3 }, V(2, 0), V(2, 0), 2 },
	{ { { V(1, 0), V(1, 1) }, 2 }, 0, 0, 1 },
	{ { { V(1, 0), V(1, 2) }, 2 }, 0, 0, 1 },
	{ { { V(3, 0) }, 1 }, 0, 0, 1 },
	{ { { V(1, 0), V(3, 0) }, 2 }, 0, 0, 1 },
};

static void a_host_of_2_0_meets_every_rmm(void **state)
{
	unsigned int calls;

	for (size_t i = 0; i < ARRAY_SIZE(meetings); i++) {
		assert_int_equal(negotiate(host_2_0, 1, &meetings[i].rmm,
					   &calls), meetings[i].chosen_2_0);
		assert_int_equal(calls, 1);
	}
}

static void a_host_of_two_versions_walks_down(void **state)
{
	unsigned int calls;

	for (size_t i = 0; i < ARRAY_SIZE(meetings); i++) {
		assert_int_equal(negotiate(host_2_1, 2, &meetings[i].rmm,
					   &calls), meetings[i].chosen_2_1);
		assert_int_equal(calls, meetings[i].calls_2_1);
	}
}

/* The answers that the specification lists, word by word. */
static void each_answer_leads_to_one_step(void **state)
{
	static const struct {
		u64 request, ret, lower, higher;
		enum rmi_version_step step;
	} rows[] = {
		{ V(2, 0), RMI_SUCCESS, V(2, 0), V(2, 0), RMI_VERSION_CHOSEN },
		{ V(2, 0), RMI_SUCCESS, V(2, 0), V(2, 1), RMI_VERSION_CHOSEN },
		{ V(2, 1), RMI_ERROR_INPUT, V(2, 0), V(2, 0),
		  RMI_VERSION_ASK_AGAIN },
		{ V(2, 0), RMI_ERROR_INPUT, V(1, 1), V(1, 1),
		  RMI_VERSION_REFUSED },
		{ V(2, 0), RMI_ERROR_INPUT, V(2, 1), V(2, 1),
		  RMI_VERSION_REFUSED },
		{ V(2, 0), ~0ull, 0, 0, RMI_VERSION_REFUSED },
		/* Success with another version than asked for is a lie. */
		{ V(2, 0), RMI_SUCCESS, V(1, 0), V(1, 0),
		  RMI_VERSION_REFUSED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct rmi_version_answer answer = {
			rows[i].ret, rows[i].lower, rows[i].higher,
		};
		u64 request = rows[i].request;

		assert_int_equal(rmi_version_step(host_2_1, 2, &answer,
						  &request), rows[i].step);
	}
}

/* One case a pair of states. */
struct edge {
	enum realm_state from, to;
	bool legal;
};

static void realm_state_edges(void **state)
{
	const struct edge *edge = *state;
	u64 refused = kvm_rmi_bad_edges();
	struct kvm kvm;

	memset(&kvm, 0, sizeof(kvm));
	kvm.arch.realm.state = edge->from;
	assert_int_equal(kvm_set_realm_state(&kvm, edge->to), edge->legal);
	assert_int_equal(kvm_realm_state(&kvm),
			 edge->legal ? edge->to : edge->from);
	assert_int_equal(kvm_rmi_bad_edges() - refused, edge->legal ? 0 : 1);
}

#define S(name) REALM_STATE_##name
#define EDGES_FROM(from, none, new, active, dying, dead) \
	{ S(from), S(NONE), none }, { S(from), S(NEW), new }, \
	{ S(from), S(ACTIVE), active }, { S(from), S(DYING), dying }, \
	{ S(from), S(DEAD), dead }

static struct edge edges[] = {
	EDGES_FROM(NONE, 0, 1, 0, 0, 1), EDGES_FROM(NEW, 0, 0, 1, 1, 0),
	EDGES_FROM(ACTIVE, 0, 0, 0, 1, 0), EDGES_FROM(DYING, 0, 0, 0, 0, 1),
	EDGES_FROM(DEAD, 0, 0, 0, 0, 0),
};

static void reasons_have_names_of_their_own(void **state)
{
	for (int i = RMI_REASON_NONE; i <= RMI_REASON_GPT; i++) {
		assert_non_null(rmi_reason_name(i));
		for (int j = RMI_REASON_NONE; j < i; j++)
			assert_string_not_equal(rmi_reason_name(i),
						rmi_reason_name(j));
	}
}

static void without_the_key_nothing_is_a_realm(void **state)
{
	struct kvm kvm;

	memset(&kvm, 0, sizeof(kvm));
	kvm.arch.is_realm = true;
	assert_false(kvm_is_realm(&kvm));
}

#define EDGE_CASES ARRAY_SIZE(edges)

int main(void)
{
	const struct CMUnitTest rest[] = {
		cmocka_unit_test(a_host_of_2_0_meets_every_rmm),
		cmocka_unit_test(a_host_of_two_versions_walks_down),
		cmocka_unit_test(each_answer_leads_to_one_step),
		cmocka_unit_test(reasons_have_names_of_their_own),
		cmocka_unit_test(without_the_key_nothing_is_a_realm),
	};
	struct CMUnitTest pairs[EDGE_CASES];
	char names[EDGE_CASES][32];

	for (size_t i = 0; i < EDGE_CASES; i++) {
		snprintf(names[i], sizeof(names[i]), "%s to %s",
			 realm_state_name(edges[i].from),
			 realm_state_name(edges[i].to));
		pairs[i] = (struct CMUnitTest){
			.name = names[i],
			.test_func = realm_state_edges,
			.initial_state = &edges[i],
		};
	}
	return cmocka_run_group_tests_name("seed", rest, NULL, NULL) +
	       cmocka_run_group_tests_name("states", pairs, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two CPUs at once in the RMM, on the same REC, operation, or pool. What they
 * are told may vary; what holds afterwards may not. Worth most under TSan.
 */
#include <pthread.h>
#include <sched.h>
#include <string.h>

#include "abi/psci.h"
#include "sro_kit.h"
#include "rmm/vmid.h"

#define ROUNDS 300

/* Runs @work on CPUs 0 and 1; its argument is the CPU. */
static void both(void *(*work)(void *))
{
	pthread_t thread[2];

	for (uintptr_t cpu = 0; cpu < 2; cpu++)
		assert_int_equal(pthread_create(&thread[cpu], NULL, work,
						(void *)cpu), 0);
	for (unsigned int cpu = 0; cpu < 2; cpu++)
		assert_int_equal(pthread_join(thread[cpu], NULL), 0);
}

/* ---- One REC, two CPUs that enter it ----------------------------------- */

static unsigned int inside, most_inside, entered, turned_away, other_answers;
static uint64_t run_page[2];

static void add(unsigned int *counter)
{
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

static void run_alone(struct pe *pe, struct pe_simd *simd,
		      const struct pe_regime *regime, struct pe_exit *exit)
{
	(void)regime;
	if (__atomic_add_fetch(&inside, 1, __ATOMIC_RELAXED) > 1)
		add(&most_inside);
	/* Plain accesses: a second CPU here is a data race. */
	pe->x[9]++;
	simd->v[0][0]++;
	sched_yield();
	__atomic_sub_fetch(&inside, 1, __ATOMIC_RELAXED);
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
}

static void *enter_again_and_again(void *arg)
{
	fake_cpu = (unsigned int)(uintptr_t)arg;
	for (unsigned int i = 0; i < ROUNDS; i++) {
		uint64_t ret = rmi(REC_ENTER, kit.rec, run_page[fake_cpu]);

		if (ret == RET(SUCCESS))
			add(&entered);
		else if (ret == RET(ERROR_REC))
			add(&turned_away);
		else
			add(&other_answers);
	}
	return NULL;
}

static void a_rec_runs_on_one_cpu_at_a_time(void **state)
{
	(void)state;
	kit_start();
	run_page[0] = kit.run;
	run_page[1] = fake_ns_page();
	fake.pe_run = run_alone;
	inside = most_inside = entered = turned_away = other_answers = 0;
	both(enter_again_and_again);
	assert_int_equal(most_inside, 0);
	assert_int_equal(other_answers, 0);
	assert_int_equal(entered + turned_away, 2 * ROUNDS);
	assert_int_equal(kit_rec()->pe.x[9], entered);
	assert_int_equal(kit_rd()->rec_running, 0);
	assert_true(rmm_ledger_ok());
}

/* ---- A REC that asks, and another CPU that answers --------------------- */

#define ASK_BASE (KIT_CODE + 16 * GRANULE_SIZE)
#define ASK_TOP (ASK_BASE + 4 * GRANULE_SIZE)

static uint64_t asked;
static unsigned int granted;
static bool done_asking;

/* The answer to the last request is in the registers; then the next one. */
static void ask_for_memory(struct pe *pe, struct pe_simd *simd,
			   const struct pe_regime *regime, struct pe_exit *exit)
{
	(void)simd;
	(void)regime;
	if (asked++ && (pe->x[0] != RSI_SUCCESS || pe->x[1] < ASK_BASE ||
			pe->x[1] > ASK_TOP || pe->x[2] != RSI_ACCEPT))
		add(&other_answers);
	pe->x[0] = SMC_RSI_IPA_STATE_SET;
	pe->x[1] = ASK_BASE;
	pe->x[2] = ASK_TOP;
	pe->x[3] = asked % 2 ? RMI_EMPTY : RMI_RAM;
	*exit = (struct pe_exit){ .esr = KIT_ESR(ESR_EC_SMC64, 0) };
}

/* Until some of it has been granted; the other CPU may be late. */
static void enter_and_ask(void)
{
	while (__atomic_load_n(&granted, __ATOMIC_RELAXED) < ROUNDS) {
		if (rmi(REC_ENTER, kit.rec, kit.run) != RET(SUCCESS))
			add(&other_answers);
		sched_yield();
	}
	__atomic_store_n(&done_asking, true, __ATOMIC_RELAXED);
}

/* A page at a time, from wherever the request stands. */
static void grant(void)
{
	uint64_t at = ASK_BASE;

	while (!__atomic_load_n(&done_asking, __ATOMIC_RELAXED)) {
		uint64_t ret = rmi(RTT_SET_RIPAS, kit.rd, kit.rec, at,
				   at + GRANULE_SIZE);

		if (ret == RET(SUCCESS))
			add(&granted);
		else if (ret != RET(ERROR_REC) && ret != RET(ERROR_INPUT))
			add(&other_answers);
		at += GRANULE_SIZE;
		if (at == ASK_TOP || ret != RET(SUCCESS))
			at = ASK_BASE;
	}
}

static void *ask_or_grant(void *arg)
{
	fake_cpu = (unsigned int)(uintptr_t)arg;
	if (fake_cpu)
		grant();
	else
		enter_and_ask();
	return NULL;
}

static void a_request_is_granted_between_entries_only(void **state)
{
	(void)state;
	kit_start();
	fake.pe_run = ask_for_memory;
	asked = granted = other_answers = 0;
	done_asking = false;
	both(ask_or_grant);
	assert_int_equal(other_answers, 0);
	assert_true(asked > 0);
	assert_true(rmm_ledger_ok());
}

/* ---- Two RECs that ask for each other ---------------------------------- */

static uint64_t rec_of[2];

/* x20 is the other's affinity. */
static void ask_for_the_other(struct pe *pe, struct pe_simd *simd,
			      const struct pe_regime *regime,
			      struct pe_exit *exit)
{
	(void)simd;
	(void)regime;
	if (pe->x[21]++ && pe->x[0] != PSCI_AFFINITY_ON)
		add(&other_answers);
	pe->x[0] = PSCI_64(PSCI_AFFINITY_INFO);
	pe->x[1] = pe->x[20];
	pe->x[2] = 0;
	*exit = (struct pe_exit){ .esr = KIT_ESR(ESR_EC_SMC64, 0) };
}

static void *enter_and_complete(void *arg)
{
	unsigned int cpu = (unsigned int)(uintptr_t)arg;

	fake_cpu = cpu;
	for (unsigned int i = 0; i < ROUNDS; i++) {
		if (rmi(REC_ENTER, rec_of[cpu], run_page[cpu]) != RET(SUCCESS))
			add(&other_answers);
		if (rmi(PSCI_COMPLETE, rec_of[cpu], rec_of[!cpu],
			PSCI_SUCCESS) != RET(SUCCESS))
			add(&other_answers);
	}
	return NULL;
}

static void two_recs_may_ask_for_each_other(void **state)
{
	(void)state;
	kit_start_new();
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		rec_of[cpu] = fake_delegate(1);
		run_page[cpu] = fake_ns_page();
		assert_int_equal(kit_rec_create(kit.rd, rec_of[cpu],
						kit_rec_params(cpu, 1)),
				 RET(SUCCESS));
		((struct rec *)fake_view(rec_of[cpu]))->pe.x[20] = !cpu;
	}
	assert_int_equal(rmi(REALM_ACTIVATE, kit.rd), RET(SUCCESS));
	fake.pe_run = ask_for_the_other;
	other_answers = 0;
	both(enter_and_complete);
	assert_int_equal(other_answers, 0);
	assert_true(rmm_ledger_ok());
}

/* ---- One operation, two CPUs that drive it ----------------------------- */

#define SHARE 8 /* granules of each CPU, half of what is asked for */

static uint64_t share[2], share_list[2];

static void *donate_share(void *arg)
{
	unsigned int cpu = (unsigned int)(uintptr_t)arg, given = 0;
	uint64_t *list = fake_view(share_list[cpu]);

	fake_cpu = cpu;
	while (given < SHARE) {
		list[0] = DESC(share[cpu] + given * GRANULE_SIZE, 1);
		/* Refused while the other CPU has the operation. */
		if (RMI_RETURN_STATUS(rmi(OP_MEM_DONATE, op.handle,
					  share_list[cpu], 1)) ==
		    RMI_INCOMPLETE)
			given += (unsigned int)fake_out[1];
		else
			sched_yield();
	}
	return NULL;
}

static void an_operation_is_driven_by_one_cpu_at_a_time(void **state)
{
	sro_kit_setup(state);
	sro_kit_open(2 * SHARE);
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		share[cpu] = fake_delegate(SHARE);
		share_list[cpu] = fake_ns_page();
	}
	both(donate_share);
	for (unsigned int i = 0; i < 2 * SHARE; i++)
		assert_int_equal(kit_state(share[i / SHARE] +
					   i % SHARE * GRANULE_SIZE),
				 GRANULE_INTERNAL);
	assert_int_equal(proceed(), RET(SUCCESS));
}

/* ---- Realms that come and go ------------------------------------------- */

static uint64_t own_rd[2], own_params[2];
static unsigned int failures;
static unsigned int vmid_users[VMID_LAST + 1];

static void live_and_die(unsigned int cpu)
{
	const struct rd *rd = fake_view(own_rd[cpu]);
	uint16_t vmid;

	if (rmi(REALM_CREATE, own_rd[cpu], own_params[cpu]) != RET(SUCCESS)) {
		add(&failures);
		return;
	}
	vmid = rd->vmid;
	if (__atomic_fetch_add(&vmid_users[vmid], 1, __ATOMIC_RELAXED))
		add(&failures);
	if (rmi(REALM_TERMINATE, own_rd[cpu]) != RET(SUCCESS))
		add(&failures);
	__atomic_fetch_sub(&vmid_users[vmid], 1, __ATOMIC_RELAXED);
	if (rmi(REALM_DESTROY, own_rd[cpu]) != RET(SUCCESS))
		add(&failures);
}

static void *realms(void *arg)
{
	fake_cpu = (unsigned int)(uintptr_t)arg;
	for (unsigned int i = 0; i < ROUNDS; i++)
		live_and_die(fake_cpu);
	return NULL;
}

static void realms_that_live_at_once_differ_in_vmid(void **state)
{
	(void)state;
	fake_reset();
	fake_activate();
	failures = 0;
	memset(vmid_users, 0, sizeof(vmid_users));
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		own_rd[cpu] = fake_delegate(1);
		own_params[cpu] = kit_realm_params(fake_delegate(1));
	}
	both(realms);
	assert_int_equal(failures, 0);
	assert_true(rmm_ledger_ok());
}

/* Both want the same root: one gets it, the other is as if it never asked. */
static unsigned int made;

static void *realms_on_one_root(void *arg)
{
	unsigned int cpu = (unsigned int)(uintptr_t)arg;

	fake_cpu = cpu;
	for (unsigned int i = 0; i < ROUNDS; i++) {
		uint64_t ret = rmi(REALM_CREATE, own_rd[cpu], own_params[cpu]);

		if (ret != RET(SUCCESS)) {
			if (ret != RET(ERROR_INPUT))
				add(&failures);
			continue;
		}
		add(&made);
		if (rmi(REALM_TERMINATE, own_rd[cpu]) != RET(SUCCESS) ||
		    rmi(REALM_DESTROY, own_rd[cpu]) != RET(SUCCESS))
			add(&failures);
	}
	return NULL;
}

static void a_root_is_one_realms_only(void **state)
{
	uint64_t root;

	(void)state;
	fake_reset();
	fake_activate();
	failures = made = 0;
	root = fake_delegate(1);
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		own_rd[cpu] = fake_delegate(1);
		own_params[cpu] = kit_realm_params(root);
	}
	both(realms_on_one_root);
	assert_int_equal(failures, 0);
	assert_true(made > 0);
	for (unsigned int cpu = 0; cpu < 2; cpu++)
		assert_int_equal(kit_state(own_rd[cpu]), GRANULE_DELEGATED);
	assert_int_equal(kit_state(root), GRANULE_DELEGATED);
	assert_true(rmm_ledger_ok());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rec_runs_on_one_cpu_at_a_time),
		cmocka_unit_test(a_request_is_granted_between_entries_only),
		cmocka_unit_test(two_recs_may_ask_for_each_other),
		cmocka_unit_test(an_operation_is_driven_by_one_cpu_at_a_time),
		cmocka_unit_test(realms_that_live_at_once_differ_in_vmid),
		cmocka_unit_test(a_root_is_one_realms_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

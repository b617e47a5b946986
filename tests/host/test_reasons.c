// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the kernel says of a call that the RMM refused, of granules that it
 * keeps, and of why a realm ended: kept, counted, by name.
 */
#include <linux/errno.h>
#include <pthread.h>
#include <string.h>

#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/kvm/vm.h"
#include "sim/machine/fault.h"
#include "tests/host/rig.h"

/* ---- Texts ---- */

static const char *text(const char *name)
{
	static char buffer[4096];

	sim_kvm_text(name, buffer, sizeof(buffer));
	return buffer;
}

/* How often @what is counted in the text @name; 0 if it is not there. */
static u64 counted(const char *name, const char *what)
{
	const char *at = strstr(text(name), what);

	if (!at)
		return 0;
	while (at > text(name) && at[-1] != '\n')
		at--;
	return strtoull(at, NULL, 10);
}

static void texts_without_an_rmm_say_so(void **state)
{
	rig_start("no-rmm", NULL);
	assert_string_equal(text("reason"), "no-rmm");
	assert_string_equal(text("ipa_bits"), "0");
	assert_string_equal(text("last_refusal"), "none");
	assert_string_equal(text("refusals"), "");
	assert_string_equal(text("leaked"), "0");
	assert_string_equal(text("no such text"), "");
}

/* A status in words is one that --fault takes, and means the same there. */
static void statuses_are_written_as_faults_are(void **state)
{
	static const u64 statuses[] = {
#define STATUS(value, name) value,
		RMI_STATUS_TABLE(STATUS)
#undef STATUS
	};
	static const u64 indices[] = { 0, 1, 3, 255 };
	char spec[64] = "RTT_CREATE=", err[128];
	struct fault fault;

	for (size_t i = 0; i < ARRAY_SIZE(statuses); i++) {
		for (size_t j = 0; j < ARRAY_SIZE(indices); j++) {
			u64 ret = RMI_RETURN(statuses[i], indices[j]);

			rmi_status_print(ret, spec + 11, 32);
			if (!fault_parse(spec, &fault, err, sizeof(err)))
				fail_msg("%s", err);
			if (strchr(spec, ':'))
				assert_int_equal(fault.x0, ret);
			else
				assert_int_equal(fault.x0, statuses[i]);
		}
	}
	rmi_status_print(SMCCC_RET_NOT_SUPPORTED, spec + 11, 32);
	assert_true(fault_parse(spec, &fault, err, sizeof(err)));
	assert_int_equal(fault.x0, SMCCC_RET_NOT_SUPPORTED);
}

/* ---- Refusals ---- */

static void refusal_at_boot_is_the_last_one(void **state)
{
	rig_prepare("rme", NULL);
	rig_fault("RMM_ACTIVATE=ERROR_GLOBAL");
	rig_boot();
	assert_string_equal(text("reason"), "activate");
	assert_string_equal(text("last_refusal"),
			    "RMM_ACTIVATE=ERROR_GLOBAL:0");
	assert_int_equal(counted("refusals", "RMM_ACTIVATE=ERROR_GLOBAL:0"), 1);
	assert_int_equal(rig_log_count("kvm: RMI_RMM_ACTIVATE: ERROR_GLOBAL:0"),
			 1);
}

static void refusals_are_counted_by_call_and_status(void **state)
{
	struct guest guest;
	u64 before;

	rig_prepare("rme", NULL);
	rig_fault("REALM_CREATE#1=ERROR_INPUT:2");
	rig_fault("REALM_CREATE#2=ERROR_INPUT:2");
	rig_fault("REALM_CREATE#3=ERROR_INPUT:3");
	rig_boot();
	before = counted("refusals", "REALM_CREATE=ERROR_INPUT:2");
	guest_open(&guest);
	assert_int_equal(guest_populate(&guest), -ENXIO);
	assert_int_equal(guest_populate(&guest), -ENXIO);
	assert_int_equal(guest_populate(&guest), -ENXIO);
	assert_int_equal(counted("refusals", "REALM_CREATE=ERROR_INPUT:2"),
			 before + 2);
	assert_int_equal(counted("refusals", "REALM_CREATE=ERROR_INPUT:3"), 1);
	assert_string_equal(text("last_refusal"), "REALM_CREATE=ERROR_INPUT:3");
	guest_close(&guest);
	rig_assert_clean();
}

/* A VM without memory slots, a realm of 40 bits. */
static struct kvm *make_realm(void)
{
	struct vm *vm = calloc(1, sizeof(*vm));

	assert_non_null(vm);
	mutex_init(&vm->kvm.slots_lock);
	assert_int_equal(kvm_init_realm(&vm->kvm, 40), 0);
	return &vm->kvm;
}

static void end_realm(struct kvm *kvm)
{
	kvm_destroy_realm(kvm);
	mutex_destroy(&kvm->slots_lock);
	free(to_vm(kvm));
}

/* A delegation is refused for somebody. */
static void realm_keeps_its_own_last_refusal(void **state)
{
	struct kvm *refused, *other;
	char said[256];

	rig_prepare("rme", NULL);
	rig_fault("GRANULE_RANGE_DELEGATE#1=ERROR_INPUT:1");
	rig_boot();
	refused = make_realm();
	other = make_realm();
	assert_int_equal(kvm_create_realm(refused), -ENOMEM);
	assert_int_equal(kvm_create_realm(other), 0);

	kvm_realm_print(refused, said, sizeof(said));
	assert_string_equal(said, "state NONE\nend none\ndata 0\ntables 0\n"
			    "refused 1\nlast_refusal "
			    "GRANULE_RANGE_DELEGATE=ERROR_INPUT:1");
	kvm_realm_print(other, said, sizeof(said));
	assert_string_equal(said, "state NEW\nend none\ndata 0\ntables 0\n"
			    "refused 0\nlast_refusal none");
	end_realm(refused);
	end_realm(other);
	assert_string_equal(rig_ends(),
			    "refused GRANULE_RANGE_DELEGATE=ERROR_INPUT:1, "
			    "closed");
	rig_assert_clean();
}

/* ---- Leaks ---- */

static void leaks_are_counted_by_what_they_were(void **state)
{
	struct guest guest;
	u64 kept, total;

	rig_prepare("rme", NULL);
	rig_fault("REALM_DESTROY=ERROR_INPUT");
	rig_boot();
	kept = counted("leaks", "of a realm that cannot be destroyed");
	total = counted("leaked", "");
	guest_open(&guest);
	assert_int_equal(guest_populate(&guest), 0);
	guest_close(&guest);
	kept = counted("leaks", "of a realm that cannot be destroyed") - kept;
	assert_true(kept >= 2);
	assert_int_equal(counted("leaked", "") - total, kept);
	assert_int_equal(rig_ledger().leaked, kept);
	rig_assert_accounted();
}

/* ---- Ends ---- */

static void run_once(const char *fault, const u32 *program, size_t size)
{
	struct guest guest;

	rig_prepare("rme", NULL);
	if (fault)
		rig_fault(fault);
	rig_boot();
	guest_load(&guest, program, size);
	while (guest_run(&guest) == -EAGAIN)
		;
	guest_close(&guest);
	rig_assert_clean();
}

static void realm_says_why_it_ended(void **state)
{
	static const u32 off[] = { PROGRAM_OFF };
	static const u32 reset[] = { A64_SET(0, 0x84000009u), A64_SMC };
	static const u32 mmio[] = {
		A64_SET(1, REALM_UART | REALM_SHARED_BIT), A64_STR_X(2, 1),
	};
	static const u32 touch[] = {
		A64_SET(1, REALM_BASE + 0x201000), A64_STR_X(2, 1), PROGRAM_OFF,
	};
	static const struct {
		const u32 *program;
		size_t size;
		const char *fault;
		const char *end;
	} rows[] = {
		{ off, sizeof(off), NULL, "off" },
		{ reset, sizeof(reset), NULL, "reset" },
		{ mmio, sizeof(mmio), NULL, "closed" },
		{ off, sizeof(off), "REC_ENTER=ERROR_INPUT:1",
		  "refused REC_ENTER=ERROR_INPUT:1" },
		{ off, sizeof(off), "REC_ENTER=ERROR_REALM:0", "stopped" },
		{ off, sizeof(off), "REC_ENTER=SUCCESS", "unknown-exit" },
		{ touch, sizeof(touch), "RTT_DATA_MAP#1=ERROR_INPUT:4",
		  "refused RTT_DATA_MAP=ERROR_INPUT:4" },
		{ off, sizeof(off), "REALM_ACTIVATE=ERROR_REALM:0",
		  "refused REALM_ACTIVATE=ERROR_REALM:0" },
		/* It goes on after that, and nobody need care. */
		{ off, sizeof(off), "REALM_ACTIVATE#1=BUSY", "off" },
	};
	char word[32];
	u64 before;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		sscanf(rows[i].end, "%31s", word);
		before = counted("ends", word);
		run_once(rows[i].fault, rows[i].program, rows[i].size);
		assert_string_equal(rig_ends(), rows[i].end);
		assert_int_equal(counted("ends", word), before + 1);
		rig_stop();
	}
}

static void realm_that_was_never_made_is_closed(void **state)
{
	struct guest guest;

	rig_start("rme", NULL);
	guest_open(&guest);
	guest_close(&guest);
	assert_string_equal(rig_ends(), "closed");
	rig_assert_clean();
}

/* ---- Tallies ---- */

static void what_finds_no_row_is_counted_as_others(void **state)
{
	static struct rmi_tally tally = RMI_TALLY_INIT(tally);
	char said[8192];
	u64 i;

	for (i = 0; i < RMI_TALLY_ROWS + 10; i++)
		rmi_tally(&tally, "RTT_CREATE", RMI_RETURN(RMI_ERROR_RTT, i),
			  1);
	rmi_tally(&tally, "RTT_CREATE", RMI_RETURN(RMI_ERROR_RTT, 7), 5);
	rmi_tally_print(&tally, said, sizeof(said));
	assert_non_null(strstr(said, "6 RTT_CREATE=ERROR_RTT:7\n"));
	assert_string_equal(strrchr(said, '\n'), "\n11 others");
}

static void text_ends_where_there_is_no_room(void **state)
{
	static struct rmi_tally tally = RMI_TALLY_INIT(tally);
	char said[16];

	rmi_tally(&tally, "GRANULE_RANGE_DELEGATE", RMI_BUSY, 1);
	rmi_tally(&tally, "RTT_CREATE", RMI_BUSY, 1);
	memset(said, 'x', sizeof(said));
	assert_int_equal(rmi_tally_print(&tally, said, 8), 7);
	assert_string_equal(said, "1 GRANU");
	assert_int_equal(said[8], 'x');
}

#define THREADS 4
#define TIMES 2000

static void *count_often(void *tally)
{
	for (unsigned int i = 0; i < TIMES; i++)
		rmi_tally(tally, "REC_ENTER", RMI_RETURN(RMI_ERROR_REC, i % 8),
			  1);
	return NULL;
}

static void threads_count_together(void **state)
{
	static struct rmi_tally tally = RMI_TALLY_INIT(tally);
	pthread_t threads[THREADS];
	u64 sum = 0;

	for (unsigned int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, count_often, &tally);
	for (unsigned int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(tally.used, 8);
	for (unsigned int i = 0; i < tally.used; i++)
		sum += tally.rows[i].count;
	assert_int_equal(sum, THREADS * TIMES);
}

#define TEST(name) cmocka_unit_test_teardown(name, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(texts_without_an_rmm_say_so),
		TEST(statuses_are_written_as_faults_are),
		TEST(refusal_at_boot_is_the_last_one),
		TEST(refusals_are_counted_by_call_and_status),
		TEST(realm_keeps_its_own_last_refusal),
		TEST(leaks_are_counted_by_what_they_were),
		TEST(realm_says_why_it_ended),
		TEST(realm_that_was_never_made_is_closed),
		TEST(what_finds_no_row_is_counted_as_others),
		TEST(text_ends_where_there_is_no_room),
		TEST(threads_count_together),
	};

	return cmocka_run_group_tests_name("reasons", tests, NULL, NULL);
}

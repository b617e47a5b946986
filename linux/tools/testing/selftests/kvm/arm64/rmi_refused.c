// SPDX-License-Identifier: GPL-2.0-only
/*
 * Realms whose RMM refuses something: what the ioctl says, what debugfs says of
 * it, that each granule that is lost is counted, and that the next realm works.
 * Only where KUnit's file arms answers in the RMM's place (rmi_canned) and the
 * monitor is the one for tests. What is lost there stays lost.
 */
#include "rmi_realm.h"

#define DEBUGFS "/sys/kernel/debug/"

/* Of asm/rmi_smc.h */
#define DATA_MAP_INIT 0xc4000153
#define REALM_ACTIVATE 0xc4000157
#define REALM_DESTROY 0xc4000159
#define REC_CREATE 0xc400015a
#define REC_ENTER 0xc400015c
#define UNDELEGATE 0xc40001f2
#define DATA_MAP 0xc40001f5
#define ERROR_INPUT 1
#define ERROR_REALM 2
#define BUSY 10
#define INDEX(n) ((n) << 8)
#define ALL 0

/* Stores to memory that nobody populated, and turns itself off. */
static const uint32_t guest[] = {
	0xd2a80001, /* mov x1, #0x40000000 */
	0x91406021, /* add x1, x1, #0x18, lsl #12 */
	0xf9000021, /* str x1, [x1] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

static int canned;

/* The @nth call of @fid from now on, and @count in all, is answered by @x0. */
static bool arm(unsigned int fid, unsigned int nth, unsigned int count,
		unsigned long x0)
{
	char text[80];
	int length = snprintf(text, sizeof(text), "%x %x %x %lx", fid, nth,
			      count, x0);

	return is("arm", length, write(canned, text, length));
}

static void disarm(void)
{
	if (write(canned, "0", 1) != 1)
		ksft_exit_fail_msg("could not disarm: %s\n", strerror(errno));
}

/* ---- debugfs ------------------------------------------------------------- */

/* The file @name has @words. */
static bool says(const char *name, const char *words)
{
	char text[4096], path[128];
	size_t length = 0;
	FILE *file;

	snprintf(path, sizeof(path), DEBUGFS "%s", name);
	file = fopen(path, "r");
	if (file) {
		length = fread(text, 1, sizeof(text) - 1, file);
		fclose(file);
	}
	text[length] = '\0';
	if (strstr(text, words))
		return true;
	ksft_print_msg("%s: no '%s' in '%s'\n", path, words, text);
	return false;
}

static bool realm_says(const struct realm *realm, const char *words)
{
	char name[64];

	snprintf(name, sizeof(name), "kvm/%d-%d/realm", getpid(), realm->vm);
	return says(name, words);
}

static bool refused(const struct realm *realm, const char *refusal)
{
	char line[96];

	snprintf(line, sizeof(line), "last_refusal %s\n", refusal);
	return says("rmi/last_refusal", refusal) &&
	       says("rmi/refusals", refusal) && realm_says(realm, line);
}

/* ---- Realms -------------------------------------------------------------- */

static bool start(struct realm *realm)
{
	realm_start(realm);
	memcpy(realm->source, guest, sizeof(guest));
	return realm_add_ram(realm);
}

static bool start_filled(struct realm *realm)
{
	return start(realm) &&
	       is("populate", 0, populate_pages(realm, RAM_BASE, PAGE)) &&
	       start_vcpu(realm);
}

static bool turned_off(struct realm *realm)
{
	return is("run", 0, call_nr(realm->vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_SYSTEM_EVENT, realm->run->exit_reason) &&
	       realm_says(realm, "end off\n");
}

/* Ends it, loses @lost granules by that, and has another one live. */
static bool end(struct realm *realm, bool good, long before, long lost)
{
	realm_end(realm, good);
	disarm();
	good &= is("lost", lost, granules_kept() - before);
	good = good && start_filled(realm) && turned_off(realm);
	realm_end(realm, good);
	return good && is("lost then", lost, granules_kept() - before);
}

static bool populate_that_is_refused_is_an_error(void)
{
	struct kvm_arm_rmi_populate args = {
		.base = RAM_BASE,
		.size = 3 * PAGE,
	};
	long before = granules_kept();
	struct realm realm;
	bool good = start(&realm) &&
		    arm(DATA_MAP_INIT, 1, 1, ERROR_INPUT | INDEX(1));

	args.source_uaddr = (uintptr_t)realm.source;
	good = good && is("populate", -ENXIO, populate(&realm, &args)) &&
	       is("nothing done", 1, args.base == RAM_BASE &&
		  args.size == 3 * PAGE) &&
	       refused(&realm, "RTT_DATA_MAP_INIT=ERROR_INPUT:1") &&
	       realm_says(&realm, "state NEW\n") &&
	       is("again", 0, populate_pages(&realm, RAM_BASE, 3 * PAGE)) &&
	       start_vcpu(&realm) && turned_off(&realm);
	return end(&realm, good, before, 0);
}

static bool first_run_that_is_refused(unsigned int fid, unsigned long ret,
				      const char *refusal)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) && arm(fid, 1, 1, ret);

	good = good && is("run", -ENXIO, call_nr(realm.vcpu, KVM_RUN, 0)) &&
	       refused(&realm, refusal) && realm_says(&realm, "state NEW\n") &&
	       turned_off(&realm);
	return end(&realm, good, before, 0);
}

static bool rec_that_is_refused_may_be_made_later(void)
{
	return first_run_that_is_refused(REC_CREATE, ERROR_INPUT | INDEX(3),
					 "REC_CREATE=ERROR_INPUT:3");
}

static bool activation_that_is_refused_may_be_made_later(void)
{
	return first_run_that_is_refused(REALM_ACTIVATE, ERROR_REALM,
					 "REALM_ACTIVATE=ERROR_REALM:0");
}

static bool fault_that_is_refused_ends_the_realm(void)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) &&
		    arm(DATA_MAP, 1, 1, ERROR_INPUT | INDEX(4));

	good = good && is("run", -ENXIO, call_nr(realm.vcpu, KVM_RUN, 0)) &&
	       refused(&realm, "RTT_DATA_MAP=ERROR_INPUT:4") &&
	       realm_says(&realm, "end refused\n");
	return end(&realm, good, before, 0);
}

static bool entry_that_is_refused_says_the_status(void)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) &&
		    arm(REC_ENTER, 1, 1, ERROR_INPUT | INDEX(2));

	good = good && is("run", 0, call_nr(realm.vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_INTERNAL_ERROR, realm.run->exit_reason) &&
	       is("status", ERROR_INPUT | INDEX(2),
		  realm.run->internal.data[0]) &&
	       refused(&realm, "REC_ENTER=ERROR_INPUT:2") &&
	       realm_says(&realm, "end refused\n");
	return end(&realm, good, before, 0);
}

static bool realm_that_the_rmm_stops_is_shut_down(void)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) && arm(REC_ENTER, 1, 1, ERROR_REALM);

	good = good && is("run", 0, call_nr(realm.vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_SHUTDOWN, realm.run->exit_reason) &&
	       realm_says(&realm, "end stopped\n");
	return end(&realm, good, before, 0);
}

/* The page is guest_memfd's no more, and nobody else's. KVM takes its time. */
static bool page_that_stays_the_rmms_is_lost(void)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) && arm(UNDELEGATE, 1, 1, ERROR_INPUT);

	good = good &&
	       is("shared", 0, set_private(&realm, RAM_BASE, PAGE, false));
	return end(&realm, good, before, 1) &&
	       says("rmi/leaks", "cannot be undelegated");
}

static bool busy_rmm_is_waited_for(void)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) && arm(DATA_MAP, 1, 5, BUSY) &&
		    turned_off(&realm);

	return end(&realm, good, before, 0);
}

/* Its descriptor and two root tables: an IPA space of 40 bits has those. */
static bool realm_that_is_not_destroyed_is_lost(void)
{
	long before = granules_kept();
	struct realm realm;
	bool good = start_filled(&realm) && turned_off(&realm) &&
		    arm(REALM_DESTROY, 1, ALL, ERROR_REALM);

	return end(&realm, good, before, 3);
}

/* ---- Main ---------------------------------------------------------------- */

static const struct realm_test tests[] = {
	TEST(populate_that_is_refused_is_an_error),
	TEST(rec_that_is_refused_may_be_made_later),
	TEST(activation_that_is_refused_may_be_made_later),
	TEST(fault_that_is_refused_ends_the_realm),
	TEST(entry_that_is_refused_says_the_status),
	TEST(realm_that_the_rmm_stops_is_shut_down),
	TEST(busy_rmm_is_waited_for),
	TEST(page_that_stays_the_rmms_is_lost),
	TEST(realm_that_is_not_destroyed_is_lost),
};

int main(void)
{
	canned = open(DEBUGFS "rmi_canned", O_WRONLY);
	if (canned < 0 || write(canned, "0", 1) != 1)
		ksft_exit_skip("nothing arms answers of the RMM\n");
	return run_tests(tests, ARRAY_SIZE(tests));
}

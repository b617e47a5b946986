// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca probe on every built-in machine: whether there are realms, why not, and
 * how far the host went.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/machine/conf.h"
#include "tests/vmm/capture.h"

static const struct row {
	const char *machine;
	const char *out; /* NULL if only the reason counts */
	const char *reason;
} rows[] = {
	{ "rme",
	  "kvm [1]: RMI ABI version 2.0\nrealms: available\nreason: none\n",
	  "none" },
	{ "rmm-2.1",
	  "kvm [1]: RMI ABI version 2.0\nrealms: available\nreason: none\n",
	  "none" },
	{ "no-rme",
	  "realms: not available\nreason: no-rme\nSMCs made: 0\n", "no-rme" },
	{ "mixed-rme",
	  "realms: not available\nreason: no-rme\nSMCs made: 0\n", "no-rme" },
	{ "no-rmm",
	  "realms: not available\nreason: no-rmm\nSMCs made: 1\n", "no-rmm" },
	{ "rmm-2.1-only",
	  "kvm [1]: Unsupported RMI ABI (v2.1 - v2.1) we want v2.0\n"
	  "realms: not available\nreason: version\nSMCs made: 1\n",
	  "version" },
	{ "rmm-1.x", NULL, "version" },
	{ "other-beta", NULL, "beta-0" },
	{ "rmm-refuses", NULL, "activate" },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void probe_says(void **state)
{
	const struct row *row = *state;
	struct capture capture;
	char text[128];

	snprintf(text, sizeof(text), "probe --machine %s", row->machine);
	capture_cca(&capture, text);
	assert_int_equal(capture.status, 0);
	assert_string_equal(capture.err, "");
	if (row->out && strncmp(capture.out, row->out, strlen(row->out)) != 0)
		fail_msg("'%s' does not begin with '%s'", capture.out,
			 row->out);
	snprintf(text, sizeof(text), "realms: %s\nreason: %s\nSMCs made: ",
		 strcmp(row->reason, "none") ? "not available" : "available",
		 row->reason);
	if (!strstr(capture.out, text))
		fail_msg("no '%s' in '%s'", text, capture.out);
	capture_free(&capture);
}

static void a_refusal_at_boot_is_named(void **state)
{
	struct capture capture;

	(void)state;
	capture_cca(&capture, "probe --machine rmm-refuses");
	assert_int_equal(capture.status, 0);
	assert_non_null(strstr(capture.out,
			       "\nrefused: RMM_ACTIVATE=ERROR_GLOBAL:0\n"));
	capture_free(&capture);
}

static void the_default_machine_has_realms(void **state)
{
	struct capture capture;

	(void)state;
	capture_cca(&capture, "probe");
	assert_int_equal(capture.status, 0);
	assert_non_null(strstr(capture.out, "realms: available\n"));
	capture_free(&capture);
}

static void a_machine_may_be_a_file(void **state)
{
	struct capture capture;
	FILE *file = fopen("/tmp/cca-probe-test.conf", "w");

	(void)state;
	assert_non_null(file);
	fprintf(file, "ram = 0x80000000+64M\ncpus = 1\nrme = 0\n");
	fclose(file);
	capture_cca(&capture, "probe --machine /tmp/cca-probe-test.conf");
	remove("/tmp/cca-probe-test.conf");
	assert_int_equal(capture.status, 0);
	assert_non_null(strstr(capture.out, "reason: no-rme\n"));
	capture_free(&capture);
}

static void a_nonsense_file_is_refused(void **state)
{
	struct capture capture;
	FILE *file = fopen("/tmp/cca-probe-test.conf", "w");

	(void)state;
	assert_non_null(file);
	fprintf(file, "ram = much\n");
	fclose(file);
	capture_cca(&capture, "probe --machine /tmp/cca-probe-test.conf");
	remove("/tmp/cca-probe-test.conf");
	assert_int_equal(capture.status, 2);
	assert_true(capture_one_error(&capture));
	capture_free(&capture);
}

static void every_machine_answers_a_probe(void **state)
{
	const char *const *names = machine_conf_names();
	struct capture capture;
	char words[128];

	(void)state;
	for (; *names; names++) {
		snprintf(words, sizeof(words), "probe --machine %s", *names);
		capture_cca(&capture, words);
		if (capture.status || *capture.err ||
		    !strstr(capture.out, "\nSMCs made: "))
			fail_msg("%s: %d\n%s%s", *names, capture.status,
				 capture.out, capture.err);
		capture_free(&capture);
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS + 4] = {
		cmocka_unit_test(a_refusal_at_boot_is_named),
		cmocka_unit_test(the_default_machine_has_realms),
		cmocka_unit_test(a_machine_may_be_a_file),
		cmocka_unit_test(a_nonsense_file_is_refused),
		cmocka_unit_test(every_machine_answers_a_probe),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[4 + i] = (struct CMUnitTest){
			.name = rows[i].machine,
			.test_func = probe_says,
			.initial_state = (void *)&rows[i],
		};
	return cmocka_run_group_tests_name("probe", tests, NULL, NULL);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * What cca refuses, and what becomes of a run in which the RMM does: the exit
 * status, one line on stderr, and nothing left behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vmm/run_kit.h"

/* ---- What is refused ---------------------------------------------------- */

static const struct refusal {
	const char *name;
	const char *words;
	int status;
	const char *text;
} refusals[] = {
	{ "no such image", "run /no/such/image", 2,
	  "/no/such/image: No such file or directory" },
	{ "an image of another machine", "run /proc/self/exe", 2,
	  "for ELF machine" },
	{ "unknown option", "run --frobnicate", 2, "unknown option" },
	{ "unknown machine", "run --machine odd HELLO", 2,
	  "--machine odd: no built-in machine" },
	{ "unknown machine file", "run --machine ./odd.conf HELLO", 2,
	  "./odd.conf: No such file" },
	{ "unknown fault", "run --fault FROB=BUSY HELLO", 2,
	  "--fault FROB=BUSY: 'FROB': no RMI command" },
	{ "unknown status", "run --fault RTT_CREATE=FROB HELLO", 2,
	  "--fault RTT_CREATE=FROB: 'FROB': no status" },
	{ "fault without a status", "run --fault RTT_CREATE HELLO", 2,
	  "--fault RTT_CREATE: " },
	{ "trace file that cannot be", "run --trace=/no/such/file HELLO", 2,
	  "--trace=/no/such/file: No such file or directory" },
	{ "too many ipa bits", "run --ipa-bits 45 HELLO", 3,
	  "--ipa-bits 45: at most 44 on this machine" },
	{ "no room for the device tree", "run --memory 2M HELLO", 2,
	  "overlaps the device tree (0x40000000, 0x1000 bytes)" },
	{ "no room for the image", "run --memory 4K HELLO", 2,
	  "is outside RAM (0x40000000 to 0x40001000)" },
	{ "no RME", "run --machine no-rme HELLO", 3,
	  "no realms on this machine: no-rme" },
	{ "no RMM", "run --machine no-rmm HELLO", 3,
	  "no realms on this machine: no-rmm" },
	{ "an RMM of another version", "run --machine rmm-2.1-only HELLO", 3,
	  "no realms on this machine: version" },
	{ "probe of an unknown machine", "probe --machine odd", 2,
	  "--machine odd: no built-in machine" },
};

#define REFUSALS (sizeof(refusals) / sizeof(*refusals))

/* HELLO, which is always last, stands for the path of that guest. */
static void is_refused(void **state)
{
	const struct refusal *refusal = *state;
	const char *hello = strstr(refusal->words, "HELLO");
	int length = hello ? (int)(hello - refusal->words) : -1;
	char words[4096];

	snprintf(words, sizeof(words), "%.*s%s", length, refusal->words,
		 hello ? guest_path("hello") : "");
	capture_cca(&capture, words);
	failed(refusal->status, refusal->text);
}

/* ---- Faults ------------------------------------------------------------- */

static const struct fault {
	const char *spec;
	int status;
	const char *text; /* of the error, if any */
} faults[] = {
	{ "VERSION=NOT_SUPPORTED", 3, "no realms on this machine: no-rmm" },
	{ "RMM_ACTIVATE=ERROR_GLOBAL", 3, "no realms on this machine" },
	{ "REALM_CREATE=ERROR_INPUT", 3, "KVM_ARM_RMI_POPULATE" },
	{ "GRANULE_RANGE_DELEGATE#2=ERROR_INPUT", 3, "KVM_ARM_RMI_POPULATE" },
	{ "RTT_INIT_RIPAS=ERROR_INPUT", 3, "KVM_ARM_RMI_POPULATE" },
	{ "RTT_CREATE#1=ERROR_INPUT", 3, "KVM_ARM_RMI_POPULATE" },
	{ "RTT_DATA_MAP_INIT#2=ERROR_INPUT", 3, "KVM_ARM_RMI_POPULATE" },
	{ "REC_CREATE=ERROR_INPUT", 3, "KVM_RUN: vCPU 0" },
	{ "REALM_ACTIVATE=ERROR_REALM", 3, "KVM_RUN: vCPU 0" },
	{ "RTT_DATA_MAP#3=ERROR_INPUT", 3, "KVM_RUN: vCPU 0" },
	{ "REC_ENTER=ERROR_REC", 3, "KVM_RUN: vCPU 0" },
	{ "REC_ENTER#5=ERROR_REALM", 3, "does not run this realm any more" },
	{ "REC_ENTER#9=ERROR_INPUT", 3, "KVM_RUN: exit reason 17" },
	{ "RTT_CREATE#3=ERROR_RTT:2", 0, NULL },
	{ "GRANULE_RANGE_DELEGATE#3=BUSY", 0, NULL },
	{ "REC_ENTER#7=BUSY", 0, NULL },
};

#define FAULTS (sizeof(faults) / sizeof(*faults))

static void fault_ends_with_a_clean_ledger(void **state)
{
	const struct fault *fault = *state;
	char options[128];

	snprintf(options, sizeof(options), "--fault %s", fault->spec);
	run(options, "hello");
	if (fault->text)
		failed(fault->status, fault->text);
	else
		ended_with(fault->status);
	says(CLEAN);
}

static struct CMUnitTest case_of(const char *name, CMUnitTestFunction function,
				 const void *row)
{
	return (struct CMUnitTest){ name, function, NULL, forget,
				    (void *)row };
}

int main(void)
{
	struct CMUnitTest tests[REFUSALS + FAULTS];

	for (size_t i = 0; i < REFUSALS; i++)
		tests[i] = case_of(refusals[i].name, is_refused, &refusals[i]);
	for (size_t i = 0; i < FAULTS; i++)
		tests[REFUSALS + i] =
			case_of(faults[i].spec, fault_ends_with_a_clean_ledger,
				&faults[i]);
	return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}

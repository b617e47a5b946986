// SPDX-License-Identifier: BSD-3-Clause
/*
 * Command lines that make no sense: one clear line each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/vmm/options_kit.h"

/* Each line of the command, and what the error must name. */
static const struct bad {
	const char *name;
	const char *line;
	const char *error;
} bad_table[] = {
	{ "no command", "", "no command (see cca --help)" },
	{ "unknown command", "ruN i", "unknown command ruN (see cca --help)" },
	{ "unknown option before a command", "--memory 1G run",
	  "unknown option --memory (see cca --help)" },
	{ "unknown option", "run --mem 1G i",
	  "unknown option --mem (see cca run --help)" },
	{ "short option", "run -m i",
	  "unknown option -m (see cca run --help)" },
	{ "option of another command", "probe --stats",
	  "unknown option --stats (see cca probe --help)" },
	{ "version of a command", "run --version i",
	  "unknown option --version (see cca run --help)" },
	{ "no image", "run --stats",
	  "run needs an IMAGE (see cca run --help)" },
	{ "too many images", "run 1 2 3 4 5 6 7 8 9",
	  "9: at most 8 images" },
	{ "measure without an image", "measure",
	  "measure needs an IMAGE (see cca measure --help)" },
	{ "option of run only", "measure --stats i",
	  "unknown option --stats (see cca measure --help)" },
	{ "cpus zero", "run --cpus 0 i", "--cpus 0: from 1 to 16" },
	{ "cpus too many", "run --cpus 17 i", "--cpus 17: from 1 to 16" },
	{ "cpus no number", "run --cpus two i", "--cpus two: from 1 to 16" },
	{ "gdb without a port", "run --gdb image",
	  "--gdb image: a port from 0 (any that is free) to 65535" },
	{ "gdb at no port", "run --gdb 65536 i",
	  "--gdb 65536: a port from 0 (any that is free) to 65535" },
	{ "gdb of another command", "measure --gdb 1 i",
	  "unknown option --gdb (see cca measure --help)" },
	{ "sched unknown", "run --sched fair i",
	  "--sched fair: fixed or free" },
	{ "image-at at the end", "run i --image-at 0x48000000",
	  "--image-at 0x48000000: no IMAGE follows" },
	{ "image-at twice", "run --image-at 1G --image-at 2G i",
	  "--image-at 2G: no IMAGE after the one before" },
	{ "image-at no address", "run --image-at here i",
	  "--image-at here: not an address (0x48000000)" },
	{ "image-at odd", "run --image-at 0x48000001 i",
	  "--image-at 0x48000001: not a multiple of a granule (0x1000), or "
	  "zero" },
	{ "image-at zero", "run --image-at 0 i",
	  "--image-at 0: not a multiple of a granule (0x1000), or zero" },
	{ "share without an address", "run --share file i",
	  "--share file: not FILE@IPA" },
	{ "share without a file", "run --share @0x1000 i",
	  "--share @0x1000: not FILE@IPA" },
	{ "share with no address", "run --share file@here i",
	  "--share file@here: not FILE@IPA" },
	{ "shares too many",
	  "run --share a@0 --share a@0 --share a@0 --share a@0 --share a@0 "
	  "--share a@0 --share a@0 --share a@0 --share b@0 i",
	  "--share b@0: at most 8 of them" },
	{ "no-gic with a value", "run --no-gic=1 i",
	  "--no-gic takes no value" },
	{ "argument of probe", "probe x", "probe takes no argument: x" },
	{ "value missing", "run i --memory",
	  "--memory needs a value: --memory SIZE" },
	{ "value too many", "run i --stats=1", "--stats takes no value" },
	{ "memory zero", "run --memory 0 i", "--memory 0: a realm needs RAM" },
	{ "memory no granule", "run --memory 4097 i",
	  "--memory 0x1001: not a multiple of a granule (0x1000)" },
	{ "memory no number", "run --memory lots i",
	  "--memory lots: not a size (4096, 64K, 256M, 1G)" },
	{ "memory negative", "run --memory=-4096 i",
	  "--memory -4096: not a size (4096, 64K, 256M, 1G)" },
	{ "memory empty", "run --memory= i",
	  "--memory : not a size (4096, 64K, 256M, 1G)" },
	{ "ipa-bits too few", "run --ipa-bits 31 i",
	  "--ipa-bits 31: from 32 to 52" },
	{ "ipa-bits too many", "run --ipa-bits 53 i",
	  "--ipa-bits 53: from 32 to 52" },
	{ "ipa-bits no number", "run --ipa-bits 4O i",
	  "--ipa-bits 4O: from 32 to 52" },
	{ "ipa-bits zero", "run --ipa-bits 0 i",
	  "--ipa-bits 0: from 32 to 52" },
	{ "backend unknown", "run --backend xen i",
	  "--backend xen: kvm or sim" },
	{ "hash unknown", "run --hash md5 i",
	  "--hash md5: sha256 or sha512" },
	{ "rpv no hex", "run --rpv 00xy i",
	  "--rpv: 'x' at digit 3 is not hex" },
	{ "rpv odd", "run --rpv 123 i",
	  "--rpv: 3 hex digits are no whole bytes" },
	{ "trace without its file", "run --trace= i", "--trace=: no file" },
	{ "machine empty", "probe --machine=", "--machine: no name or file" },
	{ "timeout zero", "run --timeout 0 i",
	  "--timeout 0: from 1 to 86400 seconds" },
	{ "timeout too long", "run --timeout 86401 i",
	  "--timeout 86401: from 1 to 86400 seconds" },
	{ "timeout no number", "run --timeout 1s i",
	  "--timeout 1s: from 1 to 86400 seconds" },
};

#define BAD_COUNT (sizeof(bad_table) / sizeof(*bad_table))

static void bad_line_is_refused(void **state)
{
	const struct bad *bad = *state;
	struct options options;
	struct err err = { "" };

	assert_false(options_of(bad->line, &options, &err));
	assert_string_equal(err.text, bad->error);
}

int main(void)
{
	struct CMUnitTest tests[BAD_COUNT];

	for (size_t i = 0; i < BAD_COUNT; i++)
		tests[i] = (struct CMUnitTest){
			.name = bad_table[i].name,
			.test_func = bad_line_is_refused,
			.initial_state = (void *)&bad_table[i],
		};
	return cmocka_run_group_tests_name("bad lines", tests, NULL, NULL);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The command line: what it yields, and one clear line for what makes no sense.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/kvm_uapi.h"
#include "tests/vmm/options_kit.h"

static void good(const char *line, struct options *options)
{
	struct err err = { "" };

	if (!options_of(line, options, &err))
		fail_msg("%s: %s", line, err.text);
}

static void run_has_the_documented_defaults(void **state)
{
	struct options options;

	(void)state;
	good("run image", &options);
	assert_int_equal(options.command, COMMAND_RUN);
	assert_int_equal(options.layout.ram_size, 256 << 20);
	assert_int_equal(options.layout.ipa_bits, 40);
	assert_int_equal(options.hash, KVM_ARM_RMI_HASH_SHA256);
	assert_int_equal(options.timeout, 60);
	assert_int_equal(options.layout.cpus, 1);
	assert_true(options.layout.gic);
	assert_int_equal(options.sched, SCHED_MACHINE);
	assert_int_equal(options.image_count, 1);
	assert_string_equal(options.images[0].path, "image");
	assert_int_equal(options.images[0].at, 0);
	assert_null(options.machine);
	assert_false(options.trace || options.stats || options.help);
	for (int i = 0; i < RPV_SIZE; i++)
		assert_int_equal(options.rpv[i], 0);
}

static void every_option_of_run_is_read(void **state)
{
	struct options options;

	(void)state;
	good("run --memory 64M --ipa-bits 36 --hash sha512 --rpv 01Ff --trace "
	     "--stats --fault A=B --fault C=D --machine odd --timeout 5 image",
	     &options);
	assert_int_equal(options.layout.ram_size, 64 << 20);
	assert_int_equal(options.layout.ipa_bits, 36);
	assert_int_equal(options.hash, KVM_ARM_RMI_HASH_SHA512);
	assert_int_equal(options.rpv[0], 0x01);
	assert_int_equal(options.rpv[1], 0xff);
	assert_int_equal(options.rpv[2], 0);
	assert_true(options.trace);
	assert_null(options.trace_file);
	assert_true(options.stats);
	assert_int_equal(options.fault_count, 2);
	assert_string_equal(options.faults[0], "A=B");
	assert_string_equal(options.faults[1], "C=D");
	assert_string_equal(options.machine, "odd");
	assert_int_equal(options.timeout, 5);
}

static void what_makes_a_realm_is_read(void **state)
{
	struct options options;

	(void)state;
	good("run --cpus 4 --sched free --no-gic --share a@0x20000000 "
	     "--share=b@c@512M one --image-at 0x48000000 two three "
	     "--image-at=1G four",
	     &options);
	assert_int_equal(options.layout.cpus, 4);
	assert_int_equal(options.sched, SCHED_FREE);
	assert_false(options.layout.gic);
	assert_int_equal(options.share_count, 2);
	assert_string_equal(options.shares[0].path, "a");
	assert_int_equal(options.shares[0].ipa, 0x20000000);
	assert_string_equal(options.shares[1].path, "b@c");
	assert_int_equal(options.shares[1].ipa, 512 << 20);
	assert_int_equal(options.image_count, 4);
	assert_int_equal(options.images[0].at, 0);
	assert_string_equal(options.images[1].path, "two");
	assert_int_equal(options.images[1].at, 0x48000000);
	assert_int_equal(options.images[2].at, 0);
	assert_int_equal(options.images[3].at, 1 << 30);
}

static void measure_has_what_makes_a_realm(void **state)
{
	struct options options;

	(void)state;
	good("measure --memory 64M --ipa-bits 36 --hash sha512 --rpv 01 "
	     "--cpus 2 --no-gic --share a@0 --image-at 0x40001000 image",
	     &options);
	assert_int_equal(options.command, COMMAND_MEASURE);
	assert_int_equal(options.layout.cpus, 2);
	assert_int_equal(options.images[0].at, 0x40001000);
	assert_int_equal(options.hash, KVM_ARM_RMI_HASH_SHA512);
}

static void values_may_follow_an_equals_sign(void **state)
{
	struct options options;

	(void)state;
	good("run image --memory=1G --fault=RTT_CREATE#3=ERROR_RTT:2 "
	     "--trace=calls.txt --ipa-bits=48",
	     &options);
	assert_int_equal(options.layout.ram_size, 1 << 30);
	assert_string_equal(options.faults[0], "RTT_CREATE#3=ERROR_RTT:2");
	assert_string_equal(options.trace_file, "calls.txt");
}

static void trace_does_not_take_the_next_word(void **state)
{
	struct options options;

	(void)state;
	good("run --trace image", &options);
	assert_null(options.trace_file);
	assert_string_equal(options.images[0].path, "image");
}

static void trace_takes_a_next_word_that_is_json(void **state)
{
	struct options options;

	(void)state;
	good("run --trace calls.json image", &options);
	assert_string_equal(options.trace_file, "calls.json");
	assert_string_equal(options.images[0].path, "image");
	good("run image --trace .json", &options);
	assert_null(options.trace_file);
}

static void a_debugger_has_time(void **state)
{
	struct options options;

	(void)state;
	good("run image", &options);
	assert_false(options.gdb);
	good("run --gdb 1234 image", &options);
	assert_true(options.gdb);
	assert_int_equal(options.gdb_port, 1234);
	assert_int_equal(options.timeout, TIMEOUT_MAX);
	good("run --gdb 0 --timeout 7 image", &options);
	assert_int_equal(options.gdb_port, 0);
	assert_int_equal(options.timeout, 7);
}

static void two_dashes_end_the_options(void **state)
{
	struct options options;

	(void)state;
	good("run -- --image", &options);
	assert_string_equal(options.images[0].path, "--image");
}

static void probe_takes_a_machine(void **state)
{
	struct options options;

	(void)state;
	good("probe --machine no-rme", &options);
	assert_int_equal(options.command, COMMAND_PROBE);
	assert_string_equal(options.machine, "no-rme");
}

static void help_and_version_need_nothing_else(void **state)
{
	static const char *const lines[] = { "--help", "-h", "run --help",
					     "run -h", "probe --help" };
	struct options options;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		good(lines[i], &options);
		assert_true(options.help);
	}
	good("--version", &options);
	assert_true(options.version);
}

static void sizes_are_read_with_their_suffix(void **state)
{
	static const struct {
		const char *text;
		u64 size;
	} rows[] = {
		{ "0", 0 },
		{ "4096", 4096 },
		{ "0x1000", 4096 },
		{ "64K", 65536 },
		{ "64k", 65536 },
		{ "256M", 256ull << 20 },
		{ "0x10M", 16ull << 20 },
		{ "3G", 3ull << 30 },
		{ "1T", 1ull << 40 },
		{ "16777215T", 16777215ull << 40 },
	};
	u64 size;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(options_size(rows[i].text, &size));
		assert_int_equal(size, rows[i].size);
	}
}

static void what_is_no_size_is_refused(void **state)
{
	static const char *const rows[] = {
		"",	"K",   "-1",  "+1",	   "1KB", "1 K", "1P",
		"0x",	"0xg", "1.5G", "16777216T", "99999999999999999999",
		"one",	"0b1", " 1",
	};
	u64 size = 1234;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (options_size(rows[i], &size))
			fail_msg("'%s' was taken for a size", rows[i]);
	assert_int_equal(size, 1234);
}

static void hex_fills_from_the_first_byte_on(void **state)
{
	u8 bytes[4] = { 9, 9, 9, 9 };
	struct err err;

	(void)state;
	assert_true(options_hex("0aB1", bytes, 4, &err));
	assert_memory_equal(bytes, ((u8[]){ 0x0a, 0xb1, 0, 0 }), 4);
	assert_true(options_hex("", bytes, 4, &err));
	assert_memory_equal(bytes, ((u8[]){ 0, 0, 0, 0 }), 4);
	assert_true(options_hex("01020304", bytes, 4, &err));
	assert_false(options_hex("0102030405", bytes, 4, &err));
}

static void an_rpv_may_have_64_bytes_and_no_more(void **state)
{
	struct options options;
	struct err err;
	char line[256];

	(void)state;
	snprintf(line, sizeof(line), "run --rpv %0128d i", 7);
	good(line, &options);
	assert_int_equal(options.rpv[63], 7);
	snprintf(line, sizeof(line), "run --rpv %0130d i", 7);
	assert_false(options_of(line, &options, &err));
	assert_string_equal(err.text, "--rpv: 65 bytes, at most 64");
}

static void ram_may_fill_the_protected_half(void **state)
{
	struct options options;
	struct err err;

	(void)state;
	good("run --ipa-bits 32 --memory 1G i", &options);
	assert_false(options_of("run --ipa-bits 32 --memory 0x40001000 i",
				&options, &err));
	good("run --ipa-bits 33 --memory 3G i", &options);
	good("run --ipa-bits 40 --memory 511G i", &options);
	assert_false(options_of("run --ipa-bits 40 --memory 512G i", &options,
				&err));
	assert_string_equal(err.text,
			    "--memory 0x8000000000: with 40 IPA bits the "
			    "protected half has room for 0x7fc0000000");
}

static void too_many_faults_are_refused(void **state)
{
	char line[1024] = "run";
	struct options options;
	struct err err;

	(void)state;
	for (int i = 0; i < FAULTS_MAX; i++)
		strcat(line, " --fault=A=B");
	strcat(line, " i");
	good(line, &options);
	strcat(line, " --fault=A=B");
	assert_false(options_of(line, &options, &err));
	assert_string_equal(err.text, "--fault A=B: at most 32 of them");
}

static void help_of(enum command command, char *text, size_t size)
{
	FILE *file = fmemopen(text, size, "w");

	assert_non_null(file);
	options_help(command, file);
	fclose(file);
}

static void help_names_every_option_of_its_command(void **state)
{
	static const char *const of_run[] = {
		"--memory SIZE", "--ipa-bits N", "--hash NAME", "--rpv HEX",
		"--trace[=FILE]", "--stats", "--fault SPEC",
		"--machine NAME", "--timeout SECONDS", "--help", "IMAGE...",
		"--cpus N", "--sched ORDER", "--image-at ADDRESS",
		"--share FILE@IPA", "--no-gic", "--gdb PORT",
	};
	char text[4096];

	(void)state;
	help_of(COMMAND_RUN, text, sizeof(text));
	for (size_t i = 0; i < sizeof(of_run) / sizeof(*of_run); i++)
		assert_non_null(strstr(text, of_run[i]));
	help_of(COMMAND_MEASURE, text, sizeof(text));
	assert_non_null(strstr(text, "--share FILE@IPA"));
	assert_null(strstr(text, "--timeout"));
	help_of(COMMAND_PROBE, text, sizeof(text));
	assert_non_null(strstr(text, "--machine"));
	assert_null(strstr(text, "--memory"));
	help_of(COMMAND_NONE, text, sizeof(text));
	assert_non_null(strstr(text, "  run "));
	assert_non_null(strstr(text, "  measure "));
	assert_non_null(strstr(text, "  probe "));
	assert_non_null(strstr(text, "--version"));
}

static void help_fits_a_terminal(void **state)
{
	char text[4096];

	(void)state;
	for (int command = COMMAND_NONE; command <= COMMAND_PROBE; command++) {
		help_of((enum command)command, text, sizeof(text));
		for (char *line = strtok(text, "\n"); line;
		     line = strtok(NULL, "\n"))
			assert_true(strlen(line) <= 79);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(run_has_the_documented_defaults),
		cmocka_unit_test(every_option_of_run_is_read),
		cmocka_unit_test(what_makes_a_realm_is_read),
		cmocka_unit_test(measure_has_what_makes_a_realm),
		cmocka_unit_test(values_may_follow_an_equals_sign),
		cmocka_unit_test(trace_does_not_take_the_next_word),
		cmocka_unit_test(trace_takes_a_next_word_that_is_json),
		cmocka_unit_test(a_debugger_has_time),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(probe_takes_a_machine),
		cmocka_unit_test(help_and_version_need_nothing_else),
		cmocka_unit_test(sizes_are_read_with_their_suffix),
		cmocka_unit_test(what_is_no_size_is_refused),
		cmocka_unit_test(hex_fills_from_the_first_byte_on),
		cmocka_unit_test(an_rpv_may_have_64_bytes_and_no_more),
		cmocka_unit_test(ram_may_fill_the_protected_half),
		cmocka_unit_test(too_many_faults_are_refused),
		cmocka_unit_test(help_names_every_option_of_its_command),
		cmocka_unit_test(help_fits_a_terminal),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}

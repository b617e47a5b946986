/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Machine files: what they may say, and what is said of bad ones.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "abi/arm_arch.h"
#include "abi/rmi_smc.h"
#include "sim/machine/conf.h"

#define RAM "ram = 0x80000000+1M\n"

static struct machine_conf conf;
static char err[256];

static bool parse(const char *text)
{
	memset(err, 0, sizeof(err));
	return machine_conf_parse("m", text, &conf, err, sizeof(err));
}

static void expect_ok(const char *text)
{
	if (!parse(text))
		fail_msg("%s", err);
}

static unsigned int rme_of(unsigned int cpu)
{
	return (unsigned int)FIELD_GET(ID_AA64PFR0_RME,
				       conf.id_aa64pfr0[cpu]);
}

static void ram_alone_is_a_machine(void **state)
{
	(void)state;
	expect_ok(RAM);
	assert_string_equal(conf.name, "m");
	assert_int_equal(conf.ram_count, 1);
	assert_int_equal(conf.ram[0].base, 0x80000000);
	assert_int_equal(conf.ram[0].size, 1 << 20);
	assert_int_equal(conf.cpus, 1);
	assert_int_equal(conf.pa_bits, 44);
	assert_int_equal(rme_of(0), 1);
	assert_true(conf.vhe);
	assert_true(conf.rmm);
	assert_int_equal(conf.sched, MACHINE_SCHED_FIXED);
	assert_int_equal(conf.version_count, 0);
	assert_int_equal(conf.answer_count, 0);
}

static void every_key_is_read(void **state)
{
	(void)state;
	expect_ok("# a comment\n\n  cpus=3 # and one here\n"
		  "ram = 0x80000000+4K\nram = 3G+8192\nram=0x100000000+2M\n"
		  "pa_bits = 40\nrme = 0\ncpu1.rme = 1\nvhe = no\nrmm = no\n"
		  "sched = free\nversions = 1.0 1.1 2.0\n"
		  "answer = RTT_CREATE#3=ERROR_RTT:2 # the third\n"
		  "answer = *=BUSY");
	assert_int_equal(conf.ram_count, 3);
}

static void numbers_have_suffixes(void **state)
{
	(void)state;
	expect_ok("ram = 2G+16K\nram = 0xc0000000+1G\npa_bits = 36\n");
	assert_int_equal(conf.ram[0].base, 0x80000000);
	assert_int_equal(conf.ram[0].size, 0x4000);
	assert_int_equal(conf.ram[1].size, 0x40000000);
	assert_int_equal(conf.pa_bits, 36);
}

static void cpu_rme_overrides_rme_in_any_order(void **state)
{
	(void)state;
	expect_ok("cpu1.rme = 0\n" RAM "rme = 1\ncpus = 3\n");
	assert_int_equal(rme_of(0), 1);
	assert_int_equal(rme_of(1), 0);
	assert_int_equal(rme_of(2), 1);
	expect_ok("cpu0.rme = 1\n" RAM "rme = 0\ncpus = 2\n");
	assert_int_equal(rme_of(0), 1);
	assert_int_equal(rme_of(1), 0);
}

static void choices_are_read(void **state)
{
	(void)state;
	expect_ok(RAM "vhe = no\nrmm = no\n");
	assert_false(conf.vhe);
	assert_false(conf.rmm);
	expect_ok(RAM "sched = free\n");
	assert_int_equal(conf.sched, MACHINE_SCHED_FREE);
	expect_ok(RAM "vhe = yes\nrmm = yes\nsched = fixed\n");
	assert_int_equal(conf.sched, MACHINE_SCHED_FIXED);
	assert_true(conf.vhe);
	assert_true(conf.rmm);
}

static void versions_are_read(void **state)
{
	(void)state;
	expect_ok(RAM "versions = 1.0 1.1\t2.0\n");
	assert_int_equal(conf.version_count, 3);
	assert_int_equal(conf.versions[0], RMI_ABI_VERSION(1, 0));
	assert_int_equal(conf.versions[1], RMI_ABI_VERSION(1, 1));
	assert_int_equal(conf.versions[2], RMI_ABI_VERSION(2, 0));
}

static void answers_are_kept_as_they_are(void **state)
{
	(void)state;
	expect_ok(RAM "answer = RTT_CREATE#3=ERROR_RTT:2 # the third\n"
		  "answer = *=BUSY\n");
	assert_int_equal(conf.answer_count, 2);
	assert_string_equal(conf.answers[0], "RTT_CREATE#3=ERROR_RTT:2");
	assert_string_equal(conf.answers[1], "*=BUSY");
}

static const struct {
	const char *text;
	const char *error;
} bad[] = {
	{ "", "m: no ram" },
	{ "ram\n", "m:1: 'ram' is not KEY = VALUE" },
	{ "\nram =\n", "m:2: ram: no value" },
	{ "size = 1\n", "m:1: size: no such key" },
	{ "ram = 0x80000000\n", "m:1: ram: '0x80000000' is not BASE+SIZE" },
	{ "ram = x+1M\n", "m:1: ram: 'x+1M' is not BASE+SIZE" },
	{ "ram = 1G+1MB\n", "m:1: ram: '1G+1MB' is not BASE+SIZE" },
	{ "ram = 1G+0\n", "m:1: ram: '1G+0' is not whole granules (0x1000)" },
	{ "ram = 1G+5000\n",
	  "m:1: ram: '1G+5000' is not whole granules (0x1000)" },
	{ "ram = 0x800+1M\n",
	  "m:1: ram: '0x800+1M' is not whole granules (0x1000)" },
	{ "ram = 0xfffffffffffff000+8K\n",
	  "m:1: ram: '0xfffffffffffff000+8K' ends past 2^64" },
	{ "ram = 99999999999999999999+8K\n",
	  "m:1: ram: '99999999999999999999+8K' is not BASE+SIZE" },
	{ "ram = 18014398509481985K+8K\n",
	  "m:1: ram: '18014398509481985K+8K' is not BASE+SIZE" },
	{ RAM "ram = 0x800ff000+1M\n",
	  "m:2: ram: 0x800ff000 is below the end of the range before it, "
	  "0x80100000" },
	{ RAM "ram = 1G+1M\n",
	  "m:2: ram: 0x40000000 is below the end of the range before it, "
	  "0x80100000" },
	{ "ram = 0xfffff000+8K\npa_bits = 32\n",
	  "m: ram: ends at 0x100001000, past 2^32" },
	{ "ram = 0+4K\nram = 8K+4K\nram = 16K+4K\nram = 24K+4K\n"
	  "ram = 32K+4K\nram = 40K+4K\nram = 48K+4K\nram = 56K+4K\n"
	  "ram = 64K+4K\n", "m:9: ram: more than 8 ranges" },
	{ "cpus = 0\n", "m:1: cpus: '0' is not 1 to 16" },
	{ "cpus = 17\n", "m:1: cpus: '17' is not 1 to 16" },
	{ "cpus = many\n", "m:1: cpus: 'many' is not 1 to 16" },
	{ "cpus = 2\ncpus = 2\n", "m:2: cpus: given twice" },
	{ "pa_bits = 31\n", "m:1: pa_bits: '31' is not 32 to 44" },
	{ "pa_bits = 48\n", "m:1: pa_bits: '48' is not 32 to 44" },
	{ "pa_bits = 33\n", "m:1: pa_bits: 33 is none of 32, 36, 40, 42, 44" },
	{ "rme = 2\n", "m:1: rme: '2' is not 0 to 1" },
	{ "rme = yes\n", "m:1: rme: 'yes' is not 0 to 1" },
	{ "vhe = 1\n", "m:1: vhe: '1' is not yes or no" },
	{ "rmm = maybe\n", "m:1: rmm: 'maybe' is not yes or no" },
	{ RAM "cpus = 2\ncpu2.rme = 1\n", "m: cpu2.rme: there are 2 CPUs" },
	{ "cpu16.rme = 1\n", "m:1: cpu16.rme: CPUs are 0 to 15" },
	{ "cpu1.rme = 2\n", "m:1: cpu1.rme: '2' is not 0 to 1" },
	{ "cpu1.sve = 1\n", "m:1: cpu1.sve: no such key" },
	{ "sched = random\n",
	  "m:1: sched: 'random' is neither fixed nor free" },
	{ "versions = 2\n", "m:1: versions: '2' is not MAJOR.MINOR" },
	{ "versions = 1.0, 2.0\n",
	  "m:1: versions: ', 2.0' is not MAJOR.MINOR" },
	{ "versions = 2.0 1.0\n", "m:1: versions: 1.0 does not ascend" },
	{ "versions = 1.0 1.0\n", "m:1: versions: 1.0 does not ascend" },
	{ "versions = 32768.0\n",
	  "m:1: versions: 32768.0 is above 32767.65535" },
	{ "versions = 1.0 1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8\n",
	  "m:1: versions: more than 8" },
	{ "answer = RTT_MAKE=BUSY\n",
	  "m:1: answer: 'RTT_MAKE': no RMI command (RTT_CREATE, *)" },
	{ "answer = RTT_CREATE=MAYBE\n", "m:1: answer: 'MAYBE': no status "
	  "(ERROR_INPUT, BUSY, NOT_SUPPORTED)" },
};

static void bad_files_are_refused_by_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(parse(bad[i].text));
		assert_string_equal(err, bad[i].error);
	}
}

static void long_lines_are_refused(void **state)
{
	char text[400];

	(void)state;
	memset(text, ' ', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_false(parse(text));
	assert_string_equal(err, "m:1: line of more than 255 bytes");
}

static void too_many_answers_are_refused(void **state)
{
	char text[1024] = RAM;

	(void)state;
	for (int i = 0; i <= MACHINE_ANSWERS_MAX; i++)
		strcat(text, "answer = *=BUSY\n");
	assert_false(parse(text));
	assert_string_equal(err, "m:18: answer: more than 16");
}

static void error_is_cut_to_the_buffer(void **state)
{
	char small[8];

	(void)state;
	assert_false(machine_conf_parse("machine", "x = 1\n", &conf, small,
					sizeof(small)));
	assert_string_equal(small, "machine");
}

static void built_in_machines_are_sound(void **state)
{
	const char *const *names = machine_conf_names();
	unsigned int n = 0;

	(void)state;
	assert_string_equal(names[0], "rme");
	for (; names[n]; n++) {
		if (!machine_conf_load(names[n], &conf, err, sizeof(err)))
			fail_msg("%s", err);
		assert_string_equal(conf.name, names[n]);
		assert_true(conf.ram_count > 0);
		for (unsigned int i = 0; i < n; i++)
			assert_string_not_equal(names[i], names[n]);
	}
	assert_int_equal(n, 9);
}

static void built_in_machines_say_what_their_names_do(void **state)
{
	(void)state;
	assert_true(machine_conf_load("rme", &conf, err, sizeof(err)));
	assert_int_equal(conf.ram[0].size, 1 << 30);
	assert_int_equal(conf.cpus, 4);
	assert_int_equal(rme_of(3), 1);
	assert_true(machine_conf_load("no-rme", &conf, err, sizeof(err)));
	assert_int_equal(rme_of(0), 0);
	assert_true(machine_conf_load("mixed-rme", &conf, err, sizeof(err)));
	assert_int_equal(rme_of(0) + rme_of(1) + rme_of(2) + rme_of(3), 3);
	assert_true(machine_conf_load("no-rmm", &conf, err, sizeof(err)));
	assert_false(conf.rmm);
	assert_true(machine_conf_load("rmm-1.x", &conf, err, sizeof(err)));
	assert_int_equal(conf.versions[1], RMI_ABI_VERSION(1, 1));
	assert_true(machine_conf_load("rmm-2.1", &conf, err, sizeof(err)));
	assert_int_equal(conf.versions[1], RMI_ABI_VERSION(2, 1));
	assert_true(machine_conf_load("rmm-2.1-only", &conf, err,
				      sizeof(err)));
	assert_int_equal(conf.version_count, 1);
	assert_true(machine_conf_load("rmm-refuses", &conf, err, sizeof(err)));
	assert_int_equal(conf.answer_count, 1);
	assert_true(machine_conf_load("other-beta", &conf, err, sizeof(err)));
	assert_int_equal(conf.answer_count, 1);
}

static void unknown_machine_is_refused(void **state)
{
	(void)state;
	assert_false(machine_conf_load("warp", &conf, err, sizeof(err)));
	assert_string_equal(err,
			    "warp: no built-in machine, and no path to one");
}

static void missing_file_is_refused(void **state)
{
	(void)state;
	assert_false(machine_conf_load("/nowhere/m.conf", &conf, err,
				       sizeof(err)));
	assert_string_equal(err, "/nowhere/m.conf: No such file or directory");
	assert_false(machine_conf_load("warp.conf", &conf, err, sizeof(err)));
	assert_string_equal(err, "warp.conf: No such file or directory");
}

static void write_file(char *path, const char *text)
{
	int fd = mkstemps(path, 5);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void file_is_read_and_names_its_machine(void **state)
{
	char path[] = "/tmp/conf-XXXXXX.conf";
	char name[sizeof(path)];

	(void)state;
	write_file(path, RAM "cpus = 7\n");
	if (!machine_conf_load(path, &conf, err, sizeof(err)))
		fail_msg("%s", err);
	assert_int_equal(conf.cpus, 7);
	snprintf(name, sizeof(name), "%.11s", path + strlen("/tmp/"));
	assert_string_equal(conf.name, name);
	unlink(path);
}

static void bad_file_is_refused_by_path_and_line(void **state)
{
	char path[] = "/tmp/conf-XXXXXX.conf";
	char wanted[256];

	(void)state;
	write_file(path, RAM "cpus = 70\n");
	assert_false(machine_conf_load(path, &conf, err, sizeof(err)));
	snprintf(wanted, sizeof(wanted), "%s:2: cpus: '70' is not 1 to 16",
		 path);
	assert_string_equal(err, wanted);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ram_alone_is_a_machine),
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(numbers_have_suffixes),
		cmocka_unit_test(cpu_rme_overrides_rme_in_any_order),
		cmocka_unit_test(choices_are_read),
		cmocka_unit_test(versions_are_read),
		cmocka_unit_test(answers_are_kept_as_they_are),
		cmocka_unit_test(bad_files_are_refused_by_line),
		cmocka_unit_test(long_lines_are_refused),
		cmocka_unit_test(too_many_answers_are_refused),
		cmocka_unit_test(error_is_cut_to_the_buffer),
		cmocka_unit_test(built_in_machines_are_sound),
		cmocka_unit_test(built_in_machines_say_what_their_names_do),
		cmocka_unit_test(unknown_machine_is_refused),
		cmocka_unit_test(missing_file_is_refused),
		cmocka_unit_test(file_is_read_and_names_its_machine),
		cmocka_unit_test(bad_file_is_refused_by_path_and_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

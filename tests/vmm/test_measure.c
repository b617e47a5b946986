// SPDX-License-Identifier: BSD-3-Clause
/*
 * The initial measurement: known vectors, and that what `cca measure` computes
 * is what a realm reads, for every guest, hash and option.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "abi/kvm_uapi.h"
#include "tests/vmm/run_kit.h"
#include "vmm/layout.h"
#include "vmm/rim.h"

/* ---- Known vectors ------------------------------------------------------- */

static const struct rim_params params = {
	.hash = KVM_ARM_RMI_HASH_SHA256,
	.ipa_bits = 33,
	.breakpoints = 5,
	.watchpoints = 3,
};

static void rim_is(const struct rim *rim, const char *text)
{
	char hex[2 * RIM_SIZE_MAX + 1];

	for (size_t i = 0; i < rim_size(rim); i++)
		snprintf(hex + 2 * i, 3, "%02x", rim->value[i]);
	assert_string_equal(hex, text);
}

static void add_page_and_rec(struct rim *rim)
{
	const u64 gprs[RIM_REC_GPRS] = { 0x48000000 };
	u8 page[GRANULE_SIZE];

	memset(page, 0x5a, sizeof(page));
	rim_add_data(rim, 0x40000000, page, sizeof(page));
	rim_add_rec(rim, 0x40000000, gprs);
}

static void sha256_vectors_hold(void **state)
{
	u8 page[GRANULE_SIZE];
	struct rim rim;

	(void)state;
	rim_start(&rim, &params);
	rim_is(&rim, "53de626e00bd6e56fdab0d092b7963081274c9b3d1cbbe5b"
		     "bfe87ce9f2f294e8");
	memset(page, 0x5a, sizeof(page));
	rim_add_data(&rim, 0x40000000, page, sizeof(page));
	rim_is(&rim, "8b7c55616524458e5afbe65260ac1626d56c666894cd98a3"
		     "8c406032dfc18975");
	rim_start(&rim, &params);
	add_page_and_rec(&rim);
	rim_is(&rim, "3add6e11a66ef24df47d4ab164abe170e7a9064e2f1f76c1"
		     "c5eb5cea1cc1a86c");
}

static void sha512_vector_holds(void **state)
{
	struct rim_params sha512 = params;
	struct rim rim;

	(void)state;
	sha512.hash = KVM_ARM_RMI_HASH_SHA512;
	rim_start(&rim, &sha512);
	add_page_and_rec(&rim);
	rim_is(&rim, "752a39b34d068b42f7f5e4f1609d9880b638171b5220c4ad"
		     "35abc339f29dd1834eed267268d009d562771fbb0ee09d20"
		     "506a311c6d429c27597c66dc97f0859a");
}

static void granules_are_added_one_by_one(void **state)
{
	static u8 pages[3 * GRANULE_SIZE];
	struct rim whole, parts;

	(void)state;
	for (size_t i = 0; i < sizeof(pages); i++)
		pages[i] = (u8)(i * 7 + i / GRANULE_SIZE);
	rim_start(&whole, &params);
	rim_add_data(&whole, 0x40000000, pages, sizeof(pages));
	rim_start(&parts, &params);
	for (u64 at = 0; at < sizeof(pages); at += GRANULE_SIZE)
		rim_add_data(&parts, 0x40000000 + at, pages + at,
			     GRANULE_SIZE);
	assert_memory_equal(&whole, &parts, sizeof(whole));
}

/* ---- What a realm reads -------------------------------------------------- */

/* Options that change the realm, and some that must not matter. */
static const char *const options_table[] = {
	"",
	"--hash sha512",
	"--rpv 0123456789abcdef",
	"--no-gic",
	"--no-gic --cpus 3",
	"--cpus 4",
	"--cpus 16 --hash sha512",
	"--memory 64M --ipa-bits 36 --cpus 2",
	"--share /bin/true@0x10000000",
	"--share /bin/true@0x10000000 --share /bin/true@0x20000000 --cpus 2",
};

static void hello_reads_what_is_measured(void **state)
{
	const char *options = *state;

	run(options, "hello");
	ended_with(0);
	says(CLEAN);
	rim_agrees(options, "hello");
}

/*
 * A flat program, at 0x48000000 of a realm of 40 bits: reads measurement 0,
 * prints its 64 bytes in hex, and switches the realm off.
 */
static const u32 reader[] = {
	0xd2b88000, /*    movz x0, #0xc400, lsl #16 */
	0xf2803240, /*    movk x0, #0x192 */
	0xd2800001, /*    mov  x1, #0 */
	0xd4000003, /*    smc  #0 */
	0xd2a90029, /*    movz x9, #0x4801, lsl #16 */
	0xa9000921, /*    stp  x1, x2, [x9] */
	0xa9011123, /*    stp  x3, x4, [x9, #16] */
	0xa9021925, /*    stp  x5, x6, [x9, #32] */
	0xa9032127, /*    stp  x7, x8, [x9, #48] */
	0xd2a1200a, /*    movz x10, #0x900, lsl #16 */
	0xf2c0100a, /*    movk x10, #0x80, lsl #32 */
	0x9101012b, /*    add  x11, x9, #64 */
	0x3940012c, /* 1: ldrb w12, [x9] */
	0x91000529, /*    add  x9, x9, #1 */
	0x53047d8d, /*    lsr  w13, w12, #4 */
	0x9400000a, /*    bl   2f */
	0x12000d8d, /*    and  w13, w12, #15 */
	0x94000008, /*    bl   2f */
	0xeb0b013f, /*    cmp  x9, x11 */
	0x54ffff21, /*    b.ne 1b */
	0x5280014d, /*    mov  w13, #10 */
	0xb900014d, /*    str  w13, [x10] */
	0x52b08000, /*    movz w0, #0x8400, lsl #16 */
	0x72800100, /*    movk w0, #8 */
	0xd4000003, /*    smc  #0 */
	0x710029bf, /* 2: cmp  w13, #10 */
	0x1100c1ae, /*    add  w14, w13, #48 */
	0x11015daf, /*    add  w15, w13, #87 */
	0x1a8f31ce, /*    csel w14, w14, w15, lo */
	0xb900014e, /*    str  w14, [x10] */
	0xd65f03c0, /*    ret */
};

static char reader_path[] = "/tmp/cca-reader-XXXXXX";

static int write_reader(void **state)
{
	int fd = mkstemp(reader_path);
	ssize_t n = fd < 0 ? -1 : write(fd, reader, sizeof(reader));

	(void)state;
	close(fd);
	return n == sizeof(reader) ? 0 : -1;
}

static int remove_reader(void **state)
{
	(void)state;
	return unlink(reader_path);
}

/*
 * The guest itself need not print its RIM, nor even run: the reader is entered,
 * and the guest is a second image behind it.
 */
static void reader_agrees(const char *options, const char *guest)
{
	struct capture measured;
	char words[4096];
	size_t digits;

	snprintf(words, sizeof(words), "run %s --image-at 0x48000000 %s %s",
		 options, reader_path, guest_path(guest));
	capture_cca(&capture, words);
	ended_with(0);
	says(CLEAN);
	snprintf(words, sizeof(words), "measure %s --image-at 0x48000000 %s %s",
		 options, reader_path, guest_path(guest));
	capture_cca(&measured, words);
	assert_int_equal(measured.status, 0);
	digits = strcspn(measured.out, "\n");
	assert_true(digits == 64 || digits == 128);
	measured.out[digits] = '\0';
	says(measured.out);
	capture_free(&measured);
	capture_free(&capture);
}

static void every_guest_is_measured_alike(void **state)
{
	const char *folder = getenv("CCA_GUESTS");
	DIR *dir = opendir(folder ? folder : "build/guests");
	struct dirent *entry;
	unsigned int guests = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		size_t length = strlen(entry->d_name);
		char name[256];

		if (length < 5 || strcmp(entry->d_name + length - 4, ".elf"))
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)length - 4,
			 entry->d_name);
		reader_agrees(guests % 2 ? "" : "--hash sha512", name);
		guests++;
	}
	closedir(dir);
	assert_true(guests > 0);
	run("", "hello");
}

static void the_order_of_images_counts(void **state)
{
	struct capture one, other;
	char words[4096];

	(void)state;
	snprintf(words, sizeof(words),
		 "measure %s --image-at 0x48000000 %s --image-at 0x49000000 %s",
		 guest_path("hello"), reader_path, reader_path);
	capture_cca(&one, words);
	snprintf(words, sizeof(words),
		 "measure %s --image-at 0x49000000 %s --image-at 0x48000000 %s",
		 guest_path("hello"), reader_path, reader_path);
	capture_cca(&other, words);
	assert_int_equal(one.status, 0);
	assert_int_equal(other.status, 0);
	assert_string_not_equal(one.out, other.out);
	capture_free(&one);
	capture_free(&other);
	run("", "hello");
}

static void measure_refuses_what_run_refuses(void **state)
{
	(void)state;
	capture_cca(&capture, "measure /no/such/image");
	failed(2, "/no/such/image: No such file or directory");
	assert_string_equal(capture.out, "");
}

#define OPTIONS (sizeof(options_table) / sizeof(*options_table))
#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	static const struct CMUnitTest fixed[] = {
		cmocka_unit_test(sha256_vectors_hold),
		cmocka_unit_test(sha512_vector_holds),
		cmocka_unit_test(granules_are_added_one_by_one),
		TEST(every_guest_is_measured_alike),
		TEST(the_order_of_images_counts),
		TEST(measure_refuses_what_run_refuses),
	};
	struct CMUnitTest agree[OPTIONS];

	for (size_t i = 0; i < OPTIONS; i++)
		agree[i] = (struct CMUnitTest){
			.name = *options_table[i] ? options_table[i] :
						    "no options",
			.test_func = hello_reads_what_is_measured,
			.teardown_func = forget,
			.initial_state = (void *)options_table[i],
		};
	return cmocka_run_group_tests_name("measure", fixed, write_reader,
					   remove_reader) +
	       cmocka_run_group_tests_name("agree", agree, NULL, NULL);
}

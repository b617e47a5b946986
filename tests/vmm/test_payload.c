// SPDX-License-Identifier: BSD-3-Clause
/*
 * Several images and host files: their order, their room, and what a realm
 * sees of them.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/run_kit.h"
#include "vmm/payload.h"

static char folder[] = "/tmp/cca-payload-XXXXXX";
static char one[64], two[64];

static void write_file(const char *path, const void *data, size_t size)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	fclose(file);
}

static int make_files(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(one, sizeof(one), "%s/one", folder);
	snprintf(two, sizeof(two), "%s/two", folder);
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	unlink(one);
	unlink(two);
	return rmdir(folder);
}

/* ---- Order and room ------------------------------------------------------ */

static struct options options;
static struct payload payload;
static struct layout layout;
static struct err err;

static int fresh(void **state)
{
	static const u8 data[0x1800] = { 1 };

	(void)state;
	write_file(one, data, sizeof(data));
	write_file(two, data, sizeof(data));
	memset(&options, 0, sizeof(options));
	options.layout = (struct layout){ .ipa_bits = 40,
					  .ram_size = 0x10000000,
					  .cpus = 1 };
	return 0;
}

static void image(const char *path, u64 at)
{
	options.images[options.image_count++] =
		(struct option_image){ path, at };
}

static void share(const char *path, u64 ipa)
{
	struct option_share *share = &options.shares[options.share_count++];

	snprintf(share->path, sizeof(share->path), "%s", path);
	share->ipa = ipa;
}

static struct {
	u64 ipa[8];
	u64 size[8];
	unsigned int count;
	unsigned int refuse; /* this one; 0: none */
} taken;

static bool take(void *context, u64 ipa, const void *data, u64 size,
		 struct err *why)
{
	(void)context;
	(void)data;
	(void)why;
	taken.ipa[taken.count] = ipa;
	taken.size[taken.count++] = size;
	return taken.count != taken.refuse;
}

static void images_come_in_their_order_then_the_tree(void **state)
{
	(void)state;
	image(one, 0x48000000);
	image(two, 0x44000000);
	assert_true(payload_load(&options, &payload, &layout, &err));
	memset(&taken, 0, sizeof(taken));
	assert_true(payload_measured(&payload, &layout, take, NULL, &err));
	assert_int_equal(taken.count, 3);
	assert_int_equal(taken.ipa[0], 0x48000000);
	assert_int_equal(taken.size[0], 0x2000);
	assert_int_equal(taken.ipa[1], 0x44000000);
	assert_int_equal(taken.ipa[2], layout_dtb(&layout));
	assert_int_equal(payload_size(&payload), 0x5000);
	assert_int_equal(payload_entry(&payload), 0x48000000);
	assert_int_equal(payload_x0(&layout), 0x4fe00000);
	payload_free(&payload);
}

static void what_is_not_taken_ends_it(void **state)
{
	(void)state;
	image(one, 0);
	image(two, 0x44000000);
	assert_true(payload_load(&options, &payload, &layout, &err));
	memset(&taken, 0, sizeof(taken));
	taken.refuse = 2;
	assert_false(payload_measured(&payload, &layout, take, NULL, &err));
	assert_int_equal(taken.count, 2);
	payload_free(&payload);
}

static void shares_are_in_the_layout(void **state)
{
	(void)state;
	image(one, 0);
	share(one, 0x20000000);
	share(two, 0x10000000);
	assert_true(payload_load(&options, &payload, &layout, &err));
	assert_int_equal(layout.share_count, 2);
	assert_int_equal(layout.shares[0].ipa, 0x20000000);
	assert_int_equal(layout.shares[1].ipa, 0x10000000);
	assert_int_equal(layout.shares[1].size, 0x1800);
	payload_free(&payload);
}

static void not_loaded(const char *text)
{
	assert_false(payload_load(&options, &payload, &layout, &err));
	if (!strstr(err.text, text))
		fail_msg("'%s' lacks '%s'", err.text, text);
	assert_int_equal(payload.image_count, 0);
	assert_int_equal(payload.share_count, 0);
}

static void images_may_not_overlap(void **state)
{
	static const u64 at[] = { 0x40000000, 0x40001000 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		char text[256];

		fresh(NULL);
		image(one, 0);
		image(two, at[i]);
		snprintf(text, sizeof(text), "%s and %s both want 0x%llx", one,
			 two, (unsigned long long)at[i]);
		not_loaded(text);
	}
	fresh(NULL);
	image(one, 0);
	image(two, 0x40002000);
	assert_true(payload_load(&options, &payload, &layout, &err));
	payload_free(&payload);
}

/* .bss of the first guest counts: hello's stack is there. */
static void images_may_not_lie_in_bss(void **state)
{
	(void)state;
	image(guest_path("hello"), 0);
	image(one, 0x40003000);
	not_loaded("both want 0x40003000");
}

static void an_image_must_fit_ram(void **state)
{
	(void)state;
	image(one, 0x4ffff000);
	not_loaded("is outside RAM");
	fresh(NULL);
	image(one, 0x4fdff000);
	not_loaded("overlaps the device tree");
}

static void elf_files_say_where_they_go(void **state)
{
	(void)state;
	image(guest_path("hello"), 0x48000000);
	not_loaded("is an ELF file, which says itself where it goes");
}

static void a_share_must_be_a_file_with_room(void **state)
{
	(void)state;
	image(one, 0);
	share("/no/such/file", 0x20000000);
	not_loaded("--share /no/such/file: No such file or directory");
	fresh(NULL);
	image(one, 0);
	share(two, 0x40000000);
	not_loaded("overlap RAM");
}

/* ---- What a realm sees --------------------------------------------------- */

/*
 * A flat program: copies the word at the start of the file that is shared at
 * 0x20000000 behind itself, reads that back, and makes it its exit status.
 */
static const u32 sharer[] = {
	0xd2a40001, /* mov  x1, #0x20000000 */
	0xf2c01001, /* movk x1, #0x80, lsl #32 */
	0xb9400022, /* ldr  w2, [x1] */
	0xb9000422, /* str  w2, [x1, #4] */
	0xb9400422, /* ldr  w2, [x1, #4] */
	0xd2a12021, /* mov  x1, #0x9010000 */
	0xf2c01001, /* movk x1, #0x80, lsl #32 */
	0xb9000022, /* str  w2, [x1] */
	0x52b08000, /* mov  w0, #0x84000000 */
	0x72800100, /* movk w0, #0x8 */
	0xd4000003, /* smc  #0 */
};

static void a_realm_has_a_copy_of_a_host_file(void **state)
{
	static const char data[] = "*234567"; /* '*' is 42 */
	char words[256], after[sizeof(data)];
	FILE *file;

	(void)state;
	write_file(one, sharer, sizeof(sharer));
	write_file(two, data, sizeof(data));
	snprintf(words, sizeof(words), "run --share %s@0x20000000 %s", two,
		 one);
	capture_cca(&capture, words);
	ended_with(42);
	says(CLEAN);
	file = fopen(two, "r");
	assert_non_null(file);
	assert_int_equal(fread(after, 1, sizeof(after), file), sizeof(after));
	fclose(file);
	assert_memory_equal(after, data, sizeof(data));
}

static void the_first_image_is_entered(void **state)
{
	char words[256];

	(void)state;
	write_file(one, sharer, sizeof(sharer));
	write_file(two, "*\0\0", 4);
	snprintf(words, sizeof(words),
		 "run --image-at 0x44000000 %s %s --share=%s@0x20000000", one,
		 guest_path("exitcode"), two);
	capture_cca(&capture, words);
	ended_with(42);
	assert_null(strstr(capture.out, "exit register kept"));
}

/* Ends the run while the realm is being filled, which takes a while. */
static void interrupt_while_populating(void **state)
{
	struct capture_child child;
	char words[256];

	(void)state;
	write_file(one, sharer, sizeof(sharer));
	assert_int_equal(truncate(one, 200 << 20), 0);
	snprintf(words, sizeof(words), "run %s", one);
	capture_cca_start(&child, words);
	assert_true(capture_wait_for(&child, "NONE -> NEW\n"));
	kill(child.pid, SIGINT);
	capture_end(&child, &capture);
	ended_with(130);
	assert_non_null(strstr(capture.err, "taken down by signal 2"));
	says("realm: DYING -> DEAD\n");
	says(CLEAN);
	assert_null(strstr(capture.out, "ACTIVE"));
}

#define LOADS(name) cmocka_unit_test_setup(name, fresh)
#define RUNS(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		LOADS(images_come_in_their_order_then_the_tree),
		LOADS(what_is_not_taken_ends_it),
		LOADS(shares_are_in_the_layout),
		LOADS(images_may_not_overlap),
		LOADS(images_may_not_lie_in_bss),
		LOADS(an_image_must_fit_ram),
		LOADS(elf_files_say_where_they_go),
		LOADS(a_share_must_be_a_file_with_room),
		RUNS(a_realm_has_a_copy_of_a_host_file),
		RUNS(the_first_image_is_entered),
		RUNS(interrupt_while_populating),
	};

	return cmocka_run_group_tests_name("payload", tests, make_files,
					   remove_files);
}

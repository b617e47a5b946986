/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: KUnit on cmocka, so that the suites of
 * linux/arch/arm64/kvm/kunit run here as they are. A program includes one suite
 * and calls kunit_run().
 */
#ifndef TESTS_HOST_KUNIT_TEST_H
#define TESTS_HOST_KUNIT_TEST_H

#include <stdlib.h>
#include <string.h>

#include "tests/host/rig.h"

struct kunit {
	void *priv;
	struct kunit_action *actions; /* at its end, the last one first */
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(function) { .run_case = function, .name = #function }
#define kunit_test_suite(suite) \
	static const struct kunit_suite *const kunit_suite = &suite

/* Runs all cases on the machines of @names, up to NULL: main()'s result. */
int kunit_run(const struct kunit_suite *suite, const char *const *names);

_Noreturn void kunit_skip(struct kunit *test, const char *format, ...);
int kunit_add_action_or_reset(struct kunit *test, void (*action)(void *),
			      void *context);
void *kunit_kzalloc(struct kunit *test, size_t size, int flags);
#define GFP_KERNEL 0

#define KUNIT_CHECK(good, what) \
	do { \
		if (!(good)) \
			fail_msg("%s", what); \
	} while (0)

#define KUNIT_EXPECT_TRUE(test, a) KUNIT_CHECK(a, #a)
#define KUNIT_EXPECT_FALSE(test, a) KUNIT_CHECK(!(a), "not " #a)
#define KUNIT_EXPECT_NULL(test, a) KUNIT_CHECK(!(a), #a " is not NULL")
#define KUNIT_EXPECT_EQ(test, a, b) KUNIT_CHECK((a) == (b), #a " != " #b)
#define KUNIT_EXPECT_GE(test, a, b) KUNIT_CHECK((a) >= (b), #a " < " #b)
#define KUNIT_ASSERT_EQ KUNIT_EXPECT_EQ
#define KUNIT_ASSERT_FALSE KUNIT_EXPECT_FALSE
#define KUNIT_ASSERT_NE(test, a, b) KUNIT_CHECK((a) != (b), #a " == " #b)
#define KUNIT_ASSERT_NOT_NULL(test, a) KUNIT_CHECK(a, #a " is NULL")

#define static_key_enabled(key) static_branch_unlikely(key)

/* Where @byte is not, or NULL. */
void *memchr_inv(const void *at, int byte, size_t size);

#endif

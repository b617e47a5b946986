/* SPDX-License-Identifier: BSD-3-Clause */
/* What REALM_CREATE gives a realm besides memory: an instance identifier. */
#include <string.h>

#include "realm_kit.h"

static uint64_t root, params;

static int setup(void **state)
{
	(void)state;
	fake_reset();
	fake_activate();
	root = fake_delegate(1);
	params = kit_realm_params(root);
	return 0;
}

static const uint8_t *instance_id(uint64_t rd)
{
	return ((const struct rd *)fake_view(rd))->instance_id;
}

static void two_realms_differ(void **state)
{
	uint64_t one = fake_delegate(1), two = fake_delegate(1);

	(void)state;
	assert_int_equal(rmi(REALM_CREATE, one, params), RET(SUCCESS));
	((struct realm_params *)fake_view(params))->rtt_base =
		fake_delegate(1);
	assert_int_equal(rmi(REALM_CREATE, two, params), RET(SUCCESS));
	assert_memory_not_equal(instance_id(one), instance_id(two),
				REALM_INSTANCE_ID_SIZE);
}

static void without_entropy_there_is_no_realm(void **state)
{
	uint64_t rd = fake_delegate(1);

	(void)state;
	fake.random_fails = true;
	assert_int_equal(rmi(REALM_CREATE, KIT_NO_RAM, params),
			 RET(ERROR_GLOBAL));
	assert_int_equal(kit_state(rd), GRANULE_DELEGATED);
	assert_int_equal(kit_state(root), GRANULE_DELEGATED);
	fake.random_fails = false;
	assert_int_equal(rmi(REALM_CREATE, rd, params), RET(SUCCESS));
}

static void parameters_come_before_entropy_and_granules_after(void **state)
{
	struct realm_params *page = fake_view(params);

	(void)state;
	fake.random_fails = true;
	assert_int_equal(rmi(REALM_CREATE, KIT_NO_RAM, params),
			 RET(ERROR_GLOBAL));
	page->rtt_base = params; /* not delegated */
	assert_int_equal(rmi(REALM_CREATE, KIT_NO_RAM, params),
			 RET(ERROR_GLOBAL));
	page->s2sz = 0;
	assert_int_equal(rmi(REALM_CREATE, KIT_NO_RAM, params),
			 RET(ERROR_INPUT));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(two_realms_differ),
		CASE(without_entropy_there_is_no_realm),
		CASE(parameters_come_before_entropy_and_granules_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

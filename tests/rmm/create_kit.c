/* SPDX-License-Identifier: BSD-3-Clause */
#include "create_kit.h"

struct make make;

int make_setup(void **state)
{
	(void)state;
	fake_reset();
	fake_activate();
	make.rd = fake_delegate(1);
	make.root = fake_delegate(16);
	make.params = kit_realm_params(make.root);
	return 0;
}

struct realm_params *params(void)
{
	return fake_view(make.params);
}

uint64_t create(void)
{
	return rmi(REALM_CREATE, make.rd, make.params);
}

void create_refused(uint64_t rd, uint64_t page, uint64_t status)
{
	uint64_t before[GRANULE_STATES], after[GRANULE_STATES];

	rmm_ledger_count(before, GRANULE_STATES);
	assert_int_equal(rmi(REALM_CREATE, rd, page), status);
	rmm_ledger_count(after, GRANULE_STATES);
	assert_memory_equal(before, after, sizeof(before));
	assert_true(rmm_ledger_ok());
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The last that is good, and the first that is not: the ends of both halves of
 * an IPA space, of tables, of machines.
 */
#include "abi/rmi_layout.h"
#include "fixture.h"

#define SINGLE RMI_OADDR_SINGLE

/* A realm with tables down to level 3 just below @end. */
static uint64_t realm_up_to(uint64_t end)
{
	uint64_t rd = fixture_realm_default();

	fixture_tables(rd, end - PAGE, 3);
	return rd;
}

static void data_reaches_to_the_end_of_the_protected_half(void **state)
{
	uint64_t end = FIXTURE_PAR_END, rd = realm_up_to(end);
	uint64_t desc = fixture_desc(fake_delegate(1), 3, 1);

	(void)state;
	assert_int_equal(rmi(RTT_DATA_MAP, rd, end - PAGE, end, SINGLE, desc),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], end);
	assert_int_equal(rmi(RTT_DATA_UNMAP, rd, end - PAGE, end, SINGLE, 0),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], end);
	assert_int_equal(fake_out[2], desc);
}

static void shared_memory_reaches_to_the_end_of_the_space(void **state)
{
	uint64_t end = FIXTURE_IPA_END, rd = realm_up_to(end);
	uint64_t flags = SINGLE | (uint64_t)RMI_S2AP_RW << 19;
	uint64_t desc = fixture_desc(PAGE, 3, 1) | UNDELEGATED;

	(void)state;
	assert_int_equal(rmi(RTT_UNPROT_MAP, rd, end - PAGE, end, flags, desc),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], end);
	assert_int_equal(rmi(RTT_UNPROT_UNMAP, rd, end - PAGE, end, SINGLE, 0),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], end);
	assert_int_equal(fake_out[2], desc);
}

static void an_unmapping_never_counts_the_last_page_twice(void **state)
{
	uint64_t rd = realm_up_to(BLOCK2);
	uint64_t desc = fixture_desc(fake_delegate(1), 3, 1);

	(void)state;
	assert_int_equal(rmi(RTT_DATA_MAP, rd, BLOCK2 - PAGE, BLOCK2, SINGLE,
			     desc), RMI_SUCCESS);
	assert_int_equal(rmi(RTT_DATA_UNMAP, rd, BLOCK2 - PAGE, 2 * BLOCK2,
			     SINGLE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
	assert_int_equal(fake_out[2], desc);
}

/* The first is empty, so that nothing is mapped that would be progress. */
static void a_later_descriptor_is_asked_its_state_before_its_size(void **state)
{
	uint64_t page = fake_ns_page(), rd = realm_up_to(BLOCK2);
	uint64_t pa = fake_delegate(1), *list = fake_view(page);

	(void)state;
	list[0] = fixture_desc(pa, 3, 0);
	list[1] = fixture_desc(pa, 2, 1);
	assert_refused(rmi(RTT_DATA_MAP, rd, 0, BLOCK2, LIST(2), page),
		       RET_RTT(3));
	list[1] |= UNDELEGATED;
	assert_refused(rmi(RTT_DATA_MAP, rd, 0, BLOCK2, LIST(2), page),
		       RMI_ERROR_INPUT);
}

static void a_realm_is_no_wider_than_the_machine(void **state)
{
	uint64_t rd = fake_delegate(1), root = fake_delegate(1);
	uint64_t page = fake_ns_page();
	struct realm_params *params = fake_view(page);

	(void)state;
	params->s2sz = 38;
	params->num_bps = 1;
	params->num_wps = 1;
	params->rtt_level_start = 1;
	params->rtt_num_start = 1;
	params->rtt_base = root;
	fake.features.ipa_bits = 37;
	assert_refused(rmi(REALM_CREATE, rd, page), RMI_ERROR_INPUT);
	fake.features.ipa_bits = 38;
	/* Nor is a level more than its lower half. */
	params->rtt_level_start = -(1ll << 32) + 1;
	assert_refused(rmi(REALM_CREATE, rd, page), RMI_ERROR_INPUT);
	params->rtt_level_start = 1;
	assert_int_equal(rmi(REALM_CREATE, rd, page), RMI_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(data_reaches_to_the_end_of_the_protected_half),
		fixture_test(shared_memory_reaches_to_the_end_of_the_space),
		fixture_test(an_unmapping_never_counts_the_last_page_twice),
		fixture_test(
		a_later_descriptor_is_asked_its_state_before_its_size),
		fixture_test(a_realm_is_no_wider_than_the_machine),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_16KB);
}

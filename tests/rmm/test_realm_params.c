/* SPDX-License-Identifier: BSD-3-Clause */
/* The parameters of RMI_REALM_CREATE: each value that is refused or taken. */
#include <string.h>

#include "create_kit.h"
#include "rmm/vmid.h"

/* Refused with @status, and everything as it was. */
static void assert_refused(uint64_t status)
{
	create_refused(make.rd, make.params, status);
}

/* A field of the parameters, and a value that must be refused. */
struct bad {
	const char *what;
	size_t offset;
	size_t size;
	uint64_t value;
};

#define BAD(field, bad_value) \
	{ #field " = " #bad_value, offsetof(struct realm_params, field), \
	  sizeof(((struct realm_params *)0)->field), bad_value }

static const struct bad bad_params[] = {
	BAD(flags0, RMI_REALM_PARAM_FLAG_LPA2),
	BAD(flags0, RMI_REALM_PARAM_FLAG_SVE),
	BAD(flags0, RMI_REALM_PARAM_FLAG_PMU),
	BAD(flags0, RMI_REALM_PARAM_FLAG_DA),
	BAD(flags0, BIT_ULL(4)),
	BAD(flags0, FIELD_PREP(RMI_REALM_PARAM_FLAG_LFA_POLICY, 2)),
	BAD(flags0, FIELD_PREP(RMI_REALM_PARAM_FLAG_LFA_POLICY, 3)),
	BAD(flags0, FIELD_PREP(RMI_REALM_PARAM_FLAG_MEC_POLICY, 2)),
	BAD(flags0, FIELD_PREP(RMI_REALM_PARAM_FLAG_MEC_POLICY, 3)),
	BAD(flags0, BIT_ULL(9)),
	BAD(flags0, BIT_ULL(63)),
	BAD(s2sz, 31),
	BAD(s2sz, 0),
	BAD(s2sz, 49),
	BAD(s2sz, 255),
	BAD(sve_vl, 1),
	BAD(num_bps, 0),
	BAD(num_bps, 6),
	BAD(num_wps, 0),
	BAD(num_wps, 4),
	BAD(pmu_num_ctrs, 1),
	BAD(hash_algo, RMI_HASH_SHA_384),
	BAD(hash_algo, 3),
	BAD(num_aux_planes, 1),
	BAD(ats_plane, 1),
	BAD(rtt_level_start, 0),
	BAD(rtt_level_start, 3),
	BAD(rtt_level_start, (uint64_t)-1),
	BAD(rtt_level_start, 0x100000001),
	BAD(rtt_num_start, 0),
	BAD(rtt_num_start, 2),
	BAD(rtt_base, FAKE_RAM0_BASE + 0x800),
	BAD(flags1, RMI_REALM_PARAM_FLAG1_TREE_PER_PLANE),
	BAD(flags1, RMI_REALM_PARAM_FLAG1_S2AP_INDIRECT),
	BAD(flags1, RMI_REALM_PARAM_FLAG1_ATS),
	BAD(flags1, BIT_ULL(3)),
};

static void refuses_each_bad_parameter(void **state)
{
	struct realm_params good = *params();

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad_params) / sizeof(bad_params[0]);
	     i++) {
		const struct bad *bad = &bad_params[i];

		*params() = good;
		memcpy((uint8_t *)params() + bad->offset, &bad->value,
		       bad->size);
		print_message("%s\n", bad->what);
		assert_refused(RET(ERROR_INPUT));
	}
	*params() = good;
	assert_int_equal(create(), RET(SUCCESS));
}

static void accepts_either_activation_policy(void **state)
{
	(void)state;
	params()->flags0 = FIELD_PREP(RMI_REALM_PARAM_FLAG_LFA_POLICY, 1);
	assert_int_equal(create(), RET(SUCCESS));
}

static void accepts_sha_512(void **state)
{
	const struct rd *rd = fake_view(make.rd);

	(void)state;
	params()->hash_algo = RMI_HASH_SHA_512;
	assert_int_equal(create(), RET(SUCCESS));
	assert_int_equal(rd->hash, CRYPTO_SHA_512);
}

/* ---- Memory encryption contexts ---------------------------------------- */

static void set_private(void)
{
	params()->flags0 = FIELD_PREP(RMI_REALM_PARAM_FLAG_MEC_POLICY,
				      RMI_MEC_POLICY_PRIVATE);
}

/* The policy is one that there is; what is missing is a context. */
static void no_private_context_is_left(void **state)
{
	(void)state;
	assert_int_equal(rmi(FEATURES, 4), RET(SUCCESS));
	assert_int_equal(fake_out[1], 0);
	set_private();
	assert_refused(RET(ERROR_GLOBAL));
	params()->flags0 = 0;
	assert_int_equal(create(), RET(SUCCESS));
}

/* Other parameters are asked about before, granules behind it. */
static void a_context_is_asked_for_between_parameters_and_granules(
	void **state)
{
	(void)state;
	set_private();
	params()->hash_algo = 3;
	assert_refused(RET(ERROR_INPUT));
	params()->hash_algo = RMI_HASH_SHA_256;
	params()->rtt_base = KIT_NO_RAM;
	assert_refused(RET(ERROR_GLOBAL));
}

static void without_a_context_the_vmid_is_free_again(void **state)
{
	(void)state;
	set_private();
	for (unsigned int i = 0; i < 2 * VMID_LAST; i++)
		assert_int_equal(create(), RET(ERROR_GLOBAL));
	params()->flags0 = 0;
	assert_int_equal(create(), RET(SUCCESS));
}

/* ---- Fields of one byte in slots of eight ------------------------------ */

static const size_t slots[] = {
	offsetof(struct realm_params, s2sz),
	offsetof(struct realm_params, sve_vl),
	offsetof(struct realm_params, num_bps),
	offsetof(struct realm_params, num_wps),
	offsetof(struct realm_params, pmu_num_ctrs),
	offsetof(struct realm_params, hash_algo),
};

#define SLOTS (sizeof(slots) / sizeof(slots[0]))

/* The first measurement: of a page that has the bytes, and nothing else. */
static void assert_measured(const struct rd *rd)
{
	static uint8_t page[4096];
	const struct crypto_span span = { page, sizeof(page) };
	uint8_t digest[CRYPTO_HASH_MAX];

	for (unsigned int i = 0; i < SLOTS; i++)
		page[slots[i]] = ((uint8_t *)params())[slots[i]];
	crypto_hash(CRYPTO_SHA_512, &span, 1, digest);
	assert_memory_equal(rd->measurement[0], digest, sizeof(digest));
}

/* Rubbish there is neither looked at nor measured. */
static void bytes_behind_a_field_do_not_count(void **state)
{
	for (unsigned int i = 0; i < SLOTS; i++) {
		const struct rd *rd;

		make_setup(state);
		params()->hash_algo = RMI_HASH_SHA_512;
		memset((uint8_t *)params() + slots[i] + 1, 0xa5, 7);
		print_message("offset 0x%zx\n", slots[i]);
		assert_int_equal(create(), RET(SUCCESS));
		rd = fake_view(make.rd);
		assert_int_equal(rd->ipa_bits, KIT_IPA_BITS);
		assert_int_equal(rd->num_bps, params()->num_bps);
		assert_int_equal(rd->num_wps, params()->num_wps);
		assert_int_equal(rd->hash, CRYPTO_SHA_512);
		assert_measured(rd);
	}
}

#define MAKE(test) cmocka_unit_test_setup(test, make_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		MAKE(refuses_each_bad_parameter),
		MAKE(accepts_either_activation_policy),
		MAKE(accepts_sha_512),
		MAKE(no_private_context_is_left),
		MAKE(a_context_is_asked_for_between_parameters_and_granules),
		MAKE(without_a_context_the_vmid_is_free_again),
		MAKE(bytes_behind_a_field_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ABI room: the table against the numbers of the specification, fields
 * against each other. Layouts are static asserts beside the structures.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "abi/arm_arch.h"
#include "abi/kvm_uapi.h"
#include "abi/psci.h"
#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "abi/rmi_table.h"
#include "abi/rsi_layout.h"
#include "abi/rsi_smc.h"
#include "abi/rsi_table.h"
#include "abi/smccc.h"

struct row {
	uint32_t fid;
	const char *name;
	const char *args;
	const char *results;
};

#define RMI_ROW(NAME, name, args, results) \
	{ SMC_RMI_##NAME, #NAME, args, results },
#define RSI_ROW(NAME, name, args, results) \
	{ SMC_RSI_##NAME, #NAME, args, results },

static const struct row rmi_rows[] = {
	RMI_CALL_TABLE(RMI_ROW)
};

static const struct row rsi_rows[] = { RSI_CALL_TABLE(RSI_ROW) };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static unsigned int words(const char *list)
{
	unsigned int n = *list ? 1 : 0;

	for (; *list; list++)
		n += *list == ' ';
	return n;
}

static void rmi_numbers_lie_in_its_two_ranges(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rmi_rows); i++) {
		uint32_t fnum = rmi_rows[i].fid & 0xffff;

		assert_int_equal(rmi_rows[i].fid >> 16, 0xc400);
		assert_true((fnum >= RMI_FNUM_FIRST && fnum <= RMI_FNUM_LAST) ||
			    (fnum >= RMI_FNUM2_FIRST &&
			     fnum <= RMI_FNUM2_LAST));
	}
}

static void rsi_numbers_lie_in_their_range(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rsi_rows); i++) {
		uint32_t fnum = rsi_rows[i].fid & 0xffff;

		assert_int_equal(rsi_rows[i].fid >> 16, 0xc400);
		assert_in_range(fnum, RSI_FNUM_FIRST, RSI_FNUM_LAST);
	}
}

static void no_two_rows_share_a_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rmi_rows); i++)
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(rmi_rows[i].fid, rmi_rows[j].fid);
}

static void arguments_fit_the_registers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rmi_rows); i++) {
		assert_in_range(words(rmi_rows[i].args), 0, 6);
		assert_in_range(words(rmi_rows[i].results), 0, 4);
	}
}

/* Numbers that a typing slip would move, from the specification's list. */
static void rmi_numbers_are_the_specifications(void **state)
{
	static const struct {
		uint32_t fid;
		uint32_t fnum;
	} known[] = {
		{ SMC_RMI_VERSION, 0x150 },
		{ SMC_RMI_RTT_DATA_MAP_INIT, 0x153 },
		{ SMC_RMI_REALM_ACTIVATE, 0x157 },
		{ SMC_RMI_REALM_CREATE, 0x158 },
		{ SMC_RMI_REALM_DESTROY, 0x159 },
		{ SMC_RMI_REC_CREATE, 0x15a },
		{ SMC_RMI_REC_DESTROY, 0x15b },
		{ SMC_RMI_REC_ENTER, 0x15c },
		{ SMC_RMI_RTT_CREATE, 0x15d },
		{ SMC_RMI_RTT_DESTROY, 0x15e },
		{ SMC_RMI_RTT_READ_ENTRY, 0x161 },
		{ SMC_RMI_PSCI_COMPLETE, 0x164 },
		{ SMC_RMI_FEATURES, 0x165 },
		{ SMC_RMI_RTT_FOLD, 0x166 },
		{ SMC_RMI_RTT_INIT_RIPAS, 0x168 },
		{ SMC_RMI_RTT_SET_RIPAS, 0x169 },
		{ SMC_RMI_RMM_CONFIG_SET, 0x16e },
		{ SMC_RMI_GRANULE_TRACKING_GET, 0x1e1 },
		{ SMC_RMI_GRANULE_TRACKING_SET, 0x1e3 },
		{ SMC_RMI_RMM_CONFIG_GET, 0x1ec },
		{ SMC_RMI_GRANULE_RANGE_DELEGATE, 0x1f1 },
		{ SMC_RMI_GRANULE_RANGE_UNDELEGATE, 0x1f2 },
		{ SMC_RMI_GPT_L1_CREATE, 0x1f3 },
		{ SMC_RMI_GPT_L1_DESTROY, 0x1f4 },
		{ SMC_RMI_RTT_DATA_MAP, 0x1f5 },
		{ SMC_RMI_RTT_DATA_UNMAP, 0x1f6 },
		{ SMC_RMI_RTT_UNPROT_MAP, 0x1fb },
		{ SMC_RMI_RTT_UNPROT_UNMAP, 0x1fc },
		{ SMC_RMI_REALM_TERMINATE, 0x201 },
		{ SMC_RMI_RMM_ACTIVATE, 0x202 },
		{ SMC_RMI_OP_CONTINUE, 0x203 },
		{ SMC_RMI_OP_MEM_DONATE, 0x208 },
		{ SMC_RMI_OP_MEM_RECLAIM, 0x209 },
		{ SMC_RMI_OP_CANCEL, 0x20a },
	};

	(void)state;
	assert_int_equal(COUNT(known), COUNT(rmi_rows));
	for (size_t i = 0; i < COUNT(known); i++)
		assert_int_equal(known[i].fid, 0xc4000000u | known[i].fnum);
}

static void a_result_word_comes_apart(void **state)
{
	uint64_t rtt = RMI_RETURN(RMI_ERROR_RTT, 3);
	uint64_t below = RMI_RETURN(RMI_ERROR_RTT, -1);

	(void)state;
	assert_int_equal(rtt, 0x304);
	assert_int_equal(RMI_RETURN_STATUS(rtt), RMI_ERROR_RTT);
	assert_int_equal(RMI_RETURN_INDEX(rtt), 3);
	assert_int_equal(below, 0xff04);
	assert_int_equal(RMI_RETURN_MEMREQ(0x10d), RMI_OP_MEM_REQ_DONATE);
	assert_int_equal(RMI_RETURN_MEMREQ(0x20d), RMI_OP_MEM_REQ_RECLAIM);
	assert_true(0x40d & RMI_RETURN_CAN_CANCEL);
}

static void a_version_word_comes_apart(void **state)
{
	uint64_t version = RMI_ABI_VERSION(2, 1);

	(void)state;
	assert_int_equal(version, 0x20001);
	assert_int_equal(RMI_ABI_VERSION_GET_MAJOR(version), 2);
	assert_int_equal(RMI_ABI_VERSION_GET_MINOR(version), 1);
	assert_int_equal(RMI_ABI_VERSION_GET_MAJOR(0xffff0000u), 0x7fff);
}

static void fields_take_and_give_the_same(void **state)
{
	(void)state;
	assert_int_equal(FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1023), 0xffc);
	assert_int_equal(FIELD_GET(RMI_ADDR_RANGE_COUNT, 0xffcull), 1023);
	assert_int_equal(FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1024), 0);
	assert_int_equal(FIELD_GET(RMI_MAP_S2AP, 0x180000ull), 3);
	assert_int_equal(FIELD_GET(GENMASK_ULL(63, 0), ~0ull), ~0ull);
}

static void a_donation_request_is_the_observed_word(void **state)
{
	(void)state;
	/* 16 pages, not contiguous, delegated: 0x40 on the wire. */
	assert_int_equal(FIELD_PREP(RMI_DONATE_COUNT, 16), 0x40);
}

static void a_fault_address_survives_hpfar(void **state)
{
	const uint64_t ipa = 0x8009010000ull;

	(void)state;
	assert_int_equal(HPFAR_TO_IPA(IPA_TO_HPFAR(ipa)), ipa);
	assert_int_equal(IPA_TO_HPFAR(0xffull << 40), 0xffull << 32);
	assert_int_equal(IPA_TO_HPFAR(ipa | 0xfff), IPA_TO_HPFAR(ipa));
}

static void a_register_is_named_as_the_iss_names_it(void **state)
{
	const uint32_t enc = SYSREG(3, 5, 9, 11, 6);

	(void)state;
	assert_int_equal(SYSREG_OP0(enc), 3);
	assert_int_equal(SYSREG_OP1(enc), 5);
	assert_int_equal(SYSREG_CRN(enc), 9);
	assert_int_equal(SYSREG_CRM(enc), 11);
	assert_int_equal(SYSREG_OP2(enc), 6);
	assert_int_equal(enc & ~ESR_SYSREG_ENCODING, 0);
	/* Every bit of the ISS that is neither Rt nor the direction. */
	assert_int_equal(ESR_SYSREG_ENCODING | ESR_SYSREG_RT | ESR_SYSREG_READ,
			 GENMASK_ULL(21, 0));
}

/* What strace prints for the same calls on a machine. */
static void ioctl_numbers_are_the_kernels(void **state)
{
	(void)state;
	assert_int_equal(KVM_CREATE_VM, 0xae01);
	assert_int_equal(KVM_RUN, 0xae80);
	assert_int_equal(KVM_SET_USER_MEMORY_REGION2, 0x40a0ae49);
	assert_int_equal(KVM_ENABLE_CAP, 0x4068aea3);
	assert_int_equal(KVM_SET_ONE_REG, 0x4010aeac);
	assert_int_equal(KVM_ARM_VCPU_INIT, 0x4020aeae);
	assert_int_equal(KVM_ARM_PREFERRED_TARGET, 0x8020aeaf);
	assert_int_equal(KVM_SET_MEMORY_ATTRIBUTES, 0x4020aed2);
	assert_int_equal(KVM_CREATE_GUEST_MEMFD, 0xc040aed4);
	assert_int_equal(KVM_ARM_RMI_POPULATE, 0xc020aed7);
	assert_int_equal(KVM_SET_DEVICE_ATTR, 0x4018aee1);
}

static void core_registers_have_the_kernels_numbers(void **state)
{
	(void)state;
	assert_int_equal(KVM_REG_ARM64_CORE_X(0), 0x6030000000100000ull);
	assert_int_equal(KVM_REG_ARM64_CORE_X(30), 0x603000000010003cull);
	assert_int_equal(KVM_REG_ARM64_CORE_PC, 0x6030000000100040ull);
	assert_int_equal(KVM_REG_ARM64_ID_AA64DFR0_EL1, 0x603000000013c028ull);
}

static void psci_has_both_widths(void **state)
{
	(void)state;
	assert_int_equal(PSCI_64(PSCI_CPU_ON), 0xc4000003u);
	assert_in_range(PSCI_FEATURES, PSCI_FID_FIRST, PSCI_FID_LAST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rmi_numbers_lie_in_its_two_ranges),
		cmocka_unit_test(rsi_numbers_lie_in_their_range),
		cmocka_unit_test(no_two_rows_share_a_number),
		cmocka_unit_test(arguments_fit_the_registers),
		cmocka_unit_test(rmi_numbers_are_the_specifications),
		cmocka_unit_test(a_result_word_comes_apart),
		cmocka_unit_test(a_version_word_comes_apart),
		cmocka_unit_test(fields_take_and_give_the_same),
		cmocka_unit_test(a_donation_request_is_the_observed_word),
		cmocka_unit_test(a_fault_address_survives_hpfar),
		cmocka_unit_test(a_register_is_named_as_the_iss_names_it),
		cmocka_unit_test(ioctl_numbers_are_the_kernels),
		cmocka_unit_test(core_registers_have_the_kernels_numbers),
		cmocka_unit_test(psci_has_both_widths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

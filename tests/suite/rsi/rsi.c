/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Versions and features of RSI, and calls that nobody answers.
 */
#include "tests/suite/rsi/tables.h"

#include "abi/smccc.h"

#define V1_0 RSI_ABI_VERSION_1_0
#define VERSION(asked) { SMC_RSI_VERSION, asked }
#define FEATURES(index) { SMC_RSI_FEATURES, index }

/* ---- RSI_VERSION --------------------------------------------------------- */

static bool highest_is_sane(void)
{
	return expect("x2 is 1.0 or more, of major version 1",
		      guest_box()->x[2] >> 16 == 1);
}

static bool lower_is_highest(void)
{
	const uint64_t *x = guest_box()->x;

	return expect_value("x1", x[2], x[1]) && highest_is_sane();
}

static const struct inside version_insides[] = {
	{ "1.0 is spoken", .x = VERSION(V1_0),
	  .out = { R(0, RSI_SUCCESS), R(1, V1_0), R(3, 0) },
	  .check = highest_is_sane },
	{ "0.0 is refused", .x = VERSION(0), .out = { R(0, RSI_ERROR_INPUT) },
	  .check = lower_is_highest },
	{ "2.0 is refused", .x = VERSION(0x20000),
	  .out = { R(0, RSI_ERROR_INPUT) }, .check = lower_is_highest },
	{ "takes the SVE hint of SMCCC", "RSI 1.1",
	  .x = { SMC_RSI_VERSION | SMCCC_SVE_HINT, V1_0 },
	  .out = { R(0, RSI_SUCCESS), R(1, V1_0) } },
};

const struct table rsi_version_table = {
	.name = "RSI_VERSION", .section = "RSI 1.4", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(version_insides),
};

/* ---- RSI_FEATURES -------------------------------------------------------- */

static const struct inside features_insides[] = {
	{ "register 0 is there", .x = FEATURES(0),
	  .out = { R(0, RSI_SUCCESS), R(2, 0), R(3, 0) } },
	{ "register 1 is zero", .x = FEATURES(1),
	  .out = { R(0, RSI_SUCCESS), R(1, 0) } },
	{ "the last of all registers is zero", .x = FEATURES(ALL_ONES),
	  .out = { R(0, RSI_SUCCESS), R(1, 0) } },
};

const struct table rsi_features_table = {
	.name = "RSI_FEATURES", .section = "RSI 1.4", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(features_insides),
};

/* ---- Unknown ones -------------------------------------------------------- */

#define UNKNOWN(what, fid) \
	{ what " is unknown", .x = { fid, 1, 2, 3, 4 }, \
	  .out = { R(0, SMCCC_NOT_SUPPORTED) } }

static bool arguments_stay(void)
{
	const uint64_t *x = guest_box()->x;

	return expect_value("x5 of the realm", 5, x[5]) &&
	       expect_value("x17 of the realm", 0x5a11, x[17]);
}

static bool undefined_there(void)
{
	return expect("ELR_EL1 is at the HVC, or behind it",
		      (guest_box()->elr & 0xfff) < 0x800);
}

static const struct inside unknown_insides[] = {
	UNKNOWN("an RMI call", SMC_RMI_VERSION),
	UNKNOWN("RSI number 0x19e", SMC_RSI_CALL(0x19e)),
	UNKNOWN("RSI number 0x1a5", SMC_RSI_CALL(0x1a5)),
	UNKNOWN("a call to EL3", SMC_RSI_CALL(0x1b0)),
	UNKNOWN("TRNG_VERSION", 0x84000050),
	UNKNOWN("the UID of the hypervisor", 0x8600ff01),
	UNKNOWN("SMCCC_ARCH_FEATURES of SMCCC_ARCH_SOC_ID", 0x80000001),
	{ "an unknown call leaves other registers",
	  .x = { SMC_RSI_CALL(0x19e), 1, 2, 3, 4, 5 },
	  .out = { R(0, SMCCC_NOT_SUPPORTED) }, .check = arguments_stay },
	{ "HVC is undefined", "RSI 5.4", .op = AGENT_HVC,
	  .x = { SMC_RSI_VERSION, V1_0 }, .end = TAKES,
	  .class = ESR_EC_UNKNOWN, .check = undefined_there },
};

static bool version_1_1_at_least(void)
{
	return expect("SMCCC 1.1 or more", guest_box()->x[0] >= 0x10001 &&
					      guest_box()->x[0] < 0x20000);
}

static const struct inside smccc_insides[] = {
	{ "SMCCC_VERSION is answered", "RSI 1.1", .x = { SMCCC_VERSION },
	  .check = version_1_1_at_least },
};

const struct table rsi_unknown_table = {
	.name = "RSI unknown", .section = "RSI 1.1", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(unknown_insides),
};

const struct table smccc_table = {
	.name = "SMCCC", .section = "RSI 1.1", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(smccc_insides),
};

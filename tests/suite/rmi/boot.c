/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Before RMM_ACTIVATE: versions, features, the gate, the configuration.
 */
#include <string.h>

#include "abi/smccc.h"
#include "tests/suite/rmi/tables.h"

#define V(major, minor) RMI_ABI_VERSION(major, minor)
#define VERSION_MASK GENMASK_ULL(30, 0)

/* ---- RMI_VERSION --------------------------------------------------------- */

static uint64_t highest(void)
{
	rmi(VERSION, V(RMI_ABI_MAJOR_VERSION, RMI_ABI_MINOR_VERSION));
	return answer[2];
}

/* The cases of section 2, by what the answer itself says. */
static bool version_is_consistent(uint64_t asked)
{
	uint64_t top = highest(), ret, lower, higher;

	call_subject();
	ret = rmi(VERSION, asked);
	lower = answer[1];
	higher = answer[2];
	if (!expect("bits 63:31 of both are zero",
		    !((lower | higher) & ~VERSION_MASK)) ||
	    !expect_value("the highest, always", top, higher))
		return false;
	if (ret == RMI_SUCCESS)
		return expect_value("lower", asked, lower);
	return expect_result("x0", RMI_ERROR_INPUT, ret) &&
	       expect("lower is below what was asked, or the highest",
		      lower < asked || lower == higher);
}

static void version_0_0(void)
{
	version_is_consistent(0);
}

static void version_1_0(void)
{
	version_is_consistent(V(1, 0));
}

static void version_next(void)
{
	if (version_is_consistent(highest() + 1))
		expect_value("lower", answer[2], answer[1]);
}

static void version_top(void)
{
	if (version_is_consistent(V(0x7fff, 0xffff)))
		expect_value("lower", answer[2], answer[1]);
}

static void version_twice(void)
{
	rmi(VERSION, V(1, 0));
	call_subject();
	expect_result("x0", RMI_SUCCESS, rmi(VERSION, V(2, 0)));
}

static void version_hint(void)
{
	call_subject();
	expect_result("x0", RMI_SUCCESS,
		      smc(SMC_RMI_VERSION | (uint32_t)SMCCC_SVE_HINT,
			  (const uint64_t[CALL_ARGS]){ V(2, 0) }));
	expect_value("x1", V(2, 0), answer[1]);
}

static const struct effect version_effects[] = {
	{ "2.0 is spoken", .x = { V(2, 0) }, .want = OK,
	  .out = { { 1, V(2, 0) } } },
};

static const struct story version_stories[] = {
	{ "a request of 0.0", .tell = version_0_0 },
	{ "a request of 1.0", .tell = version_1_0 },
	{ "the minor version after the highest is refused, the highest offered",
	  .tell = version_next },
	{ "the highest of all versions is refused, the highest offered",
	  .tell = version_top },
	{ "may be asked again after a refusal", .tell = version_twice },
	{ "takes the SVE hint of SMCCC", "1.1", .tell = version_hint },
};

const struct table version_table = {
	.name = "VERSION", .section = "2", .boot = true,
	.fid = SMC_RMI_VERSION,
	EFFECTS(version_effects), STORIES(version_stories),
};

/* ---- RMI_FEATURES -------------------------------------------------------- */

static bool features_0(void)
{
	uint64_t fr = answer[1];
	uint64_t s2sz = FIELD_GET(RMI_FEATURE_REGISTER_0_S2SZ, fr);

	return expect("S2SZ is from 32 to 52", s2sz >= 32 && s2sz <= 52) &&
	       expect("NUM_BPS is not the reserved value",
		      FIELD_GET(RMI_FEATURE_REGISTER_0_NUM_BPS, fr)) &&
	       expect("NUM_WPS is not the reserved value",
		      FIELD_GET(RMI_FEATURE_REGISTER_0_NUM_WPS, fr));
}

static bool features_1(void)
{
	uint64_t fr = answer[1];
	uint64_t granules = RMI_FEATURE_REGISTER_1_GRAN_4K |
			    RMI_FEATURE_REGISTER_1_GRAN_16K |
			    RMI_FEATURE_REGISTER_1_GRAN_64K;

	return expect("a granule size is offered", fr & granules) &&
	       expect("SHA-256 is offered",
		      fr & RMI_FEATURE_REGISTER_1_HASH_SHA_256) &&
	       expect("a realm may have a REC",
		      FIELD_GET(RMI_FEATURE_REGISTER_1_MAX_RECS_ORDER, fr)) &&
	       expect("PPS is defined",
		      FIELD_GET(RMI_FEATURE_REGISTER_1_PPS, fr) <= 6);
}

static bool l0gptsz(void)
{
	uint64_t size = FIELD_GET(RMI_FEATURE_REGISTER_1_L0GPTSZ, answer[1]);

	return expect("L0GPTSZ is 0, 4, 6 or 9",
		      size == 0 || size == 4 || size == 6 || size == 9);
}

static const struct effect features_effects[] = {
	{ "register 0 makes sense", .x = { 0 }, .want = OK,
	  .check = features_0 },
	{ "register 1 makes sense", .x = { 1 }, .want = OK,
	  .check = features_1 },
	{ "register 1: size of an L0 GPT entry", .x = { 1 }, .want = OK,
	  .check = l0gptsz },
	{ "register 2 is there", .x = { 2 }, .want = OK },
	{ "register 3 is there", .x = { 3 }, .want = OK },
	{ "register 4 is there", .x = { 4 }, .want = OK },
	{ "registers after the last are zero", .x = { 0x1000 }, .want = OK,
	  .out = { { 1, 0 } } },
	{ "the last of all registers is zero", .x = { ALL_ONES }, .want = OK,
	  .out = { { 1, 0 } } },
};

const struct table features_table = {
	.name = "FEATURES", .section = "3", .boot = true,
	.fid = SMC_RMI_FEATURES, EFFECTS(features_effects),
};

/* ---- The gate ------------------------------------------------------------ */

#define GATED(NAME) \
	{ #NAME " waits for RMM_ACTIVATE", .fid = SMC_RMI_##NAME, \
	  .want = ERR(GLOBAL) }
#define GATED_OPTIONAL(NAME) \
	{ #NAME " waits for RMM_ACTIVATE, or is not there", \
	  .fid = SMC_RMI_##NAME, .want = ERR(GLOBAL), \
	  .also = SMCCC_NOT_SUPPORTED }
#define UNKNOWN(fnum, what) \
	{ #fnum ", " what ", is unknown", "1.5", \
	  .fid = SMC_RMI_CALL(fnum), .want = SMCCC_NOT_SUPPORTED }

static const struct effect gate_effects[] = {
	GATED(GRANULE_RANGE_DELEGATE),
	GATED(GRANULE_RANGE_UNDELEGATE),
	GATED(REALM_CREATE),
	GATED(REALM_ACTIVATE),
	GATED(REALM_TERMINATE),
	GATED(REALM_DESTROY),
	GATED(REC_CREATE),
	GATED(REC_DESTROY),
	GATED(REC_ENTER),
	GATED(PSCI_COMPLETE),
	GATED(RTT_CREATE),
	GATED(RTT_DESTROY),
	GATED(RTT_FOLD),
	GATED(RTT_READ_ENTRY),
	GATED(RTT_INIT_RIPAS),
	GATED(RTT_SET_RIPAS),
	GATED(RTT_DATA_MAP_INIT),
	GATED(RTT_DATA_MAP),
	GATED(RTT_DATA_UNMAP),
	GATED(RTT_UNPROT_MAP),
	GATED(RTT_UNPROT_UNMAP),
	GATED(OP_CONTINUE),
	GATED(OP_MEM_DONATE),
	GATED(OP_MEM_RECLAIM),
	GATED(OP_CANCEL),
	GATED_OPTIONAL(GPT_L1_CREATE),
	GATED_OPTIONAL(GPT_L1_DESTROY),
	GATED_OPTIONAL(GRANULE_TRACKING_SET),
	{ "RMM_CONFIG_GET does not wait", "10.7", .x = { PARAMS }, .want = OK,
	  .fid = SMC_RMI_RMM_CONFIG_GET, .also = ERR(GLOBAL) },
	{ "GRANULE_TRACKING_GET does not wait", "10.7",
	  .x = { NS, NS + GRANULE }, .want = OK,
	  .fid = SMC_RMI_GRANULE_TRACKING_GET, .also = ERR(GLOBAL) },
};

const struct table gate_table = {
	.name = "gate", .section = "1.4", .boot = true, EFFECTS(gate_effects),
};

static const struct effect unknown_effects[] = {
	UNKNOWN(0x151, "GRANULE_DELEGATE of 1.0"),
	UNKNOWN(0x152, "GRANULE_UNDELEGATE of 1.0"),
	UNKNOWN(0x154, "DATA_CREATE_UNKNOWN of 1.0"),
	UNKNOWN(0x155, "DATA_DESTROY of 1.0"),
	UNKNOWN(0x15f, "RTT_MAP_UNPROTECTED of 1.0"),
	UNKNOWN(0x162, "RTT_UNMAP_UNPROTECTED of 1.0"),
	UNKNOWN(0x167, "REC_AUX_COUNT of 1.0"),
	UNKNOWN(0x18f, "the last of the first range"),
	UNKNOWN(0x2cf, "the last of the second range"),
};

const struct table unknown_table = {
	.name = "unknown", .section = "1.1", .boot = true,
	EFFECTS(unknown_effects),
};

/* ---- RMI_RMM_CONFIG_GET, _SET, RMI_RMM_ACTIVATE -------------------------- */

static void fill_config(void)
{
	scene_config(value_of(PARAMS));
}

static const struct deviation config_deviations[] = {
	{ 1, CHECK_OBJECT, "the address is 0", { X(1, 0) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the address is not aligned", { X(1, PARAMS + 8) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "no memory is there", { X(1, NO_RAM) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "the address is beyond all memory",
	  { X(1, 1ull << 52) }, .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "the tracking size is unknown", { F8(0, 7) },
	  .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "the granule size is unknown", { F8(8, 3) },
	  .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "the pair of sizes does not exist",
	  { F8(0, 1), F8(8, RMI_GRANULE_SIZE_4KB) },
	  .want = ERR(INPUT) },
};

static struct rmm_config *config_at(uint64_t page)
{
	return port->memory(value_of(page));
}

static void config_get(void)
{
	fill_config();
	if (!expect_result("RMM_CONFIG_SET", RMI_SUCCESS,
			   rmi(RMM_CONFIG_SET, value_of(PARAMS))))
		return;
	memset(config_at(NS), 0xff, sizeof(struct rmm_config));
	call_subject();
	if (expect_result("x0", RMI_SUCCESS,
			  rmi(RMM_CONFIG_GET, value_of(NS))))
		expect("the page is as it was set, to its end",
		       !memcmp(config_at(NS), config_at(PARAMS),
			       sizeof(struct rmm_config)));
}

static void config_get_bad(void)
{
	expect_result("address 0", RMI_ERROR_INPUT, rmi(RMM_CONFIG_GET, 0));
	expect_result("not aligned", RMI_ERROR_INPUT,
		      rmi(RMM_CONFIG_GET, value_of(PARAMS) + 1));
	call_subject();
	expect_result("no memory", RMI_ERROR_INPUT,
		      rmi(RMM_CONFIG_GET, value_of(NO_RAM)));
}

/* What register 1 offers is taken, and nothing else. */
static void config_granule(unsigned int size, uint64_t offer)
{
	bool offered;

	rmi(FEATURES, 1);
	offered = answer[1] & offer;
	fill_config();
	config_at(PARAMS)->rmi_granule_size = (uint8_t)size;
	call_subject();
	expect_result("x0", offered ? RMI_SUCCESS : RMI_ERROR_INPUT,
		      rmi(RMM_CONFIG_SET, value_of(PARAMS)));
	fill_config();
	verdict_setup(true);
	expect_result("RMM_CONFIG_SET of the suite's size", RMI_SUCCESS,
		      rmi(RMM_CONFIG_SET, value_of(PARAMS)));
}

static void config_4k(void)
{
	config_granule(RMI_GRANULE_SIZE_4KB, RMI_FEATURE_REGISTER_1_GRAN_4K);
}

static void config_16k(void)
{
	config_granule(RMI_GRANULE_SIZE_16KB, RMI_FEATURE_REGISTER_1_GRAN_16K);
}

static void config_64k(void)
{
	config_granule(RMI_GRANULE_SIZE_64KB, RMI_FEATURE_REGISTER_1_GRAN_64K);
}

static const struct story config_stories[] = {
	{ "RMM_CONFIG_GET says what was set", .tell = config_get },
	{ "RMM_CONFIG_GET refuses bad addresses", .tell = config_get_bad },
	{ "4 KiB granules as register 1 offers", .tell = config_4k },
	{ "16 KiB granules as register 1 offers", .tell = config_16k },
	{ "64 KiB granules as register 1 offers", .tell = config_64k },
};

const struct table config_table = {
	.name = "RMM_CONFIG_SET", .section = "5.1", .boot = true,
	.fid = SMC_RMI_RMM_CONFIG_SET, .x = { PARAMS }, .fill = fill_config,
	DEVIATIONS(config_deviations), STORIES(config_stories),
};

/* From here on the RMM is active. */
static void activate(void)
{
	fill_config();
	rmi(RMM_CONFIG_SET, value_of(PARAMS));
	call_subject();
	if (expect_result("x0", RMI_SUCCESS, driven(RMM_ACTIVATE)))
		expect_result("DELEGATE of nothing", RMI_ERROR_INPUT,
			      rmi(GRANULE_RANGE_DELEGATE, 0, 0));
}

static const struct story activate_stories[] = {
	{ "opens the gate", .tell = activate },
};

const struct table activate_table = {
	.name = "RMM_ACTIVATE", .section = "5.1", .boot = true,
	STORIES(activate_stories),
};

/* ---- Afterwards ---------------------------------------------------------- */

static const struct effect active_effects[] = {
	{ "RMM_ACTIVATE succeeds once", .fid = SMC_RMI_RMM_ACTIVATE,
	  .want = ERR(GLOBAL) },
	{ "RMM_CONFIG_SET is too late", .fid = SMC_RMI_RMM_CONFIG_SET,
	  .x = { PARAMS }, .want = ERR(GLOBAL) },
	{ "the gate comes before arguments", .fid = SMC_RMI_RMM_CONFIG_SET,
	  .x = { 1 }, .want = ERR(GLOBAL) },
	{ "RMM_CONFIG_GET still answers", .fid = SMC_RMI_RMM_CONFIG_GET,
	  .x = { PARAMS }, .want = OK },
	{ "RMM_CONFIG_GET does not write to a delegated page",
	  .fid = SMC_RMI_RMM_CONFIG_GET, .x = { FRESH }, .want = ERR(INPUT) },
	{ "VERSION still answers", .fid = SMC_RMI_VERSION, .x = { V(2, 0) },
	  .want = OK, .out = { { 1, V(2, 0) } } },
	{ "FEATURES still answers", .fid = SMC_RMI_FEATURES, .x = { 0 },
	  .want = OK, .check = features_0 },
};

const struct table active_table = {
	.name = "active", .section = "1.4", .scene = SCENE_RMM,
	EFFECTS(active_effects),
};

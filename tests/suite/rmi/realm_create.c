/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REALM_CREATE: each parameter, and the shapes that a realm can have.
 */
#include "tests/suite/rmi/tables.h"

#define THE_RD (FRESH + 14 * GRANULE)

/* Offsets in struct realm_params. */
#define FLAGS0 0x0
#define S2SZ 0x8
#define SVE_VL 0x10
#define NUM_BPS 0x18
#define NUM_WPS 0x20
#define PMU_NUM_CTRS 0x28
#define HASH_ALGO 0x30
#define NUM_AUX_PLANES 0x38
#define ATS_PLANE 0x440
#define RTT_BASE 0x808
#define RTT_LEVEL_START 0x810
#define RTT_NUM_START 0x818
#define FLAGS1 0x820

/*
 * Widths: what a root translates from that level on. Roots that are joined at
 * level 2 are the same few bits at each size of granules, and 4 of them are no
 * more than all machines have.
 */
#define ROOT_BITS(level) LEVEL_SHIFT((level) - 1)
#define JOINED(bits) (ROOT_BITS(2) + (bits))

/* The realm that is made is the one that ENTRY() looks at. */
static void fill(void)
{
	value_set(NAME_RD, value_of(THE_RD));
	scene_realm_params(value_of(PARAMS), value_of(FRESH));
}

/* ---- Dependent on what the RMM offers ------------------------------------ */

static uint64_t feature(unsigned int index, uint64_t mask)
{
	rmi(FEATURES, index);
	return FIELD_GET(mask, answer[1]);
}

/* Skips a condition that asks for what is offered, and so not refused. */
static bool not_offered(unsigned int index, uint64_t mask)
{
	if (feature(index, mask))
		verdict_skip("it is offered");
	return !verdict.skipped;
}

static bool no_lpa2(void)
{
	return not_offered(0, RMI_FEATURE_REGISTER_0_LPA2);
}

static bool no_sve(void)
{
	return not_offered(0, RMI_FEATURE_REGISTER_0_SVE);
}

static bool no_pmu(void)
{
	return not_offered(0, RMI_FEATURE_REGISTER_0_PMU);
}

static bool no_da(void)
{
	return not_offered(2, BIT_ULL(0));
}

static bool no_mec(void)
{
	return not_offered(4, GENMASK_ULL(63, 0));
}

static bool no_sha_384(void)
{
	return not_offered(1, RMI_FEATURE_REGISTER_1_HASH_SHA_384);
}

/* MINE: one more than a field of register 0 offers. */
static bool more_than(unsigned int index, uint64_t mask)
{
	value_set(NAME_MINE, feature(index, mask) + 1);
	return true;
}

static bool more_than_s2sz(void)
{
	return more_than(0, RMI_FEATURE_REGISTER_0_S2SZ);
}

static bool more_than_bps(void)
{
	return more_than(0, RMI_FEATURE_REGISTER_0_NUM_BPS);
}

static bool more_than_wps(void)
{
	return more_than(0, RMI_FEATURE_REGISTER_0_NUM_WPS);
}

static bool more_than_planes(void)
{
	return more_than(3, GENMASK_ULL(3, 0));
}

static bool no_indirect_s2ap(void)
{
	return not_offered(3, BIT_ULL(6));
}

static bool no_ats(void)
{
	return not_offered(2, BIT_ULL(3));
}

/*
 * The same of a field that goes with a flag; HANDLE is flags0. Where nothing is
 * offered the flag by itself is refused, and the field is tried without.
 */
static bool more_with(uint64_t offered, uint64_t flag, uint64_t mask)
{
	value_set(NAME_HANDLE, feature(0, offered) ? flag : 0);
	return more_than(0, mask);
}

static bool more_than_sve_vl(void)
{
	return more_with(RMI_FEATURE_REGISTER_0_SVE,
			 RMI_REALM_PARAM_FLAG_SVE,
			 RMI_FEATURE_REGISTER_0_SVE_VL);
}

static bool more_than_pmu_ctrs(void)
{
	return more_with(RMI_FEATURE_REGISTER_0_PMU,
			 RMI_REALM_PARAM_FLAG_PMU,
			 RMI_FEATURE_REGISTER_0_PMU_NUM_CTRS);
}

#define REFUSED(what, ...) \
	{ 2, CHECK_OTHER, what, { __VA_ARGS__ }, .want = ERR(INPUT) }
#define REFUSED_IF(asked, what, ...) \
	{ 2, CHECK_OTHER, what, { __VA_ARGS__ }, .twist = asked, \
	  .want = ERR(INPUT) }
#define STRICTLY(asked, what, ...) \
	{ 2, CHECK_OTHER, what, { __VA_ARGS__ }, .twist = asked, \
	  .want = ERR(INPUT), .strict = true }
#define NO_SHAPE(what, s2sz, level, roots) \
	REFUSED(what, F8(S2SZ, s2sz), F64(RTT_LEVEL_START, level), \
		F32(RTT_NUM_START, roots))

static const struct deviation deviations[] = {
	{ 1, CHECK_OBJECT, "the parameters are not aligned",
	  { X(2, PARAMS + HALF) }, .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the parameters are where no memory is",
	  { X(2, NO_RAM) }, .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the parameters are delegated",
	  { X(2, FRESH + 13 * GRANULE) }, .want = ERR(INPUT) },
	REFUSED_IF(no_lpa2, "LPA2 that is not offered", F64(FLAGS0, 1)),
	REFUSED("an IPA width of 31 bits", F8(S2SZ, 31)),
	REFUSED("an IPA width of 0 bits", F8(S2SZ, 0)),
	REFUSED_IF(more_than_s2sz, "a wider IPA than is offered",
		   F8(S2SZ, MINE)),
	REFUSED("0 breakpoints, the reserved value", F8(NUM_BPS, 0)),
	REFUSED_IF(more_than_bps, "more breakpoints than are offered",
		   F8(NUM_BPS, MINE)),
	REFUSED("0 watchpoints, the reserved value", F8(NUM_WPS, 0)),
	REFUSED_IF(more_than_wps, "more watchpoints than are offered",
		   F8(NUM_WPS, MINE)),
	REFUSED_IF(no_sve, "SVE that is not offered", F64(FLAGS0, 2)),
	REFUSED_IF(no_pmu, "a PMU that is not offered", F64(FLAGS0, 4)),
	STRICTLY(more_than_sve_vl, "longer vectors than are offered",
		 F64(FLAGS0, HANDLE), F8(SVE_VL, MINE)),
	STRICTLY(more_than_pmu_ctrs, "more counters than are offered",
		 F64(FLAGS0, HANDLE), F8(PMU_NUM_CTRS, MINE)),
	REFUSED_IF(no_da, "device assignment that is not offered",
		   F64(FLAGS0, 8)),
	REFUSED("a MEC policy that does not exist", F64(FLAGS0, 3 << 7)),
	REFUSED("start level 4", F64(RTT_LEVEL_START, 4)),
	REFUSED("start level 3", F64(RTT_LEVEL_START, 3)),
	REFUSED_IF(no_lpa2, "start level -1 without LPA2",
		   F64(RTT_LEVEL_START, ALL_ONES)),
	REFUSED("start level 0 for bits of level 1", F64(RTT_LEVEL_START, 0)),
	REFUSED("start level 2^32 + 1", F64(RTT_LEVEL_START, 1ull << 32 | 1)),
	REFUSED("no root", F32(RTT_NUM_START, 0)),
	REFUSED("two roots where one is enough", F32(RTT_NUM_START, 2)),
	NO_SHAPE("32 roots of level 2", JOINED(5), 2, 32),
	NO_SHAPE("8 roots of level 2 where 4 are wanted", JOINED(2), 2, 8),
	NO_SHAPE("2 roots of level 2 where 4 are wanted", JOINED(2), 2, 2),
	NO_SHAPE("one root of level 1 where 2 are wanted", ROOT_BITS(1) + 1,
		 1, 1),
	NO_SHAPE("a root of level 0 where level 1 is enough", ROOT_BITS(1), 0,
		 1),
	REFUSED_IF(more_than_planes, "more planes than are offered",
		   F64(NUM_AUX_PLANES, MINE)),
	REFUSED_IF(more_than_planes, "ATS in a plane that is not there",
		   F64(ATS_PLANE, MINE)),
	REFUSED_IF(no_indirect_s2ap,
		   "indirect permissions that are not offered",
		   F64(FLAGS1, RMI_REALM_PARAM_FLAG1_S2AP_INDIRECT)),
	STRICTLY(NULL, "a tree a plane where there is one plane",
		 F64(FLAGS1, RMI_REALM_PARAM_FLAG1_TREE_PER_PLANE)),
	STRICTLY(no_ats, "ATS that is not offered",
		 F64(FLAGS1, RMI_REALM_PARAM_FLAG1_ATS)),
	REFUSED("a root that is not aligned to a granule",
		F64(RTT_BASE, FRESH + 0x800)),
	REFUSED("roots that are not aligned to their number",
		F8(S2SZ, JOINED(2)), F64(RTT_LEVEL_START, 2),
		F32(RTT_NUM_START, 4), F64(RTT_BASE, FRESH + GRANULE)),
	REFUSED("hash algorithm 3", F8(HASH_ALGO, 3)),
	REFUSED("hash algorithm 255", F8(HASH_ALGO, 255)),
	{ 2, CHECK_OTHER, "SHA-384 that is not offered", { F8(HASH_ALGO, 2) },
	  .twist = no_sha_384, .want = ERR(INPUT), .strict = true },
	{ 5, CHECK_OTHER, "a private MEC where there is none",
	  { F64(FLAGS0, 1 << 7) }, .twist = no_mec, .want = ERR(GLOBAL) },
	{ 6, CHECK_OBJECT, "the root is Non-secure", { F64(RTT_BASE, NS) },
	  .want = ERR(INPUT) },
	{ 6, CHECK_OBJECT, "the root is where no memory is",
	  { F64(RTT_BASE, NO_RAM) }, .want = ERR(INPUT) },
	{ 7, CHECK_OBJECT, "rd is Non-secure", { X(1, NS) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OBJECT, "rd is not aligned", { X(1, THE_RD + HALF) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OBJECT, "rd is where no memory is", { X(1, NO_RAM) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OBJECT, "rd is the root", { X(1, FRESH) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OBJECT, "rd is the second of four roots",
	  { X(1, FRESH + GRANULE), F8(S2SZ, JOINED(2)),
	    F64(RTT_LEVEL_START, 2), F32(RTT_NUM_START, 4) },
	  .want = ERR(INPUT) },
};

/* ---- What it makes ------------------------------------------------------- */

static bool wide_enough(uint64_t bits)
{
	if (feature(0, RMI_FEATURE_REGISTER_0_S2SZ) < bits)
		verdict_skip("IPAs are not that wide");
	return !verdict.skipped;
}

static bool joined_3(void)
{
	return wide_enough(JOINED(3));
}

static bool whole_root(void)
{
	return wide_enough(ROOT_BITS(1));
}

static bool joined_at_1(void)
{
	return wide_enough(ROOT_BITS(1) + 1);
}

static bool joined_8_at_1(void)
{
	return wide_enough(ROOT_BITS(1) + 3);
}

/* The reference wants 44 bits of physical addresses for it. */
static bool level_0(void)
{
	if (LEVEL_FIRST > 0)
		verdict_skip("no level 0 with these granules");
	return !verdict.skipped && wide_enough(44);
}

static bool level_0_48(void)
{
	return level_0() && wide_enough(48);
}

static bool offers_sha_512(void)
{
	if (!feature(1, RMI_FEATURE_REGISTER_1_HASH_SHA_512))
		verdict_skip("SHA-512 is not offered");
	return !verdict.skipped;
}

/* FRESH + 3 and everything behind it is no part of a realm of four roots. */
#define SHAPE(what, asked, s2sz, level, roots, ...) \
	{ what, "7.2", .twist = asked, .x = { THE_RD, PARAMS }, \
	  .set = { F8(S2SZ, s2sz), F64(RTT_LEVEL_START, level), \
		   F32(RTT_NUM_START, roots) }, \
	  .want = OK, \
	  .after = { GRANULE_IS(THE_RD, USED), GRANULE_IS(FRESH, USED), \
		     __VA_ARGS__ } }

static const struct effect effects[] = {
	{ "rd and root are used", .x = { THE_RD, PARAMS }, .want = OK,
	  .after = { GRANULE_IS(THE_RD, USED), GRANULE_IS(FRESH, USED),
		     GRANULE_IS(FRESH + GRANULE, DELEGATED) } },
	{ "the protected half is VOID and EMPTY", .x = { THE_RD, PARAMS },
	  .want = OK,
	  .after = { ENTRY(0, LEVEL_START, VOID, EMPTY, 0),
		     ENTRY(PAR_END - ROOT_ENTRY, LEVEL_START, VOID, EMPTY,
			   0) } },
	{ "the other half is unmapped", .x = { THE_RD, PARAMS }, .want = OK,
	  .after = { ENTRY(PAR_END, LEVEL_START, VOID, EMPTY, 0),
		     ENTRY(IPA_END - ROOT_ENTRY, LEVEL_START, VOID, EMPTY,
			   0) } },
	{ "a realm with SHA-512", .twist = offers_sha_512,
	  .x = { THE_RD, PARAMS },
	  .set = { F8(HASH_ALGO, RMI_HASH_SHA_512) }, .want = OK,
	  .after = { GRANULE_IS(THE_RD, USED) } },
	SHAPE("level 2, 4 roots", NULL, JOINED(2), 2, 4,
	      GRANULE_IS(FRESH + 3 * GRANULE, USED),
	      GRANULE_IS(FRESH + 4 * GRANULE, DELEGATED),
	      ENTRY(2 * ROOT_ENTRY - BLOCK, 2, VOID, EMPTY, 0)),
	SHAPE("level 2, 8 roots", joined_3, JOINED(3), 2, 8,
	      GRANULE_IS(FRESH + 7 * GRANULE, USED),
	      GRANULE_IS(FRESH + 8 * GRANULE, DELEGATED)),
	SHAPE("level 1, 4 entries of a root", NULL, JOINED(2), 1, 1,
	      GRANULE_IS(FRESH + GRANULE, DELEGATED),
	      ENTRY(0, 1, VOID, EMPTY, 0)),
	SHAPE("level 1, all of a root", whole_root, ROOT_BITS(1), 1, 1,
	      GRANULE_IS(FRESH + GRANULE, DELEGATED),
	      ENTRY(LEVEL_SIZE(0) / 2 - ROOT_ENTRY, 1, VOID, EMPTY, 0)),
	SHAPE("level 1, two roots", joined_at_1, ROOT_BITS(1) + 1, 1, 2,
	      GRANULE_IS(FRESH + GRANULE, USED),
	      GRANULE_IS(FRESH + 2 * GRANULE, DELEGATED),
	      ENTRY(LEVEL_SIZE(0) - ROOT_ENTRY, 1, VOID, EMPTY, 0)),
	SHAPE("level 1, eight roots", joined_8_at_1, ROOT_BITS(1) + 3, 1, 8,
	      GRANULE_IS(FRESH + 7 * GRANULE, USED),
	      GRANULE_IS(FRESH + 8 * GRANULE, DELEGATED)),
	SHAPE("40 bits, level 0, one root", level_0, 40, 0, 1,
	      GRANULE_IS(FRESH + GRANULE, DELEGATED),
	      ENTRY(0, 0, VOID, EMPTY, 0)),
	SHAPE("44 bits, level 0, one root", level_0, 44, 0, 1,
	      GRANULE_IS(FRESH + GRANULE, DELEGATED),
	      ENTRY(0x70000000000, 0, VOID, EMPTY, 0)),
	SHAPE("48 bits, level 0, one root", level_0_48, 48, 0, 1,
	      GRANULE_IS(FRESH + GRANULE, DELEGATED)),
};

/* A REC can be added, which only a realm in NEW allows. */
static void is_new(void)
{
	fill();
	call_subject();
	if (!expect_result("x0", RMI_SUCCESS,
			   driven(REALM_CREATE, value_of(THE_RD),
				  value_of(PARAMS))))
		return;
	scene_rec_params(value_of(PARAMS), 0, 0, 0, 0);
	expect_result("REC_CREATE", RMI_SUCCESS,
		      driven(REC_CREATE, value_of(RD),
			     value_of(FRESH + GRANULE), value_of(PARAMS)));
}

/* Sixteen roots leave no granule of FRESH. */
static void sixteen_roots(void)
{
	struct realm_params *params;

	if (!wide_enough(JOINED(4)))
		return;
	fill();
	value_set(NAME_RD, pool_take_delegated(1, GRANULE));
	params = port->memory(value_of(PARAMS));
	params->s2sz = JOINED(4);
	params->rtt_level_start = 2;
	params->rtt_num_start = 16;
	call_subject();
	expect_result("x0", RMI_SUCCESS,
		      driven(REALM_CREATE, value_of(RD), value_of(PARAMS)));
	holds(ENTRY(8 * ROOT_ENTRY - BLOCK, 2, VOID, EMPTY, 0));
	holds(GRANULE_IS(FRESH + 15 * GRANULE, USED));
}

/* One bad root among good ones: all are given back. */
static void one_bad_root(void)
{
	struct realm_params *params;

	fill();
	rmi(GRANULE_RANGE_UNDELEGATE, value_of(FRESH + 3 * GRANULE),
	    value_of(FRESH + 4 * GRANULE));
	params = port->memory(value_of(PARAMS));
	params->s2sz = JOINED(2);
	params->rtt_level_start = 2;
	params->rtt_num_start = 4;
	call_subject();
	expect_result("x0", RMI_ERROR_INPUT,
		      driven(REALM_CREATE, value_of(RD), value_of(PARAMS)));
	holds(GRANULE_IS(FRESH, DELEGATED));
	holds(GRANULE_IS(FRESH + 2 * GRANULE, DELEGATED));
	holds(GRANULE_IS(RD, DELEGATED));
}

static const struct story stories[] = {
	{ "the realm is NEW", "6.2", .tell = is_new },
	{ "level 2, 16 roots", "7.2", .tell = sixteen_roots },
	{ "a bad root among good ones leaves these DELEGATED",
	  .tell = one_bad_root },
};

const struct table realm_create_table = {
	.name = "REALM_CREATE", .section = "5.2", .scene = SCENE_RMM,
	.fid = SMC_RMI_REALM_CREATE, .x = { THE_RD, PARAMS }, .fill = fill,
	DEVIATIONS(deviations), EFFECTS(effects), STORIES(stories),
};

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is tracked how, and level 1 tables of the GPT.
 */
#include "abi/smccc.h"
#include "tests/suite/rmi/tables.h"

/* ---- RMI_GRANULE_TRACKING_GET -------------------------------------------- */

static const struct deviation get_deviations[] = {
	{ 1, CHECK_OTHER, "start is not aligned", { X(1, NS + HALF) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "end is not aligned", { X(2, NS + GRANULE + HALF) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "the range is empty", { X(2, NS) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "end is below start",
	  { X(1, NS + GRANULE), X(2, NS) }, .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "the range is beyond physical addresses",
	  { X(1, 1ull << 52), X(2, (1ull << 52) + GRANULE) },
	  .want = ERR(INPUT) },
};

static bool end_of_untracked(void)
{
	return expect("the stretch has a length",
		      answer[3] > port->no_ram);
}

static const struct effect get_effects[] = {
	{ "memory is conventional and tracked finely",
	  .x = { NS, NS + 4 * GRANULE }, .want = OK,
	  .out = { { 1, RMI_MEM_CATEGORY_CONVENTIONAL },
		   { 2, RMI_TRACKING_FINE },
		   { 3, NS + 4 * GRANULE } } },
	{ "a delegated granule is tracked as any other",
	  .x = { FRESH, FRESH + GRANULE }, .want = OK,
	  .out = { { 1, RMI_MEM_CATEGORY_CONVENTIONAL },
		   { 2, RMI_TRACKING_FINE } } },
	{ "where no memory is, nothing is tracked",
	  .x = { NO_RAM, NO_RAM + GRANULE }, .want = OK,
	  .out = { { 2, RMI_TRACKING_NONE } }, .check = end_of_untracked },
};

/* Across an end of RAM, which the port tells of: where granules begin. */
static void stops_at_change(void)
{
	uint64_t base, size;

	port->ram(0, &base, &size);
	base = (base + GRANULE - 1) / GRANULE * GRANULE;
	call_subject();
	if (expect_result("x0", RMI_SUCCESS,
			  rmi(GRANULE_TRACKING_GET, base - GRANULE,
			      base + GRANULE)))
		expect("the answer ends where it changes, or nothing changes",
		       answer[2] == RMI_TRACKING_FINE || answer[3] == base);
}

static const struct story get_stories[] = {
	{ "ends at the first change", "5.1", true, .tell = stops_at_change },
};

const struct table tracking_get_table = {
	.name = "GRANULE_TRACKING_GET", .section = "5.1", .scene = SCENE_RMM,
	.fid = SMC_RMI_GRANULE_TRACKING_GET, .x = { NS, NS + GRANULE },
	DEVIATIONS(get_deviations), EFFECTS(get_effects),
	STORIES(get_stories),
};

/* ---- RMI_GPT_L1_CREATE --------------------------------------------------- */

static const struct effect gpt_create_effects[] = {
	{ "an unaligned address", .x = { NS + HALF }, .want = ERR(INPUT),
	  .also = SMCCC_NOT_SUPPORTED },
	{ "an address aligned to a granule only", .x = { GRANULE },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "an address beyond physical addresses", "10.19", true,
	  .x = { 1ull << 52 }, .want = ERR(INPUT) },
	{ "a table that there is already", "10.19", true, .x = { 0 },
	  .want = ERR(GPT) },
};

const struct table gpt_create_table = {
	.name = "GPT_L1_CREATE", .section = "5.1", .scene = SCENE_RMM,
	.fid = SMC_RMI_GPT_L1_CREATE, EFFECTS(gpt_create_effects),
};

static const struct effect gpt_destroy_effects[] = {
	{ "an unaligned address", .x = { NS + HALF }, .want = ERR(INPUT),
	  .also = SMCCC_NOT_SUPPORTED },
	{ "an address beyond physical addresses", .x = { 1ull << 52 },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "a table that is there for good", "10.19", true, .x = { 0 },
	  .want = ERR(NOT_SUPPORTED) },
};

const struct table gpt_destroy_table = {
	.name = "GPT_L1_DESTROY", .section = "5.1", .scene = SCENE_RMM,
	.fid = SMC_RMI_GPT_L1_DESTROY, EFFECTS(gpt_destroy_effects),
};

/* ---- RMI_GRANULE_TRACKING_SET -------------------------------------------- */

/* With the first tracking size of each: 1 GiB, 32 MiB, 512 MiB. */
#define REGION LEVEL_SIZE(BLOCK_LEVEL_FIRST)

static const struct effect set_effects[] = {
	{ "an unaligned address",
	  .x = { NS + HALF, RMI_MEM_CATEGORY_CONVENTIONAL, RMI_TRACKING_FINE },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "an address that is no region's",
	  .x = { REGION + GRANULE, RMI_MEM_CATEGORY_CONVENTIONAL,
		 RMI_TRACKING_FINE },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "an address beyond physical addresses",
	  .x = { 1ull << 52, RMI_MEM_CATEGORY_CONVENTIONAL,
		 RMI_TRACKING_FINE },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "a state that cannot be asked for",
	  .x = { 0, RMI_MEM_CATEGORY_CONVENTIONAL, RMI_TRACKING_RESERVED },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "a category that does not exist",
	  .x = { 0, 7, RMI_TRACKING_FINE },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
	{ "a state that does not exist",
	  .x = { 0, RMI_MEM_CATEGORY_CONVENTIONAL, 7 },
	  .want = ERR(INPUT), .also = SMCCC_NOT_SUPPORTED },
};

/* The region in which the suite's memory is. */
static uint64_t ask_region(uint64_t state)
{
	call_subject();
	return driven(GRANULE_TRACKING_SET, pool_base() / REGION * REGION,
		      RMI_MEM_CATEGORY_CONVENTIONAL, state);
}

static void as_it_is(void)
{
	expect_result("x0", RMI_SUCCESS, ask_region(RMI_TRACKING_FINE));
}

static void coarsely(void)
{
	expect_result("x0", RMI_ERROR_NOT_SUPPORTED,
		      ask_region(RMI_TRACKING_COARSE));
}

static void not_at_all(void)
{
	expect_result("x0", RMI_ERROR_NOT_SUPPORTED,
		      ask_region(RMI_TRACKING_NONE));
}

static const struct story set_stories[] = {
	{ "a region may be tracked as it is", "10.19", true,
	  .tell = as_it_is },
	{ "a fine region does not become coarse", "10.19", true,
	  .tell = coarsely },
	{ "a fine region stays tracked", "10.19", true, .tell = not_at_all },
};

const struct table tracking_set_table = {
	.name = "GRANULE_TRACKING_SET", .section = "5.1", .scene = SCENE_RMM,
	.fid = SMC_RMI_GRANULE_TRACKING_SET, EFFECTS(set_effects),
	STORIES(set_stories),
};

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules between the two worlds.
 */
#include <string.h>

#include "tests/suite/rmi/tables.h"

#define NEXT(pa) ((pa) + GRANULE)

/* ---- RMI_GRANULE_RANGE_DELEGATE ------------------------------------------ */

#define DELEGATE_USED(what, pa) \
	{ 4, CHECK_OBJECT, "the first granule is " what, \
	  { X(1, pa), X(2, NEXT(pa)) }, .want = ERR(INPUT) }

static const struct deviation delegate_deviations[] = {
	{ 1, CHECK_OTHER, "base is not aligned",
	  { X(1, NS + HALF), X(2, NEXT(NS) + HALF) }, .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is not aligned", { X(2, NEXT(NS) + 1) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "the range is empty", { X(2, NS) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is below base", { X(1, NEXT(NS)), X(2, NS) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "the range wraps", { X(2, 0) }, .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "no memory is there",
	  { X(1, NO_RAM), X(2, NEXT(NO_RAM)) }, .want = ERR(INPUT),
	  .also = ERR(TRACKING) },
	{ 2, CHECK_OBJECT, "it is beyond all memory",
	  { X(1, 1ull << 52), X(2, (1ull << 52) + GRANULE) },
	  .want = ERR(INPUT), .also = ERR(TRACKING) },
	DELEGATE_USED("DELEGATED", FRESH),
	DELEGATE_USED("a realm descriptor", RD),
	DELEGATE_USED("a root table", ROOT),
	DELEGATE_USED("a table", TABLE),
	DELEGATE_USED("DATA", DATA_RAM),
	DELEGATE_USED("a REC", REC),
	{ 4, CHECK_OBJECT, "the first granule is donated",
	  { X(1, DONATED), X(2, NEXT(DONATED)) }, .twist = scene_donated,
	  .want = ERR(INPUT) },
};

static bool progress(uint64_t base, uint64_t top)
{
	return expect("there is progress, and not beyond top",
		      answer[1] > value_of(base) &&
			      answer[1] <= value_of(top));
}

static bool progress_of_four(void)
{
	return progress(NS, NS + 4 * GRANULE);
}

static bool third_is_taken(void)
{
	return expect_result("GRANULE_RANGE_DELEGATE", RMI_SUCCESS,
			     rmi(GRANULE_RANGE_DELEGATE,
				 value_of(NS + 2 * GRANULE),
				 value_of(NS + 3 * GRANULE)));
}

static bool irq_pending(void)
{
	if (!port->irq) {
		verdict_skip("no interrupt line");
		return false;
	}
	port->irq(true);
	return true;
}

static const struct effect delegate_effects[] = {
	{ "a granule", .x = { NS, NEXT(NS) }, .want = OK,
	  .out = { { 1, NEXT(NS) } }, .after = { GRANULE_IS(NS, DELEGATED) } },
	{ "a range has progress", .x = { NS, NS + 4 * GRANULE }, .want = OK,
	  .check = progress_of_four, .after = { GRANULE_IS(NS, DELEGATED) } },
	{ "a range is done whole", .strict = true,
	  .x = { NS, NS + 4 * GRANULE }, .want = OK,
	  .out = { { 1, NS + 4 * GRANULE } },
	  .after = { GRANULE_IS(NS, DELEGATED),
		     GRANULE_IS(NS + 3 * GRANULE, DELEGATED),
		     GRANULE_IS(NS + 4 * GRANULE, NS) } },
	{ "a range ends where a granule is unfit", .strict = true,
	  .twist = third_is_taken, .x = { NS, NS + 4 * GRANULE }, .want = OK,
	  .out = { { 1, NS + 2 * GRANULE } },
	  .after = { GRANULE_IS(NS + GRANULE, DELEGATED),
		     GRANULE_IS(NS + 3 * GRANULE, NS) } },
	{ "an interrupt leaves progress", .twist = irq_pending,
	  .x = { NS, NS + 4 * GRANULE }, .want = OK,
	  .check = progress_of_four, .after = { GRANULE_IS(NS, DELEGATED) } },
};

/* A refusal says where: x1 is base. */
static void delegate_says_where(void)
{
	call_subject();
	expect_result("x0", RMI_ERROR_INPUT,
		      rmi(GRANULE_RANGE_DELEGATE, value_of(FRESH),
			  value_of(NEXT(FRESH))));
	expect_value("x1", value_of(FRESH), answer[1]);
}

static void delegate_not_ours(void)
{
	uint64_t pa = port->not_ours;

	if (!pa) {
		verdict_skip("no memory that is not the host's");
		return;
	}
	call_subject();
	expect_either("x0", RMI_ERROR_INPUT, RMI_ERROR_TRACKING,
		      rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE));
}

static void there_and_back(uint64_t pa)
{
	expect_result("GRANULE_RANGE_DELEGATE", RMI_SUCCESS,
		      rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE));
	expect_value("x1", pa + GRANULE, answer[1]);
	holds(GRANULE_IS(pa, DELEGATED));
	expect_result("GRANULE_RANGE_UNDELEGATE", RMI_SUCCESS,
		      rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE));
	holds(GRANULE_IS(pa, NS));
}

/* Of each range the first whole granule and the last, wherever they lie. */
static void delegate_ends_of_ram(void)
{
	uint64_t base, size;

	call_subject();
	for (unsigned int i = 0; port->ram(i, &base, &size); i++) {
		there_and_back((base + GRANULE - 1) / GRANULE * GRANULE);
		there_and_back((base + size) / GRANULE * GRANULE - GRANULE);
	}
}

static const struct story delegate_stories[] = {
	{ "a refusal says where", "5.1", true, .tell = delegate_says_where },
	{ "both ends of all RAM", .scene = SCENE_RMM,
	  .tell = delegate_ends_of_ram },
	{ "memory that is not the host's is refused",
	  .tell = delegate_not_ours },
};

const struct table delegate_table = {
	.name = "GRANULE_RANGE_DELEGATE", .section = "5.1",
	.scene = SCENE_RECS,
	.fid = SMC_RMI_GRANULE_RANGE_DELEGATE, .x = { NS, NEXT(NS) },
	DEVIATIONS(delegate_deviations), EFFECTS(delegate_effects),
	STORIES(delegate_stories),
};

/* ---- RMI_GRANULE_RANGE_UNDELEGATE ---------------------------------------- */

static const struct deviation undelegate_deviations[] = {
	{ 1, CHECK_OTHER, "base is not aligned",
	  { X(1, FRESH + HALF), X(2, NEXT(FRESH) + HALF) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is not aligned", { X(2, NEXT(FRESH) + 1) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "the range is empty", { X(2, FRESH) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is below base",
	  { X(1, NEXT(FRESH)), X(2, FRESH) }, .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "the range wraps", { X(2, 0) }, .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "no memory is there",
	  { X(1, NO_RAM), X(2, NEXT(NO_RAM)) }, .want = ERR(INPUT),
	  .also = ERR(TRACKING) },
	DELEGATE_USED("Non-secure", NS),
	DELEGATE_USED("a realm descriptor", RD),
	DELEGATE_USED("a root table", ROOT),
	DELEGATE_USED("a table", TABLE),
	DELEGATE_USED("DATA", DATA_RAM),
	DELEGATE_USED("a REC", REC),
	{ 4, CHECK_OBJECT, "the first granule is donated",
	  { X(1, DONATED), X(2, NEXT(DONATED)) }, .twist = scene_donated,
	  .want = ERR(INPUT) },
};

static bool progress_of_fresh(void)
{
	return progress(FRESH, FRESH + 4 * GRANULE);
}

static bool third_is_back(void)
{
	return expect_result("GRANULE_RANGE_UNDELEGATE", RMI_SUCCESS,
			     rmi(GRANULE_RANGE_UNDELEGATE,
				 value_of(FRESH + 2 * GRANULE),
				 value_of(FRESH + 3 * GRANULE)));
}

static const struct effect undelegate_effects[] = {
	{ "a granule", .x = { FRESH, NEXT(FRESH) }, .want = OK,
	  .out = { { 1, NEXT(FRESH) } }, .after = { GRANULE_IS(FRESH, NS) } },
	{ "a range has progress", .x = { FRESH, FRESH + 4 * GRANULE },
	  .want = OK, .check = progress_of_fresh,
	  .after = { GRANULE_IS(FRESH, NS) } },
	{ "a range is done whole", .strict = true,
	  .x = { FRESH, FRESH + 4 * GRANULE }, .want = OK,
	  .out = { { 1, FRESH + 4 * GRANULE } },
	  .after = { GRANULE_IS(FRESH + 3 * GRANULE, NS),
		     GRANULE_IS(FRESH + 4 * GRANULE, DELEGATED) } },
	{ "a range ends where a granule is unfit", .strict = true,
	  .twist = third_is_back, .x = { FRESH, FRESH + 4 * GRANULE },
	  .want = OK, .out = { { 1, FRESH + 2 * GRANULE } },
	  .after = { GRANULE_IS(FRESH + GRANULE, NS),
		     GRANULE_IS(FRESH + 3 * GRANULE, DELEGATED) } },
	{ "an interrupt leaves progress", .twist = irq_pending,
	  .x = { FRESH, FRESH + 4 * GRANULE }, .want = OK,
	  .check = progress_of_fresh, .after = { GRANULE_IS(FRESH, NS) } },
};

static bool is_zero(uint64_t pa)
{
	const uint8_t *page = port->memory(pa);

	if (!pool_is_accessible(pa))
		return false;
	for (unsigned int i = 0; i < GRANULE; i++) {
		if (page[i])
			return false;
	}
	return true;
}

static void wipes_host_data(void)
{
	uint64_t pa = value_of(NS);

	memset(port->memory(pa), 0x5a, GRANULE);
	rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE);
	call_subject();
	if (expect_result("x0", RMI_SUCCESS,
			  rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE)))
		expect("the page is zero", is_zero(pa));
}

/* What was the realm's: the agent's code. */
static void wipes_realm_data(void)
{
	uint64_t pa = value_of(CODE);

	verdict_setup(true);
	if (!expect_result("RTT_DATA_UNMAP", RMI_SUCCESS,
			   driven(RTT_DATA_UNMAP, value_of(RD), P_CODE,
				  P_CODE + GRANULE, RMI_OADDR_NONE)))
		return;
	verdict_setup(false);
	call_subject();
	if (expect_result("x0", RMI_SUCCESS,
			  rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE)))
		expect("the page is zero", is_zero(pa));
}

static const struct story undelegate_stories[] = {
	{ "wipes what was the host's", .tell = wipes_host_data },
	{ "wipes what was a realm's", .tell = wipes_realm_data },
};

const struct table undelegate_table = {
	.name = "GRANULE_RANGE_UNDELEGATE", .section = "5.1",
	.scene = SCENE_RECS,
	.fid = SMC_RMI_GRANULE_RANGE_UNDELEGATE,
	.x = { FRESH, NEXT(FRESH) },
	DEVIATIONS(undelegate_deviations), EFFECTS(undelegate_effects),
	STORIES(undelegate_stories),
};

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How memory of the host is mapped: RTT_READ_ENTRY tells memory attribute and
 * access in the bits of x3 around the PA, and they stay what the host asked for
 * when a block becomes pages and pages become a block. Which bits say it is the
 * RMM's own choice; a strict one has those of a stage 2 descriptor.
 */
#include "tests/suite/rmi/mapped.h"
#include "tests/suite/rmi/tables.h"

#define S2_MEMATTR GENMASK_ULL(4, 2)
#define S2_READ BIT_ULL(6)
#define S2_WRITE BIT_ULL(7)

/* The access that the host says, 0 to 3: no bit but these is for it. */
#define ACCESSES 4
#define MEMATTRS 8

/* MAPPED_NS at @ipa: what x3 says besides the PA. */
static uint64_t told_at(uint64_t ipa)
{
	expect_result("RTT_READ_ENTRY", RMI_SUCCESS,
		      rmi(RTT_READ_ENTRY, value_of(RD), ipa, 3));
	expect_value("state of the entry", RMI_DATA, answer[2]);
	return answer[3] & ~PA_MASK;
}

/* The page of an attribute and an access; the reserved one has none. */
static uint64_t page_of(uint64_t memattr, uint64_t s2ap)
{
	return U_FREE + (memattr * ACCESSES + s2ap) * GRANULE;
}

static bool map_each(void)
{
	for (uint64_t memattr = 0; memattr < MEMATTRS; memattr++) {
		for (uint64_t s2ap = 0; s2ap < ACCESSES; s2ap++) {
			if (memattr != RMI_MEMATTR_RESERVED &&
			    !map_shared(page_of(memattr, s2ap), value_of(NS),
					1, 3, ATTR(memattr, s2ap)))
				return false;
		}
	}
	return true;
}

/* No two say the same; but for the PA, two of a kind do. */
static void each_differs(void)
{
	uint64_t told[MEMATTRS * ACCESSES];
	unsigned int count = 0;

	call_subject();
	if (!map_each())
		return;
	for (uint64_t ipa = U_FREE; ipa <= page_of(7, 3); ipa += GRANULE) {
		if (ipa - page_of(RMI_MEMATTR_RESERVED, 0) <
		    ACCESSES * GRANULE)
			continue;
		told[count] = told_at(ipa);
		for (unsigned int i = 0; i < count; i++)
			expect("x3 that tells this kind from those before",
			       told[i] != told[count]);
		count++;
	}
	expect_value("x3 of the same kind, but for the PA", told_at(U_BOX),
		     told_at(page_of(RMI_MEMATTR_NORMAL_WB, RMI_S2AP_RW)));
}

static void as_stage_2(void)
{
	call_subject();
	if (!map_each())
		return;
	for (uint64_t memattr = 0; memattr < MEMATTRS; memattr++) {
		for (uint64_t s2ap = 0; s2ap < ACCESSES; s2ap++) {
			if (memattr == RMI_MEMATTR_RESERVED)
				continue;
			expect_value("x3, but for the PA",
				     FIELD_PREP(S2_MEMATTR, memattr) |
				     (s2ap & RMI_S2AP_READ ? S2_READ : 0) |
				     (s2ap & RMI_S2AP_WRITE ? S2_WRITE : 0),
				     told_at(page_of(memattr, s2ap)));
		}
	}
}

/* ---- Blocks and pages ---------------------------------------------------- */

#define LAST (BLOCK - GRANULE)

/* The table of level 3 at UB_VOID. */
static bool create_table(void)
{
	return expect_result("RTT_CREATE", RMI_SUCCESS,
			     driven(RTT_CREATE, value_of(RD), value_of(FRESH),
				    UB_VOID, 3));
}

static void are_pages(uint64_t told)
{
	holds(ENTRY(UB_VOID, 3, DATA, EMPTY, MINE));
	expect_value("what x3 tells of the first page", told,
		     told_at(UB_VOID));
	holds(ENTRY(UB_VOID + 5 * GRANULE, 3, DATA, EMPTY,
		    MINE + 5 * GRANULE));
	expect_value("what x3 tells of another", told,
		     told_at(UB_VOID + 5 * GRANULE));
	holds(ENTRY(UB_VOID + LAST, 3, DATA, EMPTY, MINE + LAST));
	expect_value("what x3 tells of the last", told,
		     told_at(UB_VOID + LAST));
}

/* What x3 tells of a page that is mapped so. */
static uint64_t told_of(uint64_t attr)
{
	map_shared(U_FREE, value_of(NS), 1, 3, attr);
	return told_at(U_FREE);
}

static void unfolds(uint64_t attr)
{
	uint64_t told;

	verdict_setup(true);
	scene_host_block();
	told = told_of(attr);
	map_shared(UB_VOID, value_of(MINE), 1, 2, attr);
	verdict_setup(false);
	expect_value("what x3 tells of a block, as of a page", told,
		     told_at(UB_VOID));
	call_subject();
	create_table();
	are_pages(told);
}

static void folds(uint64_t attr)
{
	uint64_t told;

	verdict_setup(true);
	scene_host_block();
	told = told_of(attr);
	if (!create_table())
		return;
	map_shared(UB_VOID, value_of(MINE), BLOCK / GRANULE, 3, attr);
	verdict_setup(false);
	are_pages(told);
	call_subject();
	expect_result("RTT_FOLD", RMI_SUCCESS,
		      driven(RTT_FOLD, value_of(RD), UB_VOID, 3));
	holds(ENTRY(UB_VOID, 2, DATA, EMPTY, MINE));
	expect_value("what x3 tells of the block", told, told_at(UB_VOID));
}

#define NC_RO ATTR(RMI_MEMATTR_NORMAL_NC, RMI_S2AP_READ)
#define DEVICE_WO ATTR(RMI_MEMATTR_DEVICE_NGNRE, RMI_S2AP_WRITE)

static void nc_ro_unfolds(void)
{
	unfolds(NC_RO);
}

static void nc_ro_folds(void)
{
	folds(NC_RO);
}

static void device_wo_unfolds(void)
{
	unfolds(DEVICE_WO);
}

static void device_wo_folds(void)
{
	folds(DEVICE_WO);
}

static const struct story stories[] = {
	{ "each attribute and access has an x3 of its own",
	  .tell = each_differs },
	{ "x3 is a stage 2 descriptor", .strict = true, .tell = as_stage_2 },
	{ "a block to read, not cacheable, unfolds to such pages",
	  "5.4, 7.4", .tell = nc_ro_unfolds },
	{ "a block to write, of a device, unfolds to such pages",
	  "5.4, 7.4", .tell = device_wo_unfolds },
	{ "pages to read, not cacheable, fold to such a block",
	  "5.4, 7.4", .tell = nc_ro_folds },
	{ "pages to write, of a device, fold to such a block",
	  "5.4, 7.4", .tell = device_wo_folds },
};

const struct table shared_table = {
	.name = "MAPPED_NS", .section = "5.4, 5.7", .scene = SCENE_RECS,
	STORIES(stories),
};

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Range commands that yield: what others find while an entry is in work. An RMM
 * that never answers INCOMPLETE to a range command skips these.
 */
#include "tests/suite/rmi/yield.h"

/* True if the call is open now; else the condition is skipped. */
static bool opened(uint64_t ret)
{
	sro_last = ret;
	sro_request = answer[2];
	value_set(NAME_HANDLE, answer[1]);
	if (ret == RMI_SUCCESS)
		verdict_skip("the command does not yield");
	return !verdict.skipped &&
	       expect_result("the status", RMI_INCOMPLETE,
			     RMI_RETURN_STATUS(ret));
}

static uint64_t call_map(uint64_t ipa)
{
	return rmi(RTT_DATA_MAP, value_of(RD), ipa, ipa + BLOCK,
		   RMI_OADDR_SINGLE, value_of(BLOCKS(BLOCK_PA, 1)));
}

static uint64_t call_unmap(uint64_t ipa)
{
	return rmi(RTT_DATA_UNMAP, value_of(RD), ipa, ipa + BLOCK,
		   RMI_OADDR_SINGLE, 0);
}

bool yield_map(uint64_t ipa)
{
	return scene_block() && irq_is_pending() && opened(call_map(ipa));
}

bool yield_unmap(uint64_t ipa)
{
	return scene_block_at(ipa) && irq_is_pending() &&
	       opened(call_unmap(ipa));
}

bool yield_refuses(const char *what, uint64_t ret)
{
	if (ret == RTT(2))
		return !verdict.failed;
	return expect_either(what, RMI_BUSY, RMI_BLOCKED, ret);
}

void yield_finish(uint64_t ipa)
{
	port->irq(false);
	sro_finish(RMI_SUCCESS);
	expect_value("x1 at its end", ipa + BLOCK, answer[1]);
}

static void map(void)
{
	if (!scene_block() || !irq_is_pending())
		return;
	call_subject();
	if (!opened(call_map(B_DATA)))
		return;
	yield_refuses("RTT_DATA_MAP of the same entry", call_map(B_DATA));
	yield_refuses("RTT_DATA_UNMAP of the same entry", call_unmap(B_DATA));
	yield_finish(B_DATA);
	holds(ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA));
	holds(GRANULE_IS(BLOCK_PA, USED));
}

/* RAM, which the realm finds DESTROYED afterwards. */
static void unmap(void)
{
	if (!scene_block_at(B_RAM) || !irq_is_pending())
		return;
	call_subject();
	if (!opened(call_unmap(B_RAM)))
		return;
	yield_refuses("RTT_DATA_MAP of the same entry", call_map(B_RAM));
	yield_refuses("RTT_DATA_UNMAP of the same entry", call_unmap(B_RAM));
	yield_finish(B_RAM);
	expect_value("x2 at its end", value_of(BLOCKS(BLOCK_PA, 1)),
		     answer[2]);
	holds(ENTRY(B_RAM, 2, VOID, DESTROYED, 0));
	holds(GRANULE_IS(BLOCK_PA, DELEGATED));
	holds(GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, DELEGATED));
}

/* Other entries of the table are free. */
static void neighbours(void)
{
	if (!yield_map(B_DATA))
		return;
	call_subject();
	expect_result("RTT_DATA_MAP of a page elsewhere", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), P_EMPTY2,
			     P_EMPTY2 + GRANULE, RMI_OADDR_SINGLE,
			     value_of(PAGES(FRESH, 1))));
	yield_finish(B_DATA);
}

/*
 * The host takes a granule of the block away meanwhile: that is refused, or the
 * block is, as a whole.
 */
static void robbed(void)
{
	uint64_t pa, taken, ret;

	if (!yield_map(B_DATA))
		return;
	pa = value_of(BLOCK_PA + BLOCK - GRANULE);
	call_subject();
	taken = rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE);
	if (taken != RMI_SUCCESS) {
		yield_finish(B_DATA);
		return;
	}
	port->irq(false);
	ret = drive_on(value_of(HANDLE), sro_last, sro_request);
	expect_result("the end of the operation", RMI_ERROR_INPUT, ret);
	holds(ENTRY(B_DATA, 2, VOID, EMPTY, 0));
	holds(GRANULE_IS(BLOCK_PA, DELEGATED));
	holds(GRANULE_IS(BLOCK_PA + BLOCK - 2 * GRANULE, DELEGATED));
}

static void cancelled(void)
{
	if (!yield_map(B_DATA))
		return;
	if (!(sro_last & RMI_RETURN_CAN_CANCEL)) {
		yield_finish(B_DATA);
		verdict_skip("OP_CANCEL is not allowed");
		return;
	}
	call_subject();
	sro_cancelled(rmi(OP_CANCEL, value_of(HANDLE)));
	holds(ENTRY(B_DATA, 2, VOID, EMPTY, 0));
	holds(GRANULE_IS(BLOCK_PA, DELEGATED));
	holds(GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, DELEGATED));
}

/* Work that OP_CONTINUE is asked to stop ends, and says how far it came. */
static void stopped(void)
{
	uint64_t ret;

	if (!yield_map(B_DATA))
		return;
	port->irq(false);
	call_subject();
	ret = rmi(OP_CONTINUE, value_of(HANDLE), RMI_CONTINUE_STOP);
	ret = drive_on(value_of(HANDLE), ret, answer[2]);
	expect("an answer that ends it",
	       RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE);
	if (ret == RMI_SUCCESS)
		holds(ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA));
	else
		holds(ENTRY(B_DATA, 2, VOID, EMPTY, 0));
}

static const struct story stories[] = {
	{ "a block that is being mapped is in work", .tell = map },
	{ "a block that is being unmapped is in work", .tell = unmap },
	{ "other entries are not", .tell = neighbours },
	{ "a granule of the block is taken away", .tell = robbed },
	{ "OP_CANCEL of a mapping", .tell = cancelled },
	{ "OP_CONTINUE that asks to stop", .tell = stopped },
};

const struct table yield_table = {
	.name = "yielding", .section = "5.6, 5.9", .scene = SCENE_RECS,
	STORIES(stories),
};

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Range commands that yield: what others find while an entry is in work. An RMM
 * that never answers INCOMPLETE to a range command skips these.
 */
#include "tests/suite/rmi/lists.h"
#include "tests/suite/rmi/tables.h"

static uint64_t handle, last, request;

/* True if the call is open now; else the condition is skipped. */
static bool opened(uint64_t ret)
{
	last = ret;
	handle = answer[1];
	request = answer[2];
	if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
		verdict_skip("the command does not yield");
	return !verdict.skipped;
}

static bool open_map(void)
{
	return scene_block() && irq_is_pending() &&
	       opened(rmi(RTT_DATA_MAP, value_of(RD), B_DATA, B_DATA + BLOCK,
			  RMI_OADDR_SINGLE, value_of(BLOCKS(BLOCK_PA, 1))));
}

static bool open_unmap(void)
{
	return scene_data_block() && irq_is_pending() &&
	       opened(rmi(RTT_DATA_UNMAP, value_of(RD), B_DATA,
			  B_DATA + BLOCK, RMI_OADDR_SINGLE, 0));
}

static void finish(void)
{
	port->irq(false);
	expect_result("the end of the operation", RMI_SUCCESS,
		      drive_on(handle, last, request));
	expect_value("x1 at its end", B_DATA + BLOCK, answer[1]);
}

/* What is open is in nobody else's reach. */
static void expect_open(const char *what, uint64_t ret)
{
	expect(what, RMI_RETURN_STATUS(ret) == RMI_BUSY ||
			     RMI_RETURN_STATUS(ret) == RMI_BLOCKED ||
			     RMI_RETURN_STATUS(ret) == RMI_ERROR_RTT);
}

static void others_wait(void)
{
	expect_open("RTT_DATA_MAP of the same entry",
		    rmi(RTT_DATA_MAP, value_of(RD), B_DATA, B_DATA + BLOCK,
			RMI_OADDR_SINGLE, value_of(BLOCKS(BLOCK_PA, 1))));
	expect_open("RTT_DATA_UNMAP of the same entry",
		    rmi(RTT_DATA_UNMAP, value_of(RD), B_DATA, B_DATA + BLOCK,
			RMI_OADDR_NONE));
	expect_open("RTT_DESTROY of the table above",
		    rmi(RTT_DESTROY, value_of(RD), G_TABLE, 2));
}

static void map(void)
{
	call_subject();
	if (!open_map())
		return;
	others_wait();
	finish();
	holds(ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA));
	holds(GRANULE_IS(BLOCK_PA, USED));
}

static void unmap(void)
{
	call_subject();
	if (!open_unmap())
		return;
	expect_open("RTT_DATA_MAP of the same entry",
		    rmi(RTT_DATA_MAP, value_of(RD), B_DATA, B_DATA + BLOCK,
			RMI_OADDR_SINGLE, value_of(BLOCKS(BLOCK_PA, 1))));
	finish();
	expect_value("x2 at its end", value_of(BLOCKS(BLOCK_PA, 1)),
		     answer[2]);
	holds(ENTRY(B_DATA, 2, VOID, DESTROYED, 0));
	holds(GRANULE_IS(BLOCK_PA, DELEGATED));
	holds(GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, DELEGATED));
}

/* Other entries of the table are free. */
static void neighbours(void)
{
	if (!open_map())
		return;
	call_subject();
	expect_result("RTT_DATA_MAP of a page elsewhere", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), P_EMPTY2,
			     P_EMPTY2 + GRANULE, RMI_OADDR_SINGLE,
			     value_of(PAGES(FRESH, 1))));
	finish();
}

/*
 * The host takes a granule of the block away meanwhile: that is refused, or the
 * block is, as a whole.
 */
static void robbed(void)
{
	uint64_t pa, taken, ret;

	if (!open_map())
		return;
	pa = value_of(BLOCK_PA + BLOCK - GRANULE);
	call_subject();
	taken = rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE);
	if (taken != RMI_SUCCESS) {
		finish();
		return;
	}
	port->irq(false);
	ret = drive_on(handle, last, request);
	expect_result("the end of the operation", RMI_ERROR_INPUT, ret);
	holds(ENTRY(B_DATA, 2, VOID, EMPTY, 0));
	holds(GRANULE_IS(BLOCK_PA, DELEGATED));
	holds(GRANULE_IS(BLOCK_PA + BLOCK - 2 * GRANULE, DELEGATED));
}

static void cancelled(void)
{
	if (!open_map())
		return;
	if (!(last & RMI_RETURN_CAN_CANCEL)) {
		finish();
		verdict_skip("OP_CANCEL is not allowed");
		return;
	}
	call_subject();
	last = rmi(OP_CANCEL, handle);
	request = answer[2];
	port->irq(false);
	expect("an answer that ends it",
	       RMI_RETURN_STATUS(drive_on(handle, last, request)) !=
		       RMI_INCOMPLETE);
	holds(ENTRY(B_DATA, 2, VOID, EMPTY, 0));
	holds(GRANULE_IS(BLOCK_PA, DELEGATED));
	holds(GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, DELEGATED));
}

/* Work that OP_CONTINUE is asked to stop ends, and says how far it came. */
static void stopped(void)
{
	uint64_t ret;

	if (!open_map())
		return;
	port->irq(false);
	call_subject();
	ret = rmi(OP_CONTINUE, handle, RMI_CONTINUE_STOP);
	ret = drive_on(handle, ret, answer[2]);
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

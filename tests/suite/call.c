/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls, stateful operations and ranges.
 */
#include "tests/suite/call.h"

#include <string.h>

#include "tests/suite/ledger.h"
#include "tests/suite/pool.h"
#include "tests/suite/expect.h"
#include "tests/suite/value.h"

/*
 * Steps of an operation, or of a range, after which it is hopeless; an RMM may
 * stop at each granule of a block.
 */
#define STEPS_MAX (4 * WORDS)

const struct suite_port *port;
uint64_t answer[SUITE_SMC_REGS];

static bool is_subject;

void call_subject(void)
{
	is_subject = true;
}

static void make(const uint64_t in[SUITE_SMC_REGS])
{
	memcpy(answer, in, sizeof(answer));
	if (is_subject && port->subject)
		port->subject();
	is_subject = false;
	port->smc(answer);
	ledger_note(in, answer);
}

uint64_t smc(uint32_t fid, const uint64_t args[CALL_ARGS])
{
	uint64_t in[SUITE_SMC_REGS] = { fid };

	memcpy(&in[1], args, CALL_ARGS * sizeof(args[0]));
	make(in);
	return answer[0];
}

bool smc_keeps_registers(uint32_t fid, const uint64_t args[CALL_ARGS],
			 unsigned int first)
{
	uint64_t in[SUITE_SMC_REGS] = { fid };

	memcpy(&in[1], args, CALL_ARGS * sizeof(args[0]));
	for (unsigned int i = 1 + CALL_ARGS; i < SUITE_SMC_REGS; i++)
		in[i] = CALL_FILLER + i;
	make(in);
	for (unsigned int i = first; i < SUITE_SMC_REGS; i++) {
		if (!expect_value("a register behind the results", in[i],
				  answer[i]))
			return false;
	}
	return true;
}

/* A list of the granules that @request wants; the number of descriptors. */
static uint64_t fill_list(uint64_t list, uint64_t request)
{
	uint64_t size = GRANULE << (LEVEL_BITS *
				    FIELD_GET(RMI_DONATE_SIZE, request));
	uint64_t count = FIELD_GET(RMI_DONATE_COUNT, request);
	bool contiguous = request & RMI_DONATE_CONTIG;
	uint64_t bytes = count * size;
	uint64_t pa;

	if (!expect("donations that the pool can give",
		    bytes && bytes <= BLOCK))
		return 0;
	if (request & RMI_DONATE_UNDELEGATED)
		pa = pool_take(bytes / GRANULE, contiguous ? bytes : size);
	else
		pa = pool_take_delegated(bytes / GRANULE,
					 contiguous ? bytes : size);
	*(uint64_t *)port->memory(list) =
		pa | FIELD_GET(RMI_DONATE_SIZE, request) |
		FIELD_PREP(DESC_COUNT, count) |
		(request & RMI_DONATE_UNDELEGATED ?
			 RMI_ADDR_RANGE_UNDELEGATED :
			 0);
	return 1;
}

static uint64_t step(uint64_t handle, uint64_t ret, uint64_t request)
{
	uint64_t list = pool_scratch();

	switch (RMI_RETURN_MEMREQ(ret)) {
	case RMI_OP_MEM_REQ_DONATE:
		return rmi(OP_MEM_DONATE, handle, list,
			   fill_list(list, request));
	case RMI_OP_MEM_REQ_RECLAIM:
		return rmi(OP_MEM_RECLAIM, handle, list, WORDS);
	default:
		return rmi(OP_CONTINUE, handle, 0);
	}
}

uint64_t drive_on(uint64_t handle, uint64_t ret, uint64_t request)
{
	for (unsigned int i = 0; i < STEPS_MAX; i++) {
		if (RMI_RETURN_STATUS(ret) == RMI_BUSY)
			ret = rmi(OP_CONTINUE, handle, 0);
		else if (RMI_RETURN_STATUS(ret) == RMI_INCOMPLETE)
			ret = step(handle, ret, request);
		else
			return ret;
		request = answer[2];
	}
	expect("an operation that comes to its end", false);
	return ret;
}

uint64_t drive(uint32_t fid, const uint64_t args[CALL_ARGS])
{
	uint64_t ret = smc(fid, args);

	if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
		return ret;
	return drive_on(answer[1], ret, answer[2]);
}

uint64_t call_range(uint32_t fid, unsigned int at,
		    const uint64_t args[CALL_ARGS])
{
	uint64_t x[CALL_ARGS], ret = RMI_SUCCESS;

	memcpy(x, args, sizeof(x));
	for (unsigned int i = 0; i < STEPS_MAX; i++) {
		uint64_t *base = &x[at - 1], top = x[at];

		if (*base >= top)
			return ret;
		ret = drive(fid, x);
		if (ret != RMI_SUCCESS)
			return ret;
		*base = answer[1];
	}
	expect("a range that comes to its end", false);
	return ret;
}

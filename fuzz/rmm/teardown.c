/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of every input: a host that knows no more than what it was told takes
 * all realms apart and gets all memory back. What keeps it from that is a bug.
 */
#include "fuzz/rmm/check.h"
#include "fuzz/rmm/host.h"

#include "rmm/granule.h"

#define STEPS_MAX 100000u /* of any loop below; far beyond what it takes */
#define FINISH_MAX 64u

static void bound(unsigned int *steps, const char *what)
{
	if (++*steps > STEPS_MAX)
		machine_fail(what, *steps);
}

/* A page of the host's own for lists, wherever one is left. */
static uint64_t list_page(void)
{
	uint64_t pa = host_page(HOST_LIST);

	for (unsigned int i = 0; i < ram.pages && !machine_host_view(pa); i++)
		pa = machine_page(i);
	return pa;
}

static bool unmap_half(const struct realm *realm, uint32_t fid, uint64_t at,
		       uint64_t top)
{
	unsigned int steps = 0;
	struct call call;

	while (at < top) {
		uint64_t ret = host_call_array(&call, fid, (uint64_t[6]){
			realm->rd, at, top, RMI_OADDR_SINGLE });

		if (ret != RMI_SUCCESS)
			return false;
		at = call.out[1];
		bound(&steps, "unmaps for ever");
	}
	return true;
}

bool host_unmap_all(const struct realm *realm)
{
	uint64_t half = 1ull << (realm->ipa_bits - 1);

	return unmap_half(realm, SMC_RMI_RTT_DATA_UNMAP, 0, half) &&
	       unmap_half(realm, SMC_RMI_RTT_UNPROT_UNMAP, half, 2 * half);
}

static bool destroy_level(const struct realm *realm, int level)
{
	uint64_t at = 0, top = 1ull << realm->ipa_bits;
	unsigned int steps = 0;
	struct call call;

	while (at < top) {
		uint64_t ret = host_call(&call, RTT_DESTROY, realm->rd, at,
					 (uint64_t)level);
		uint64_t status = RMI_RETURN_STATUS(ret);

		if (status != RMI_SUCCESS && status != RMI_ERROR_RTT)
			return false;
		if (call.out[2] <= at)
			return false;
		at = call.out[2];
		bound(&steps, "destroys tables for ever");
	}
	return true;
}

bool host_destroy_tables(const struct realm *realm)
{
	for (int level = 3; level > realm->level_start; level--) {
		if (!destroy_level(realm, level))
			return false;
	}
	return true;
}

static uint64_t list_of(uint64_t list, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++) {
		uint64_t pa = host_free_granule((unsigned int)i * 7);

		host_write(list + i * 8, pa | FIELD_PREP(RMI_ADDR_RANGE_COUNT,
							 1));
	}
	return count;
}

static uint64_t step(const struct op *op, struct call *call)
{
	uint64_t list = list_page();

	switch (op->memory) {
	case RMI_OP_MEM_REQ_DONATE:
		if (!host_free_granule(0))
			return host_call(call, OP_CANCEL, op->handle);
		return host_call(call, OP_MEM_DONATE, op->handle, list,
				 list_of(list, FIELD_GET(RMI_DONATE_COUNT,
							 op->request)));
	case RMI_OP_MEM_REQ_RECLAIM:
		return host_call(call, OP_MEM_RECLAIM, op->handle, list, 64);
	default:
		return host_call(call, OP_CONTINUE, op->handle, 0);
	}
}

uint64_t host_finish(const struct op *op)
{
	struct op now = *op;
	struct call call;
	uint64_t ret;

	machine_calm();
	for (unsigned int i = 0; i < FINISH_MAX; i++) {
		ret = step(&now, &call);
		if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
			return ret;
		now.memory = RMI_RETURN_MEMREQ(ret);
		now.request = call.out[2];
	}
	machine_fail("an operation does not end", op->handle);
}

/* What is in use by the RMM is passed over, a granule at a time. */
static void take_back(uint64_t base, uint64_t top)
{
	struct call call;

	while (base < top) {
		if (machine_is_realm(base) &&
		    host_call(&call, GRANULE_RANGE_UNDELEGATE, base, top) ==
			    RMI_SUCCESS)
			base = call.out[1];
		else
			base += PAGE;
	}
}

static void take_back_all(void)
{
	uint64_t base, top;

	for (unsigned int i = 0; i < RAM_RANGES; i++) {
		ram_whole(i, &base, &top);
		take_back(base, top);
	}
}

static void expect(uint64_t ret, const char *what)
{
	if (ret != RMI_SUCCESS)
		machine_fail(what, ret);
}

static void realms_end(bool terminate_first)
{
	struct call call;

	for (unsigned int i = 0; i < world.realms; i++) {
		uint64_t rd = world.realm[i].rd;

		if (terminate_first)
			expect(host_call(&call, REALM_TERMINATE, rd),
			       "cannot terminate");
		if (!host_unmap_all(&world.realm[i]))
			machine_fail("cannot unmap", rd);
		if (!host_destroy_tables(&world.realm[i]))
			machine_fail("cannot destroy tables", rd);
		expect(host_call(&call, REALM_TERMINATE, rd),
		       "cannot terminate");
	}
}

/* Whatever the status: the realm may be gone, or in the wrong state. */
static void ops_end(void)
{
	while (world.ops) {
		unsigned int before = world.ops;

		host_finish(&world.op[0]);
		if (world.ops >= before)
			machine_fail("an operation does not end", before);
	}
}

static void recs_end(void)
{
	struct call call;

	while (world.recs) {
		uint64_t rec = world.rec[0].rec;

		if (RMI_RETURN_STATUS(host_call(&call, REC_DESTROY, rec)) !=
		    RMI_INCOMPLETE)
			machine_fail("cannot destroy a REC", call.out[0]);
		expect(host_finish(&world.op[0]), "a REC does not go");
	}
}

void host_teardown(bool terminate_first)
{
	struct call call;

	machine_calm();
	machine.cpu = 0;
	if (!machine_host_view(list_page()))
		take_back_all();
	ops_end();
	realms_end(terminate_first);
	recs_end();
	while (world.realms)
		expect(host_call(&call, REALM_DESTROY, world.realm[0].rd),
		       "cannot destroy a realm");
	take_back_all();
}

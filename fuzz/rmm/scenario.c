/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host does on purpose, so that inputs get deep: whole realms are made,
 * filled, run and taken apart, each a step or two of an input. Nothing here
 * insists on success: what the input did before may stand in the way.
 */
#include "abi/psci.h"
#include "fuzz/rmm/command.h"
#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"
#include "fuzz/rmm/value.h"

#define TRIES 8u

static void delegate(uint64_t base, unsigned int pages)
{
	struct call call;

	for (uint64_t at = base; at < base + pages * PAGE; at += PAGE) {
		if (host_call(&call, GRANULE_RANGE_DELEGATE, at,
			      base + pages * PAGE) == RMI_SUCCESS)
			at = call.out[1] - PAGE;
	}
}

static void delegate_some(void)
{
	unsigned int first = input_byte() * 3u % ram.pages;
	unsigned int pages = 1 + input_byte() % 64;

	if (first + pages < ram.pages - HOST_PAGES)
		delegate(machine_page(first), pages);
}

static void make_realm(unsigned int pick)
{
	unsigned int roots = host_realm_roots(pick);
	uint64_t base = host_free_run(pick, roots);
	unsigned int behind;
	struct call call;

	if (!base) {
		base = START_BASE;
		delegate(base, 20);
	}
	host_realm_params(pick, base);
	behind = (unsigned int)((base - RAM0_BASE) / PAGE) + roots;
	host_call(&call, REALM_CREATE, host_free_granule(behind),
		  host_page(HOST_PARAMS));
}

static void realm_new(void)
{
	make_realm(input_byte());
}

static struct realm *pick_realm(void)
{
	return world_realm(input_byte());
}

/* The tables on the way to @ipa, down to @level. */
static void tables(const struct realm *realm, uint64_t ipa, int level)
{
	struct call call;

	for (int at = realm->level_start + 1; at <= level; at++) {
		uint64_t size = 1ull << machine_entry_shift(at - 1);

		host_call(&call, RTT_CREATE, realm->rd, host_free_granule(0),
			  ipa & ~(size - 1), (uint64_t)at);
	}
}

static void tables_at(void)
{
	const struct realm *realm = pick_realm();

	if (realm)
		tables(realm, value_ipa(realm, input_byte()),
		       1 + input_byte() % 3);
}

/* Memory that is there when the realm starts: a page, and room for more. */
static void make_memory(const struct realm *realm, uint64_t ipa)
{
	struct call call;

	tables(realm, ipa, 3);
	host_call(&call, RTT_INIT_RIPAS, realm->rd, ipa, ipa + 4 * PAGE);
	host_write(host_page(HOST_SRC), ipa | 1);
	host_call(&call, RTT_DATA_MAP_INIT, realm->rd, host_free_granule(9),
		  ipa, host_page(HOST_SRC), RMI_MEASURE_CONTENT);
}

static void populate(void)
{
	const struct realm *realm = pick_realm();

	if (realm)
		make_memory(realm, value_ipa(realm, input_byte() & 0x3f));
}

/* Drives the operation that @call has opened, if it has. */
static void finish(const struct call *call)
{
	if (RMI_RETURN_STATUS(call->out[0]) == RMI_INCOMPLETE && world.ops)
		host_finish(&world.op[world.ops - 1]);
}

static void make_rec(const struct realm *realm, bool runnable)
{
	struct call call;

	host_rec_params(realm, runnable ? RMI_REC_PARAM_FLAG_RUNNABLE : 0, 0);
	host_call(&call, REC_CREATE, realm->rd, host_free_granule(5),
		  host_page(HOST_PARAMS));
	if (host_free_granule(0))
		finish(&call);
}

static void rec_new(void)
{
	const struct realm *realm = pick_realm();

	if (realm)
		make_rec(realm, input_byte() % 4 != 0);
}

static void activate(void)
{
	const struct realm *realm = pick_realm();
	struct call call;

	if (realm)
		host_call(&call, REALM_ACTIVATE, realm->rd);
}

static void enter(void)
{
	const struct rec_known *rec = world_rec(input_byte());
	uint64_t run = host_page(HOST_RUN) + machine.cpu * PAGE;
	struct call call;

	host_write(run, 0);
	if (rec)
		host_call(&call, REC_ENTER, rec->rec, run);
}

/* Pages or a block, with the tables that the RMM misses. */
static void map(const struct realm *realm, uint64_t ipa, uint64_t size,
		uint64_t desc)
{
	struct call call;

	for (unsigned int i = 0; i < TRIES; i++) {
		uint64_t ret = host_call(&call, RTT_DATA_MAP, realm->rd, ipa,
					 ipa + size, RMI_OADDR_SINGLE, desc);

		if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT ||
		    RMI_RETURN_INDEX(ret) > 2)
			return;
		tables(realm, ipa, (int)RMI_RETURN_INDEX(ret) + 1);
	}
}

static void map_pages(void)
{
	const struct realm *realm = pick_realm();
	unsigned int count = 1 + input_byte() % 8;
	uint64_t pa = host_free_run(count, count);

	if (realm && pa)
		map(realm, value_ipa(realm, input_byte() & 0x3f), count * PAGE,
		    pa | FIELD_PREP(RMI_ADDR_RANGE_COUNT, count));
}

/* Refused if granules are larger: so much RAM no machine here has. */
static void map_block(void)
{
	const struct realm *realm = pick_realm();

	if (!realm)
		return;
	delegate(RAM0_BASE, ram.shift == 12 ? 512 : 1);
	tables(realm, 0x40000000, 2);
	map(realm, 0x40000000, 1ull << machine_entry_shift(2),
	    RAM0_BASE | 1 | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1));
}

/* The host's own memory, by pages or blocks; the range may end a page off. */
static void share(void)
{
	const struct realm *realm = pick_realm();
	uint8_t bits = input_byte();
	unsigned int count = 1 + (bits & 3), size = bits >> 2 & 1;
	uint64_t length = (uint64_t)count << machine_entry_shift(3 - (int)size);
	struct call call;
	uint64_t base;

	if (!realm)
		return;
	base = (1ull << (realm->ipa_bits - 1)) +
	       ((uint64_t)(bits >> 6) << machine_entry_shift(2));
	tables(realm, base, 3 - (int)size);
	host_call(&call, RTT_UNPROT_MAP, realm->rd, base,
		  base + length - (bits & 8 ? PAGE : 0),
		  RMI_OADDR_SINGLE | FIELD_PREP(RMI_MAP_MEMATTR, 6) |
			  FIELD_PREP(RMI_MAP_S2AP, RMI_S2AP_RW),
		  RMI_ADDR_RANGE_UNDELEGATED | size | 0x40000000 |
			  FIELD_PREP(RMI_ADDR_RANGE_COUNT, count));
}

static void unmap_some(void)
{
	const struct realm *realm = pick_realm();
	uint64_t block = 1ull << machine_entry_shift(2);
	struct call call;
	uint64_t ipa;

	if (!realm)
		return;
	ipa = value_ipa(realm, input_byte() & 0x3f);
	host_call(&call, RTT_DATA_UNMAP, realm->rd, ipa,
		  1ull << (realm->ipa_bits - 1), RMI_OADDR_SINGLE);
	host_call(&call, RTT_DESTROY, realm->rd, ipa & ~(block - 1), 3);
}

static void fold(void)
{
	const struct realm *realm = pick_realm();
	int level = 3 - input_byte() % 2;
	uint64_t size = 1ull << machine_entry_shift(level - 1);
	struct call call;
	uint64_t ipa;

	if (!realm)
		return;
	ipa = value_ipa(realm, input_byte()) & ~(size - 1);
	host_call(&call, RTT_FOLD, realm->rd, ipa, (uint64_t)level);
}

static void rec_end(void)
{
	const struct rec_known *rec = world_rec(input_byte());
	struct call call;

	if (!rec)
		return;
	host_call(&call, REC_DESTROY, rec->rec);
	finish(&call);
}

/* A realm that is not running goes, RECs and all. */
static void realm_end(void)
{
	struct realm *found = pick_realm();
	struct realm realm;
	struct call call;

	if (!found)
		return;
	realm = *found;
	if (host_call(&call, REALM_TERMINATE, realm.rd) != RMI_SUCCESS)
		return;
	if (!host_unmap_all(&realm))
		return;
	for (unsigned int i = world.recs; i-- > 0;) {
		if (world.rec[i].rd != realm.rd)
			continue;
		host_call(&call, REC_DESTROY, world.rec[i].rec);
		finish(&call);
	}
	if (host_destroy_tables(&realm))
		host_call(&call, REALM_DESTROY, realm.rd);
}

static void set_ripas(const struct rec_known *rec)
{
	const struct realm *realm = world_realm_at(rec->rd);
	uint64_t base = rec->ripas_base, top = rec->ripas_top;
	struct call call;

	for (unsigned int i = 0; realm && base < top && i < TRIES; i++) {
		uint64_t ret = host_call(&call, RTT_SET_RIPAS, rec->rd,
					 rec->rec, base, top);

		if (ret == RMI_SUCCESS)
			base = call.out[1];
		else if (RMI_RETURN_STATUS(ret) == RMI_ERROR_RTT)
			tables(realm, base, (int)RMI_RETURN_INDEX(ret) + 1);
		else
			return;
	}
}

static void psci_complete(const struct rec_known *rec)
{
	struct call call;

	/* The one that was meant is among them. */
	for (unsigned int i = 0; i < world.recs && i < TRIES; i++) {
		uint64_t status = input_byte() % 4 ?
				  0 : (uint64_t)PSCI_DENIED;

		if (world.rec[i].rd == rec->rd)
			host_call(&call, PSCI_COMPLETE, rec->rec,
				  world.rec[i].rec, status);
	}
}

/* What the REC's last exit asked for. */
static void answer(void)
{
	const struct rec_known *rec = world_rec(input_byte());

	if (rec && rec->reason == RMI_EXIT_RIPAS_CHANGE)
		set_ripas(rec);
	else if (rec && rec->reason == RMI_EXIT_PSCI)
		psci_complete(rec);
}

void scenario_start(unsigned int pick, bool active)
{
	struct call call;

	make_realm(pick);
	if (!world.realms)
		machine_fail("no realm in a machine as new", pick);
	make_memory(&world.realm[0], 0);
	make_memory(&world.realm[0], 0x40000000);
	make_rec(&world.realm[0], true);
	make_rec(&world.realm[0], false);
	if (active)
		host_call(&call, REALM_ACTIVATE, world.realm[0].rd);
}

void scenario_run(unsigned int which)
{
	static void (*const scenarios[SCENARIOS])(void) = {
		delegate_some, realm_new, tables_at, populate, rec_new,
		activate, [SCENARIO_ENTER] = enter, map_pages, map_block,
		unmap_some, fold, rec_end, realm_end, answer, share,
	};

	machine_calm();
	scenarios[which]();
}

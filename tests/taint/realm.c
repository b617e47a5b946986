/* SPDX-License-Identifier: BSD-3-Clause */
/* A realm from its first granule to its last; see realm.h. */
#include "tests/taint/realm.h"

#include <string.h>

#include "abi/rmi_layout.h"
#include "rmm/rec.h"
#include "tests/rmm/fake_platform.h"
#include "tests/taint/host.h"
#include "tests/taint/memory.h"

/* Granules of a realm, by their place. */
enum {
	AT_ROOT, /* two */
	AT_RD = 2,
	AT_TABLES, /* four */
	AT_REC = 7, /* two */
	AT_AUX = 9, /* two */
	AT_DATA = 11,
	AT_SPARE = AT_DATA + TAINT_DATA,
};

#define ONE(pa) ((pa) | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1))
#define LEVEL2_SIZE 0x200000ull

static uint64_t granule(const struct taint_realm *realm, unsigned int at)
{
	return realm->base + at * TAINT_PAGE;
}

static void create(struct taint_realm *realm)
{
	struct realm_params *params = fake_view(realm->params);

	memset(params, 0, TAINT_PAGE);
	params->s2sz = GUEST_IPA_BITS;
	params->num_bps = 1;
	params->num_wps = 1;
	params->rtt_base = granule(realm, AT_ROOT);
	params->rtt_level_start = 1;
	params->rtt_num_start = 2;
	realm->rd = granule(realm, AT_RD);
	host_no(REALM_CREATE, granule(realm, AT_ROOT), realm->params);
	host_ok(REALM_CREATE, realm->rd, realm->params);
	if (realm->public)
		memory_realm_is_public(realm->rd);
}

static void make_tables(const struct taint_realm *realm)
{
	const uint64_t halves[2] = { 0, GUEST_SHARED };
	uint64_t spare = granule(realm, AT_SPARE);

	for (unsigned int i = 0; i < 2; i++) {
		uint64_t ipa = halves[i] + GUEST_BASE;
		uint64_t table = granule(realm, AT_TABLES + 2 * i);

		host_ok(RTT_CREATE, realm->rd, table, ipa, 2);
		host_ok(RTT_CREATE, realm->rd, table + TAINT_PAGE, ipa, 3);
	}
	/* One more, twice, for what happens to it. */
	host_ok(RTT_CREATE, realm->rd, spare, GUEST_BASE + LEVEL2_SIZE, 3);
	host_ok(RTT_FOLD, realm->rd, GUEST_BASE + LEVEL2_SIZE, 3);
	host_ok(RTT_CREATE, realm->rd, spare, GUEST_BASE + LEVEL2_SIZE, 3);
	host_ok(RTT_DESTROY, realm->rd, GUEST_BASE + LEVEL2_SIZE, 3);
}

static void has_data(struct taint_realm *realm, unsigned int i)
{
	realm->data[i] = granule(realm, AT_DATA + i);
	if (realm->public)
		memory_is_public(realm->data[i]);
}

/* What the host gives is found there; and where it gives nothing, zeroes. */
static void fill(struct taint_realm *realm)
{
	uint64_t data = granule(realm, AT_DATA);

	host_ok(RTT_INIT_RIPAS, realm->rd, GUEST_BASE, GUEST_EMPTY);
	fake.ns_read_countdown = 2;
	host_no(RTT_DATA_MAP_INIT, realm->rd, data, GUEST_BASE, realm->params,
		RMI_MEASURE_CONTENT);
	host_ok(RTT_DATA_MAP_INIT, realm->rd, data, GUEST_BASE, realm->params,
		RMI_MEASURE_CONTENT);
	has_data(realm, 0);
	host_ok(RTT_DATA_MAP, realm->rd, GUEST_BASE + TAINT_PAGE,
		GUEST_BASE + TAINT_DATA * TAINT_PAGE, RMI_OADDR_SINGLE,
		(data + TAINT_PAGE) |
		FIELD_PREP(RMI_ADDR_RANGE_COUNT, TAINT_DATA - 1));
	for (unsigned int i = 1; i < TAINT_DATA; i++)
		has_data(realm, i);
	host_ok(RTT_UNPROT_MAP, realm->rd, GUEST_SHARED + GUEST_BASE,
		GUEST_SHARED + GUEST_BASE + TAINT_PAGE, RMI_OADDR_SINGLE |
		FIELD_PREP(RMI_MAP_S2AP, RMI_S2AP_RW),
		ONE(realm->list) | RMI_ADDR_RANGE_UNDELEGATED);
}

uint64_t taint_reclaim(const struct taint_realm *realm, uint64_t handle)
{
	host_no(OP_MEM_RECLAIM, handle, realm->list + 1, 8);
	host_opens(OP_MEM_RECLAIM, handle, realm->list, 8);
	return host_try(OP_CONTINUE, handle);
}

static void make_rec(struct taint_realm *realm, unsigned int i)
{
	struct rec_params *params = fake_view(realm->params);
	uint64_t *list = fake_view(realm->list);
	uint64_t handle;

	memset(params, 0, TAINT_PAGE);
	params->flags = i ? 0 : RMI_REC_PARAM_FLAG_RUNNABLE;
	params->mpidr = i;
	params->pc = GUEST_BASE;
	realm->rec[i] = granule(realm, AT_REC + i);
	host_opens(REC_CREATE, realm->rd, realm->rec[i], realm->params);
	handle = host_out[1];
	host_no(OP_CONTINUE, handle);
	list[0] = ONE(granule(realm, AT_AUX + i));
	host_no(OP_MEM_DONATE, handle, realm->list + 1, 1);
	host_opens(OP_MEM_DONATE, handle, realm->list, 1);
	host_ok(OP_CONTINUE, handle);
}

/* Begun and cancelled; and refused when all memory was there. */
static void make_no_rec(const struct taint_realm *realm)
{
	struct rec_params *params = fake_view(realm->params);
	uint64_t *list = fake_view(realm->list);
	uint64_t spare = granule(realm, AT_SPARE);
	uint64_t handle;

	host_opens(REC_CREATE, realm->rd, spare, realm->params);
	handle = host_out[1];
	host_opens(OP_CANCEL, handle);
	assert_true(host_failed(taint_reclaim(realm, handle)));

	params->mpidr = 0x77;
	host_opens(REC_CREATE, realm->rd, spare, realm->params);
	handle = host_out[1];
	list[0] = ONE(spare + TAINT_PAGE);
	host_opens(OP_MEM_DONATE, handle, realm->list, 1);
	host_opens(OP_CONTINUE, handle);
	assert_true(host_failed(taint_reclaim(realm, handle)));
}

void taint_realm_make(struct taint_realm *realm)
{
	realm->run = fake_ns_page();
	realm->list = fake_ns_page();
	realm->params = fake_ns_page();
	create(realm);
	make_tables(realm);
	fill(realm);
	make_rec(realm, 0);
	make_rec(realm, 1);
	make_no_rec(realm);
	host_no(REC_ENTER, realm->rec[0], realm->run);
	host_ok(REALM_ACTIVATE, realm->rd);
	host_no(REALM_ACTIVATE, realm->rd);
}

static void end_memory(const struct taint_realm *realm)
{
	host_ok(RTT_DATA_UNMAP, realm->rd, GUEST_BASE, GUEST_BASE + TAINT_PAGE,
		RMI_OADDR_SINGLE);
	fake.ns_write_countdown = 1;
	host_no(RTT_DATA_UNMAP, realm->rd, GUEST_BASE + TAINT_PAGE,
		GUEST_EMPTY, RMI_OADDR_LIST |
		FIELD_PREP(RMI_MAP_LIST_COUNT, 8), realm->list);
	host_ok(RTT_DATA_UNMAP, realm->rd, GUEST_BASE + TAINT_PAGE,
		GUEST_EMPTY, RMI_OADDR_LIST |
		FIELD_PREP(RMI_MAP_LIST_COUNT, 8), realm->list);
	host_no(RTT_DATA_UNMAP, realm->rd, 1, 2);
	host_ok(RTT_UNPROT_UNMAP, realm->rd, GUEST_SHARED + GUEST_BASE,
		GUEST_SHARED + GUEST_BASE + TAINT_PAGE, RMI_OADDR_SINGLE);
}

static void end_tables(const struct taint_realm *realm)
{
	const uint64_t halves[2] = { 0, GUEST_SHARED };

	for (unsigned int i = 0; i < 2; i++) {
		host_ok(RTT_READ_ENTRY, realm->rd, halves[i] + GUEST_BASE, 3);
		host_ok(RTT_DESTROY, realm->rd, halves[i] + GUEST_BASE, 3);
		host_no(RTT_DESTROY, realm->rd, halves[i] + GUEST_BASE, 3);
		host_ok(RTT_DESTROY, realm->rd, halves[i] + GUEST_BASE, 2);
	}
}

void taint_realm_end(struct taint_realm *realm)
{
	end_memory(realm);
	end_tables(realm);
	host_no(REALM_DESTROY, realm->rd);
	host_ok(REALM_TERMINATE, realm->rd);
	host_no(REC_ENTER, realm->rec[0], realm->run);
	for (unsigned int i = 0; i < 2; i++) {
		host_no(GRANULE_RANGE_UNDELEGATE, realm->rec[i],
			realm->rec[i] + TAINT_PAGE);
		host_opens(REC_DESTROY, realm->rec[i]);
		assert_int_equal(taint_reclaim(realm, host_out[1]),
				 RMI_SUCCESS);
		host_no(REC_DESTROY, realm->rec[i]);
	}
	host_ok(REALM_DESTROY, realm->rd);
	host_no(REALM_TERMINATE, realm->rd);
}

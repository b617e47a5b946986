/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm, by RMI calls.
 */
#include "tests/qemu/ns/realm_kit.h"

#include <string.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "tests/qemu/ns/ns.h"

#define PAGE 0x1000ull
#define BLOCK1 0x40000000ull
#define BLOCK1_SIZE 2 /* as RMI_ADDR_RANGE_SIZE has it */
#define NUM_BPS 5
#define NUM_WPS 3
#define REC_X0 0x48000000ull

static union {
	struct realm_params realm;
	struct rec_params rec;
	uint8_t bytes[PAGE];
} page __attribute__((aligned(4096)));

static uint64_t list; /* of one range of granules */

uint64_t realm_delegate(void)
{
	return delegate(REALM_MEMORY, REALM_PAGES * PAGE);
}

uint64_t realm_create(uint8_t s2sz, uint8_t hash)
{
	memset(&page, 0, sizeof(page));
	page.realm.s2sz = s2sz;
	page.realm.num_bps = NUM_BPS;
	page.realm.num_wps = NUM_WPS;
	page.realm.hash_algo = hash;
	page.realm.rtt_base = REALM_ROOT;
	page.realm.rtt_level_start = 1;
	page.realm.rtt_num_start = 1;
	return call2(SMC_RMI_REALM_CREATE, REALM_RD, (uint64_t)&page).x[0];
}

uint64_t realm_add_tables(void)
{
	uint64_t status = call(SMC_RMI_RTT_CREATE, REALM_RD, REALM_RTT2,
			       REALM_IPA, 2, 0)
				  .x[0];

	if (status != RMI_SUCCESS)
		return status;
	status = call(SMC_RMI_RTT_CREATE, REALM_RD, REALM_RTT3, REALM_IPA, 3,
		      0)
			 .x[0];
	if (status != RMI_SUCCESS)
		return status;
	return call(SMC_RMI_RTT_INIT_RIPAS, REALM_RD, REALM_IPA,
		    REALM_IPA + PAGE, 0, 0)
		.x[0];
}

uint64_t realm_add_page(void)
{
	memset(&page, REALM_PAGE_BYTE, sizeof(page));
	return call(SMC_RMI_RTT_DATA_MAP_INIT, REALM_RD, REALM_DATA, REALM_IPA,
		    (uint64_t)&page, RMI_MEASURE_CONTENT)
		.x[0];
}

/* An operation: it asks for one granule, takes it, and goes on. */
uint64_t realm_add_rec(void)
{
	struct answer a;
	uint64_t handle;

	memset(&page, 0, sizeof(page));
	page.rec.flags = RMI_REC_PARAM_FLAG_RUNNABLE;
	page.rec.pc = REALM_IPA;
	page.rec.gprs[0] = REC_X0;
	a = call(SMC_RMI_REC_CREATE, REALM_RD, REALM_REC, (uint64_t)&page, 0,
		 0);
	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return a.x[0];
	handle = a.x[1];
	list = REALM_REC_AUX | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1);
	a = call(SMC_RMI_OP_MEM_DONATE, handle, (uint64_t)&list, 1, 0, 0);
	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return a.x[0];
	return call2(SMC_RMI_OP_CONTINUE, handle, 0).x[0];
}

static uint64_t map(uint32_t fid, uint64_t ipa, uint64_t size, uint64_t flags,
		    uint64_t range)
{
	return call(fid, REALM_RD, ipa, ipa + size, RMI_OADDR_SINGLE | flags,
		    range | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1))
		.x[0];
}

uint64_t realm_map_page(void)
{
	return map(SMC_RMI_RTT_DATA_MAP, REALM_IPA + PAGE, PAGE, 0,
		   REALM_MORE_DATA);
}

uint64_t realm_map_shared(void)
{
	return map(SMC_RMI_RTT_UNPROT_MAP, REALM_SHARED_IPA, BLOCK1,
		   FIELD_PREP(RMI_MAP_MEMATTR, RMI_MEMATTR_NORMAL_WB) |
			   FIELD_PREP(RMI_MAP_S2AP, RMI_S2AP_RW),
		   BLOCK1 | BLOCK1_SIZE | RMI_ADDR_RANGE_UNDELEGATED);
}

uint64_t realm_activate(void)
{
	return call1(SMC_RMI_REALM_ACTIVATE, REALM_RD).x[0];
}

static uint64_t unmap(uint32_t fid, uint64_t ipa, uint64_t size)
{
	uint64_t end = ipa + size;

	while (ipa < end) {
		struct answer a = call(fid, REALM_RD, ipa, end, 0, 0);

		if (a.x[0] != RMI_SUCCESS)
			return a.x[0];
		ipa = a.x[1];
	}
	return RMI_SUCCESS;
}

uint64_t realm_unmap_shared(void)
{
	return unmap(SMC_RMI_RTT_UNPROT_UNMAP, REALM_SHARED_IPA, BLOCK1);
}

/* An operation that gives the donated granule back. */
uint64_t realm_destroy_rec(void)
{
	struct answer a = call1(SMC_RMI_REC_DESTROY, REALM_REC);
	uint64_t handle = a.x[1];

	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return a.x[0];
	a = call(SMC_RMI_OP_MEM_RECLAIM, handle, (uint64_t)&list, 1, 0, 0);
	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return a.x[0];
	return call2(SMC_RMI_OP_CONTINUE, handle, 0).x[0];
}

bool realm_destroy(void)
{
	return call1(SMC_RMI_REALM_TERMINATE, REALM_RD).x[0] == RMI_SUCCESS &&
	       unmap(SMC_RMI_RTT_DATA_UNMAP, REALM_IPA, 2 * PAGE) ==
		       RMI_SUCCESS &&
	       call(SMC_RMI_RTT_DESTROY, REALM_RD, REALM_IPA, 3, 0, 0).x[0] ==
		       RMI_SUCCESS &&
	       call(SMC_RMI_RTT_DESTROY, REALM_RD, REALM_IPA, 2, 0, 0).x[0] ==
		       RMI_SUCCESS &&
	       call1(SMC_RMI_REALM_DESTROY, REALM_RD).x[0] == RMI_SUCCESS &&
	       undelegate(REALM_MEMORY, REALM_PAGES * PAGE) == RMI_SUCCESS;
}

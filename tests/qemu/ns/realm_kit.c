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
#define NUM_BPS 5
#define NUM_WPS 3

static struct realm_params params __attribute__((aligned(4096)));
static uint8_t page[PAGE] __attribute__((aligned(4096)));

static uint64_t over_memory(uint32_t fid)
{
	uint64_t base = REALM_MEMORY;
	uint64_t top = base + REALM_PAGES * PAGE;

	while (base < top) {
		struct answer a = call2(fid, base, top);

		if (a.x[0] != RMI_SUCCESS)
			return a.x[0];
		base = a.x[1];
	}
	return RMI_SUCCESS;
}

uint64_t realm_delegate(void)
{
	return over_memory(SMC_RMI_GRANULE_RANGE_DELEGATE);
}

uint64_t realm_create(uint8_t s2sz)
{
	memset(&params, 0, sizeof(params));
	params.s2sz = s2sz;
	params.num_bps = NUM_BPS;
	params.num_wps = NUM_WPS;
	params.hash_algo = RMI_HASH_SHA_256;
	params.rtt_base = REALM_ROOT;
	params.rtt_level_start = 1;
	params.rtt_num_start = 1;
	return call2(SMC_RMI_REALM_CREATE, REALM_RD, (uint64_t)&params).x[0];
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
	memset(page, REALM_PAGE_BYTE, sizeof(page));
	return call(SMC_RMI_RTT_DATA_MAP_INIT, REALM_RD, REALM_DATA, REALM_IPA,
		    (uint64_t)page, RMI_MEASURE_CONTENT)
		.x[0];
}

uint64_t realm_activate(void)
{
	return call1(SMC_RMI_REALM_ACTIVATE, REALM_RD).x[0];
}

bool realm_destroy(void)
{
	return call1(SMC_RMI_REALM_TERMINATE, REALM_RD).x[0] == RMI_SUCCESS &&
	       call(SMC_RMI_RTT_DATA_UNMAP, REALM_RD, REALM_IPA,
		    REALM_IPA + PAGE, 0, 0)
			       .x[0] == RMI_SUCCESS &&
	       call(SMC_RMI_RTT_DESTROY, REALM_RD, REALM_IPA, 3, 0, 0).x[0] ==
		       RMI_SUCCESS &&
	       call(SMC_RMI_RTT_DESTROY, REALM_RD, REALM_IPA, 2, 0, 0).x[0] ==
		       RMI_SUCCESS &&
	       call1(SMC_RMI_REALM_DESTROY, REALM_RD).x[0] == RMI_SUCCESS &&
	       over_memory(SMC_RMI_GRANULE_RANGE_UNDELEGATE) == RMI_SUCCESS;
}

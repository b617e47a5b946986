/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm from REALM_CREATE to REALM_DESTROY, without running it.
 */
#include "abi/rmi_smc.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/ns/realm_kit.h"

static bool memory_wiped(void)
{
	uint64_t value;

	for (uint64_t pa = REALM_MEMORY;
	     pa < REALM_MEMORY + REALM_PAGES * 0x1000; pa += 8)
		if (!can_read(pa, &value) || value != 0)
			return false;
	return true;
}

static bool page_is_mapped(uint64_t ipa, uint64_t pa, uint64_t ripas)
{
	struct answer a = call(SMC_RMI_RTT_READ_ENTRY, REALM_RD, ipa, 3, 0, 0);

	return a.x[0] == RMI_SUCCESS && a.x[1] == 3 && a.x[2] == RMI_DATA &&
	       a.x[3] == pa && a.x[4] == ripas;
}

static void test_build(void)
{
	expect("memory for a realm is delegated",
	       realm_delegate() == RMI_SUCCESS);
	expect("a realm with 31 bits of IPA is refused",
	       realm_create(31, RMI_HASH_SHA_256) == RMI_ERROR_INPUT);
	expect("REALM_CREATE succeeds",
	       realm_create(REALM_IPA_BITS, RMI_HASH_SHA_256) == RMI_SUCCESS);
	expect("the host cannot read the RD", !can_read(REALM_RD, NULL));
	expect("a page without tables is refused",
	       realm_add_page() == RMI_RETURN(RMI_ERROR_RTT, 1));
	expect("RTT_CREATE and RTT_INIT_RIPAS succeed",
	       realm_add_tables() == RMI_SUCCESS);
	expect("RTT_DATA_MAP_INIT succeeds", realm_add_page() == RMI_SUCCESS);
	expect("RTT_READ_ENTRY sees the page",
	       page_is_mapped(REALM_IPA, REALM_DATA, RMI_RAM));
	expect("REC_CREATE takes a granule and succeeds",
	       realm_add_rec() == RMI_SUCCESS);
	expect("the granule is the host's no more",
	       undelegate(REALM_REC_AUX, 0x1000) == RMI_ERROR_INPUT);
	expect("REALM_ACTIVATE succeeds", realm_activate() == RMI_SUCCESS);
	expect("RTT_DATA_MAP succeeds", realm_map_page() == RMI_SUCCESS);
	expect("RTT_READ_ENTRY sees that page",
	       page_is_mapped(REALM_IPA + 0x1000, REALM_MORE_DATA, RMI_EMPTY));
	expect("RTT_UNPROT_MAP succeeds", realm_map_shared() == RMI_SUCCESS);
}

static void test_take_apart(void)
{
	expect("a realm with a REC is not destroyed",
	       call1(SMC_RMI_REALM_DESTROY, REALM_RD).x[0] != RMI_SUCCESS);
	expect("RTT_UNPROT_UNMAP succeeds",
	       realm_unmap_shared() == RMI_SUCCESS);
	expect("REC_DESTROY gives the granule back and succeeds",
	       realm_destroy_rec() == RMI_SUCCESS);
	expect("the realm is taken apart", realm_destroy());
	expect("and all its memory is wiped", memory_wiped());
}

void test_realm(void)
{
	fp_fill();
	test_build();
	expect("REC_ENTER is refused without a page of the host",
	       call2(SMC_RMI_REC_ENTER, REALM_REC, REALM_DATA).x[0] ==
		       RMI_ERROR_INPUT);
	expect("GPT_L1_CREATE finds its table there",
	       call1(SMC_RMI_GPT_L1_CREATE, 0x40000000).x[0] ==
		       RMI_ERROR_GPT);
	expect("OP_CANCEL of no operation is refused",
	       call1(SMC_RMI_OP_CANCEL, 0x1234).x[0] == RMI_ERROR_INPUT);
	test_take_apart();
	expect("a realm's life leaves the host's vector registers alone",
	       fp_is_filled());
}

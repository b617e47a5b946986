/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm from REALM_CREATE to REALM_DESTROY, without running it.
 */
#include "abi/rmi_smc.h"
#include "platform/qemu/sysreg.h"
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

static bool page_is_mapped(void)
{
	struct answer a =
		call(SMC_RMI_RTT_READ_ENTRY, REALM_RD, REALM_IPA, 3, 0, 0);

	return a.x[0] == RMI_SUCCESS && a.x[1] == 3 && a.x[2] == RMI_DATA &&
	       a.x[3] == REALM_DATA && a.x[4] == RMI_RAM;
}

void test_realm(void)
{
	expect("memory for a realm is delegated",
	       realm_delegate() == RMI_SUCCESS);
	expect("a realm with 31 bits of IPA is refused",
	       realm_create(31) == RMI_ERROR_INPUT);
	expect("REALM_CREATE succeeds", realm_create(33) == RMI_SUCCESS);
	expect("the host cannot read the RD", !can_read(REALM_RD, NULL));
	expect("a page without tables is refused",
	       realm_add_page() == RMI_RETURN(RMI_ERROR_RTT, 1));
	expect("RTT_CREATE and RTT_INIT_RIPAS succeed",
	       realm_add_tables() == RMI_SUCCESS);
	expect("RTT_DATA_MAP_INIT succeeds", realm_add_page() == RMI_SUCCESS);
	expect("RTT_READ_ENTRY sees the page", page_is_mapped());
	expect("REALM_ACTIVATE succeeds", realm_activate() == RMI_SUCCESS);
	expect("REC_ENTER is refused: realms do not run here",
	       call2(SMC_RMI_REC_ENTER, REALM_DATA, REALM_IPA).x[0] ==
		       RMI_ERROR_NOT_SUPPORTED);
	expect("the realm is taken apart", realm_destroy());
	expect("and all its memory is wiped", memory_wiped());
}

/* tests/qemu/run reads the RD through QEMU, and ends it. */
_Noreturn void test_measure(void)
{
	test_start_rmm();
	expect("a realm with a measured page is made",
	       realm_delegate() == RMI_SUCCESS &&
		       realm_create(33) == RMI_SUCCESS &&
		       realm_add_tables() == RMI_SUCCESS &&
		       realm_add_page() == RMI_SUCCESS);
	print("measured %x\n", REALM_RD);
	for (;;)
		wfi();
}

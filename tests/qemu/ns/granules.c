/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules between the worlds: who can touch them, and what is in them.
 */
#include "abi/rmi_smc.h"
#include "monitor/layout.h"
#include "tests/qemu/ns/ns.h"

#define PAGE 0x1000ull
#define G 0x48000000ull
#define SECRET 0x5ec2e7ull
#define RANGE_BASE (G + 0x105000)
#define RANGE_PAGES 40

static void test_one(void)
{
	uint64_t value = 0;

	can_write(G, SECRET);
	expect("a granule is delegated", delegate(G, PAGE) == RMI_SUCCESS);
	expect("a host read of it: GPF", !can_read(G, NULL) && was_gpf(G));
	expect("nor write it: GPF", !can_write(G + 8, 1) && was_gpf(G + 8));
	expect("nor execute it: GPF", !can_execute(G) && was_gpf(G));
	expect("its neighbours are still the host's",
	       can_read(G + PAGE, NULL) && can_read(G - PAGE, NULL));
	expect("it is not delegated twice",
	       delegate(G, PAGE) == RMI_ERROR_INPUT);
	expect("RMM_CONFIG_GET does not write into it",
	       call1(SMC_RMI_RMM_CONFIG_GET, G).x[0] == RMI_ERROR_INPUT);
	expect("REALM_CREATE does not read parameters from it",
	       call2(SMC_RMI_REALM_CREATE, G + PAGE, G).x[0] ==
		       RMI_ERROR_INPUT);
	expect("it comes back", undelegate(G, PAGE) == RMI_SUCCESS);
	expect("wiped", can_read(G, &value) && value == 0);
	expect("it does not come back twice",
	       undelegate(G, PAGE) == RMI_ERROR_INPUT);
}

static bool range_accessible(bool want)
{
	for (unsigned int i = 0; i < RANGE_PAGES; i++)
		if (can_read(RANGE_BASE + i * PAGE + 8 * i, NULL) != want)
			return false;
	return true;
}

static bool range_wiped(void)
{
	uint64_t value;

	for (uint64_t pa = RANGE_BASE; pa < RANGE_BASE + RANGE_PAGES * PAGE;
	     pa += 8)
		if (!can_read(pa, &value) || value != 0)
			return false;
	return true;
}

/* Starts and ends within a word of sixteen granules of the table. */
static void test_range(void)
{
	for (uint64_t pa = RANGE_BASE; pa < RANGE_BASE + RANGE_PAGES * PAGE;
	     pa += 8)
		can_write(pa, SECRET);
	expect("a range is delegated",
	       delegate(RANGE_BASE, RANGE_PAGES * PAGE) == RMI_SUCCESS);
	expect("all of it", range_accessible(false));
	expect("and no more", can_read(RANGE_BASE - PAGE, NULL) &&
				      can_read(RANGE_BASE + RANGE_PAGES * PAGE,
					       NULL));
	expect("it comes back",
	       undelegate(RANGE_BASE, RANGE_PAGES * PAGE) == RMI_SUCCESS);
	expect("all of it, wiped", range_wiped());
}

static void test_foreign(void)
{
	expect("the monitor's flash is not the host's",
	       !can_read(FLASH_BASE + 0x1000, NULL) &&
		       was_gpf(FLASH_BASE + 0x1000));
	expect("nor is secure SRAM", !can_read(SRAM_BASE, NULL));
	expect("nor the granule protection table", !can_write(SRAM_GPT, 0));
	expect("nor the RMM's image", !can_read(CARVEOUT_BASE, NULL));
	expect("nor the end of its carve-out", !can_write(NS_BASE - 8, 0));
	expect("nor the secure UART", !can_read(SECURE_UART_BASE, NULL));
	expect("the carve-out cannot be undelegated",
	       undelegate(CARVEOUT_BASE, PAGE) == RMI_ERROR_INPUT);
	expect("nor delegated",
	       delegate(CARVEOUT_BASE, PAGE) == RMI_ERROR_INPUT);
	expect("a device cannot be delegated",
	       delegate(UART_BASE, PAGE) == RMI_ERROR_INPUT);
	expect("nor what is past RAM",
	       delegate(0x3000000000ull, PAGE) == RMI_ERROR_INPUT);
}

void test_granules(void)
{
	test_one();
	test_range();
	test_foreign();
}

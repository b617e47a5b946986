// SPDX-License-Identifier: BSD-3-Clause
/*
 * Flaps the state of a range of its memory between RAM and empty for ever, and
 * on a second CPU, if there is one, sleeps for ever: what a time limit is for.
 * `cca run --cpus 2 --timeout 1`.
 */
#include "abi/rmi_smc.h"
#include "guests/guest.h"

#define BASE 0x42000000ull
#define SIZE 0x400000ull

/* All of the range, however often the RMM stops on the way. */
static void set_state(u64 state)
{
	u64 at = BASE;

	while (at < BASE + SIZE) {
		struct smc call = {
			.x = { SMC_RSI_IPA_STATE_SET, at, BASE + SIZE, state,
			       RSI_CHANGE_DESTROYED },
		};

		smc(&call);
		if (call.x[0] || call.x[1] <= at || call.x[2] == RSI_REJECT) {
			put("state not changed\n");
			guest_exit(1);
		}
		at = call.x[1];
	}
}

static struct guest_cpu sleeper_cpu;
static u64 sleeper_stack[256];

static void sleep(struct guest_cpu *cpu)
{
	(void)cpu;
	for (;;)
		__asm__ volatile("wfi");
}

static void start_sleeper(void)
{
	struct smc call = {
		.x = { PSCI_64(PSCI_CPU_ON), 1, (u64)guest_secondary,
		       (u64)&sleeper_cpu },
	};

	sleeper_cpu.stack = (u64)(sleeper_stack + 256);
	sleeper_cpu.entry = (u64)sleep;
	smc(&call);
	put(call.x[0] ? "a storm\n" : "a storm, and a sleeper\n");
}

int main(u64 dtb)
{
	(void)dtb;
	start_sleeper();
	for (u64 page = 0;; page = (page + 1) % (SIZE / 0x1000)) {
		set_state(RMI_EMPTY);
		set_state(RMI_RAM);
		mmio_write32(BASE + page * 0x1000, (u32)page);
	}
}

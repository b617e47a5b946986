/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPU that the RMM runs on, and what it can give to a realm.
 */
#include <sched.h>

#include "rmm/platform.h"
#include "sim/machine/die.h"
#include "sim/machine/ich.h"
#include "sim/machine/machine.h"

/* What the engine translates: Cortex-A72 has 44 bits of physical address. */
#define IPA_BITS_MAX 44

/* ID_AA64DFR0_EL1 of a Cortex-A72. */
#define BREAKPOINTS 6
#define WATCHPOINTS 4

/* The engine's walks take any: 4, 16 and 64 KiB. */
#define GRANULE_SIZES 7

void plat_features(struct plat_features *features)
{
	const struct machine_conf *conf = machine_conf();

	*features = (struct plat_features){
		.ipa_bits = conf->pa_bits < IPA_BITS_MAX ? conf->pa_bits :
							   IPA_BITS_MAX,
		.pa_bits = conf->pa_bits,
		.num_bps = BREAKPOINTS,
		.num_wps = WATCHPOINTS,
		.cpus = conf->cpus,
		.lrs = ICH_LRS,
		.granule_sizes = GRANULE_SIZES,
	};
}

unsigned int plat_cpu(void)
{
	return machine_cpu();
}

bool plat_irq_pending(void)
{
	return machine_irq_pending(machine_cpu());
}

void plat_relax(void)
{
	sched_yield();
}

void plat_panic(const char *file, int line, const char *what)
{
	machine_die("RMM panic: %s:%d: %s", file, line, what);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Boot. The first CPU sets up the machine, starts the RMM and then the
 * Non-secure world; the others wait at EL3 until PSCI switches them on.
 */
#include "abi/rmm_el3.h"
#include "monitor/console.h"
#include "monitor/cpu.h"
#include "monitor/entry.h"
#include "monitor/gic.h"
#include "monitor/gpt.h"
#include "monitor/machine.h"
#include "monitor/mmu.h"
#include "monitor/panic.h"
#include "monitor/rmm_el3.h"
#include "monitor/sysregs.h"

/* Without RME this is a machine without realms, and all else the same. */
static void protect_memory(void)
{
	if (!cpu_has_rme()) {
		say("monitor: the CPUs have no RME");
		return;
	}
	machine.delegable_end = gpt_init(machine.ram_end);
	if (machine.delegable_end != machine.ram_end)
		say("monitor: RAM from %x on cannot be delegated",
		    machine.delegable_end);
}

_Noreturn void cold_boot(uint64_t index)
{
	msr(tpidr_el3, &cpus[index]);
	mmu_build();
	mmu_enable();
	console_init();
	if (FIELD_GET(ID_AA64PFR0_EL2, mrs(id_aa64pfr0_el1)) == 0)
		panic("no EL2: QEMU wants -M virt,virtualization=on");
	machine_probe();
	protect_memory();
	gic_init();
	cpu_init();
	if (cpu_has_rme())
		rmm_load();
	say("monitor: %u CPUs, RAM to %x, RMM %s", machine.cpus,
	    machine.ram_end, rmm_present() ? "loaded" : "absent");
	for (unsigned int i = 0; i < CPUS_MAX; i++)
		cpus[i].power = i == index ? CPU_POWER_ON_PENDING :
					     CPU_POWER_OFF;
	gic_release_cpus();
	cpu_start(NS_ENTRY, NS_BASE, RMM_BOOT_COLD);
}

_Noreturn void warm_boot(uint64_t index)
{
	while (!gic_released())
		relax();
	msr(tpidr_el3, &cpus[index]);
	mmu_enable();
	cpu_init();
	cpu_park();
}

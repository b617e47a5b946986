/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * CPUs on and off, the machine off and reset. A CPU that is off sits in WFI at
 * EL3 until the wake SGI (cpu_park()).
 */
#include "monitor/psci.h"

#include "abi/psci.h"
#include "abi/smccc.h"
#include "monitor/console.h"
#include "monitor/gic.h"
#include "monitor/gpt.h"
#include "monitor/lock.h"
#include "monitor/machine.h"
#include "monitor/sysregs.h"

#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define MIGRATE_NOT_NEEDED 2
#define PSCI_ON_PENDING (-5)

/* The secure PL061: pin 0 powers off, pin 1 resets. */
#define GPIO_DIRECTION (SECURE_GPIO_BASE + 0x400)
#define GPIO_DATA(pin) (SECURE_GPIO_BASE + (4u << (pin)))
#define PIN_OFF 0
#define PIN_RESET 1

/*
 * Power: the CPU itself goes from ON_PENDING to ON and to OFF. Who switches it
 * on goes from OFF to ON_PENDING, under a lock, and after writing all that the
 * CPU needs to start.
 */
static enum cpu_power power_of(struct cpu *cpu)
{
	return __atomic_load_n(&cpu->power, __ATOMIC_ACQUIRE);
}

static void set_power(struct cpu *cpu, enum cpu_power power)
{
	__atomic_store_n(&cpu->power, power, __ATOMIC_RELEASE);
}

bool psci_woken(struct cpu *cpu)
{
	return power_of(cpu) == CPU_POWER_ON_PENDING;
}

void psci_started(struct cpu *cpu)
{
	set_power(cpu, CPU_POWER_ON);
}

static bool entry_ok(uint64_t entry)
{
	return entry % 4 == 0 && entry >= NS_BASE && entry < machine.ram_end;
}

static int64_t claim(struct cpu *target, uint64_t entry, uint64_t context)
{
	switch (power_of(target)) {
	case CPU_POWER_ON:
		return PSCI_ALREADY_ON;
	case CPU_POWER_ON_PENDING:
		return PSCI_ON_PENDING;
	default:
		target->entry = entry;
		target->context = context;
		set_power(target, CPU_POWER_ON_PENDING);
		return PSCI_SUCCESS;
	}
}

static int64_t cpu_on(uint64_t mpidr, uint64_t entry, uint64_t context)
{
	static struct lock claims;
	uint64_t index = cpu_index_of(mpidr);
	int64_t result;

	if (index >= machine.cpus)
		return PSCI_INVALID_PARAMETERS;
	if (!entry_ok(entry))
		return PSCI_INVALID_ADDRESS;
	lock(&claims);
	result = claim(&cpus[index], entry, context);
	unlock(&claims);
	if (result == PSCI_SUCCESS)
		gic_wake(index);
	return result;
}

static _Noreturn void cpu_off(struct cpu *cpu)
{
	set_power(cpu, CPU_POWER_OFF);
	cpu_park();
}

static int64_t affinity_info(uint64_t mpidr, uint64_t level)
{
	uint64_t index = cpu_index_of(mpidr);

	if (index >= machine.cpus || level != 0)
		return PSCI_INVALID_PARAMETERS;
	return power_of(&cpus[index]);
}

static _Noreturn void raise_pin(unsigned int pin)
{
	write32(GPIO_DIRECTION, 1u << PIN_OFF | 1u << PIN_RESET);
	write32(GPIO_DATA(pin), 1u << pin);
	for (;;)
		wfi();
}

/*
 * RAM keeps its contents over a reset, and is the host's after it: a machine
 * with memory that is not, yet, is switched off instead.
 */
static _Noreturn void reset(void)
{
	if (gpt_close(NS_BASE, machine.delegable_end))
		raise_pin(PIN_RESET);
	say("monitor: no reset while memory is delegated: off");
	raise_pin(PIN_OFF);
}

static int64_t features(uint32_t fid)
{
	switch (fid) {
	case SMCCC_VERSION:
	case PSCI_VERSION:
	case PSCI_CPU_SUSPEND:
	case PSCI_64(PSCI_CPU_SUSPEND):
	case PSCI_CPU_OFF:
	case PSCI_CPU_ON:
	case PSCI_64(PSCI_CPU_ON):
	case PSCI_AFFINITY_INFO:
	case PSCI_64(PSCI_AFFINITY_INFO):
	case PSCI_MIGRATE_INFO_TYPE:
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case PSCI_FEATURES:
		return PSCI_SUCCESS;
	default:
		return PSCI_NOT_SUPPORTED;
	}
}

int64_t psci_call(struct cpu *cpu, uint32_t fid)
{
	uint64_t x[4];

	/* An SMC32 call has 32-bit arguments, whatever the upper halves say. */
	for (unsigned int i = 0; i < 4; i++)
		x[i] = fid & SMCCC_SMC64 ? cpu->frame->x[i] :
					   (uint32_t)cpu->frame->x[i];

	switch (fid) {
	case PSCI_VERSION:
		return PSCI_VERSION_1_1;
	case PSCI_CPU_SUSPEND:
	case PSCI_64(PSCI_CPU_SUSPEND):
		/* Any state is entered as a standby: WFI keeps everything. */
		wfi();
		return PSCI_SUCCESS;
	case PSCI_CPU_OFF:
		cpu_off(cpu);
	case PSCI_CPU_ON:
	case PSCI_64(PSCI_CPU_ON):
		return cpu_on(x[1], x[2], x[3]);
	case PSCI_AFFINITY_INFO:
	case PSCI_64(PSCI_AFFINITY_INFO):
		return affinity_info(x[1], x[2]);
	case PSCI_MIGRATE_INFO_TYPE:
		return MIGRATE_NOT_NEEDED;
	case PSCI_SYSTEM_OFF:
		raise_pin(PIN_OFF);
	case PSCI_SYSTEM_RESET:
		reset();
	case PSCI_FEATURES:
		return features((uint32_t)x[1]);
	default:
		return PSCI_NOT_SUPPORTED;
	}
}

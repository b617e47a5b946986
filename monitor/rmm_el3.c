/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between EL3 and Realm EL2. An RMM that is absent, damaged or that failed to
 * start on the first CPU leaves a machine without realms, not a dead one.
 */
#include "monitor/rmm_el3.h"

#include <string.h>

#include "abi/rmm_el3.h"
#include "abi/smccc.h"
#include "monitor/console.h"
#include "monitor/gpt.h"
#include "monitor/machine.h"
#include "monitor/panic.h"
#include "monitor/psci.h"
#include "monitor/vendor.h"

/* x0 to x4 can carry the answer of an RMI call. */
#define RMI_RESULTS 5
#define GTSI_ERROR (~0ull)
#define MANIFEST ((struct rmm_manifest *)MANIFEST_BASE)

static bool present;

static bool image_ok(const struct rmm_image *image)
{
	if (image->magic != RMM_IMAGE_MAGIC) {
		say("monitor: no RMM in flash at %x", (uint64_t)FLASH_RMM);
		return false;
	}
	if (image->base != CARVEOUT_BASE ||
	    image->memory_size > MANIFEST_BASE - CARVEOUT_BASE ||
	    image->file_size > image->memory_size ||
	    image->file_size > FLASH_SIZE - FLASH_RMM) {
		say("monitor: RMM for %x, %x bytes: not our carve-out",
		    image->base, image->memory_size);
		return false;
	}
	return true;
}

static void write_manifest(void)
{
	*MANIFEST = (struct rmm_manifest){
		.version = RMM_EL3_VERSION,
		.carveout = { CARVEOUT_BASE, CARVEOUT_SIZE },
		.cpus = machine.cpus,
		.l0gpt_shift = gpt_l0_shift(),
		.ram_ranges = 1,
		.ram = { { NS_BASE, machine.delegable_end - NS_BASE } },
	};
}

void rmm_load(void)
{
	const struct rmm_image *image = (const struct rmm_image *)FLASH_RMM;

	if (!image_ok(image))
		return;
	memset((void *)CARVEOUT_BASE, 0, image->memory_size);
	memcpy((void *)CARVEOUT_BASE, image, image->file_size);
	write_manifest();
	present = true;
}

bool rmm_present(void)
{
	return __atomic_load_n(&present, __ATOMIC_ACQUIRE);
}

void rmm_prepare(struct world *world, uint64_t boot_kind)
{
	world_reset(world, CARVEOUT_BASE);
	world->frame.x[0] = cpu_index();
	world->frame.x[1] = RMM_EL3_VERSION;
	world->frame.x[2] = MANIFEST_BASE;
	world->frame.x[3] = boot_kind;
}

static void boot_complete(struct cpu *cpu, uint64_t status)
{
	cpu->rmm_ready = status == 0;
	if (status != 0) {
		say("monitor: RMM did not start on CPU %x: error %x",
		    cpu_index(), status);
		/* The first CPU starts alone; without it there is no RMM. */
		if (cpu == &cpus[0])
			__atomic_store_n(&present, false, __ATOMIC_RELEASE);
	}
	psci_started(cpu);
	world_switch(cpu, WORLD_NS);
}

void rmm_forward(struct cpu *cpu)
{
	const uint64_t *from = cpu->world[WORLD_NS].frame.x;
	uint64_t *to = cpu->world[WORLD_REALM].frame.x;

	cpu->rmi_calls++;
	world_switch(cpu, WORLD_REALM);
	memcpy(to, from, SMCCC_REGS * sizeof(*to));
}

/* The other registers stay the caller's, whatever the RMM does. */
static void request_complete(struct cpu *cpu)
{
	const uint64_t *from = cpu->world[WORLD_REALM].frame.x;
	uint64_t *to = cpu->world[WORLD_NS].frame.x;

	world_switch(cpu, WORLD_NS);
	memcpy(to, from + 1, RMI_RESULTS * sizeof(*to));
}

static bool delegable(uint64_t base, uint64_t top)
{
	return ((base | top) & 0xfff) == 0 && base < top && base >= NS_BASE &&
	       top <= machine.delegable_end;
}

static uint64_t transition(uint64_t base, uint64_t top, enum gpi from,
			   enum gpi to)
{
	if (!delegable(base, top) || !gpt_move(base, top, from, to))
		return GTSI_ERROR;
	return 0;
}

static void console_write(uint64_t text)
{
	for (; text & 0xff; text >>= 8)
		console_put((char)(text & 0xff));
}

static _Noreturn void rmm_panic(void)
{
	say("monitor: RMM panic on CPU %x", cpu_index());
	machine_exit(EXIT_RMM_PANIC);
}

void rmm_call(struct cpu *cpu, uint32_t fid)
{
	uint64_t *x = cpu->frame->x;

	switch (fid) {
	case RMM_RMI_REQ_COMPLETE:
		request_complete(cpu);
		break;
	case RMM_GTSI_DELEGATE:
		x[0] = transition(x[1], x[2], GPI_NS, GPI_REALM);
		break;
	case RMM_GTSI_UNDELEGATE:
		x[0] = transition(x[1], x[2], GPI_REALM, GPI_NS);
		break;
	case RMM_BOOT_COMPLETE:
		boot_complete(cpu, x[1]);
		break;
	case RMM_CONSOLE_WRITE:
		console_write(x[1]);
		x[0] = 0;
		break;
	case RMM_PANIC:
		rmm_panic();
	default:
		x[0] = SMCCC_NOT_SUPPORTED;
	}
}

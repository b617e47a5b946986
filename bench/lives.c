// SPDX-License-Identifier: BSD-3-Clause
/*
 * Realms as a VMM makes them, by ioctls: whole lives, entries, faults.
 */
#include <string.h>

#include <linux/errno.h>

#include "bench/bench.h"
#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"
#include "tests/host/rig.h"

#define MIB 0x100000ull
#define SLOT_BASE 0x80000000ull
#define ENTRIES 2000
#define FAULTS 1000
#define HOST_CALL 0xc5000040u

static const u32 program_off[] = { PROGRAM_OFF };

/* A slot beside the one of the rig, with memory to copy from. */
struct slot {
	u64 size;
	int gmem;
	u8 *source;
};

static void slot_open(struct slot *slot, struct guest *guest, u64 size)
{
	struct kvm_create_guest_memfd create = { .size = size };
	struct kvm_userspace_memory_region2 region = {
		.slot = 1,
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = SLOT_BASE,
		.memory_size = size,
	};

	slot->size = size;
	slot->source = sim_kvm_mmap(-1, size);
	assert_non_null(slot->source);
	memset(slot->source, 0x5a, size);
	slot->gmem = SIM_IOCTL(guest->vm, KVM_CREATE_GUEST_MEMFD, &create);
	region.guest_memfd = slot->gmem;
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	assert_int_equal(guest_attributes(guest, SLOT_BASE, size,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
}

static void slot_populate(const struct slot *slot, struct guest *guest)
{
	struct kvm_arm_rmi_populate populate = {
		.base = SLOT_BASE,
		.size = slot->size,
		.source_uaddr = (uintptr_t)slot->source,
		.flags = KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};

	while (populate.size)
		assert_int_equal(SIM_IOCTL(guest->vm, KVM_ARM_RMI_POPULATE,
					   &populate), 0);
}

static void slot_close(struct slot *slot)
{
	assert_int_equal(sim_kvm_close(slot->gmem), 0);
	sim_kvm_munmap(slot->source, slot->size);
}

/* ---- Lives --------------------------------------------------------------- */

/* The image is in place before; making the realm until it is gone counts. */
static void life(struct sample *sample, u64 size)
{
	struct guest guest;
	struct slot slot;

	bench_start(sample);
	guest_load(&guest, program_off, sizeof(program_off));
	slot_open(&slot, &guest, size);
	slot_populate(&slot, &guest);
	guest_run_to_off(&guest);
	slot_close(&slot);
	guest_close(&guest);
	bench_stop(sample, 1);
}

void bench_life_1(struct sample *sample)
{
	life(sample, MIB);
}

void bench_life_16(struct sample *sample)
{
	life(sample, 16 * MIB);
}

void bench_populate(struct sample *sample)
{
	struct guest guest;
	struct slot slot;

	guest_load(&guest, program_off, sizeof(program_off));
	slot_open(&slot, &guest, 16 * MIB);
	bench_start(sample);
	slot_populate(&slot, &guest);
	bench_stop(sample, 16 * MIB / PAGE_SIZE);
	slot_close(&slot);
	guest_close(&guest);
}

/* ---- Entries ------------------------------------------------------------- */

/* RSI_HOST_CALL, again and again: to the VMM and back. */
static const u32 program_calls[] = {
	A64_SET(5, REALM_CALL_PAGE), A64_SET(6, HOST_CALL),
	A64_SET(0, 0xc4000199u), A64_MOV(1, 5),
	0xf90004a6u /* str x6, [x5, #8] */, A64_SMC, A64_B(-7),
};

static void open_caller(struct guest *guest)
{
	guest_load(guest, program_calls, sizeof(program_calls));
	assert_int_equal(guest_forward(guest, HOST_CALL, 1), 0);
	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_HYPERCALL);
}

void bench_enter_host_call(struct sample *sample)
{
	struct guest guest;
	unsigned int i;

	open_caller(&guest);
	bench_start(sample);
	for (i = 0; i < ENTRIES; i++)
		assert_int_equal(guest_run(&guest), 0);
	bench_stop(sample, ENTRIES);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_HYPERCALL);
	guest_close(&guest);
}

/* The call alone: an interrupt is there already, and the realm gets nowhere. */
void bench_enter_irq(struct sample *sample)
{
	struct guest guest;
	const struct realm_rec *rec;
	struct file *file;
	unsigned int i;

	open_caller(&guest);
	file = file_get(guest.vcpu);
	rec = &vcpu_of_file(file)->vcpu.arch.rec;
	machine_irq_raise(machine_cpu());
	bench_start(sample);
	for (i = 0; i < ENTRIES; i++)
		assert_int_equal(rmi_rec_enter(rec->page, rec->run_pa), 0);
	bench_stop(sample, ENTRIES);
	machine_irq_lower(machine_cpu());
	file_put(file);
	guest_close(&guest);
}

/* ---- Faults -------------------------------------------------------------- */

/* A store to where no slot is stops it before and after. */
static const u32 program_touch[] = {
	A64_SET(9, REALM_UART | REALM_SHARED_BIT), A64_STR_X(9, 9),
	A64_SET(5, SLOT_BASE), A64_SET(7, FAULTS),
	A64_LDR_X(8, 5, 0), 0x914004a5u /* add x5, x5, #0x1000 */,
	A64_SUB(7, 7, 1), A64_CBNZ(7, -3), A64_STR_X(9, 9), PROGRAM_OFF,
};

void bench_faults(struct sample *sample)
{
	struct guest guest;
	struct slot slot;

	guest_load(&guest, program_touch, sizeof(program_touch));
	slot_open(&slot, &guest, FAULTS * PAGE_SIZE);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	bench_start(sample);
	assert_int_equal(guest_run(&guest), 0);
	bench_stop(sample, FAULTS);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	guest_run_to_off(&guest);
	slot_close(&slot);
	guest_close(&guest);
}

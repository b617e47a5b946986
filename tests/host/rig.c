// SPDX-License-Identifier: BSD-3-Clause
/*
 * A machine with its kernel, and a VMM that makes small realms on it.
 */
#include "tests/host/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/conduit.h"

static char log_text[65536];
static char states[512];
static char ends[1024];
static struct sim_kvm_ledger at_start;
static bool running;

static void append(char *text, size_t size, const char *line, const char *end)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", line, end);
}

static void watch(void *context, enum sim_kvm_line kind, const char *line)
{
	if (kind == SIM_KVM_LOG)
		append(log_text, sizeof(log_text), line, "\n");
	else if (kind == SIM_KVM_REALM_STATE)
		append(states, sizeof(states), states[0] ? ", " : "", line);
	else if (kind == SIM_KVM_REALM_END)
		append(ends, sizeof(ends), ends[0] ? ", " : "", line);
}

void rig_prepare(const char *name, void (*change)(struct machine_conf *conf))
{
	static struct machine_conf conf;
	char err[256] = "";

	log_text[0] = states[0] = ends[0] = '\0';
	if (!machine_conf_load(name, &conf, err, sizeof(err)))
		fail_msg("%s", err);
	if (change)
		change(&conf);
	if (!machine_start(&conf, err, sizeof(err)))
		fail_msg("%s", err);
	running = true;
	sim_kvm_watch(watch, NULL);
}

void rig_boot(void)
{
	assert_true(sim_kvm_boot());
	sim_kvm_ledger(&at_start);
}

void rig_start(const char *name, void (*change)(struct machine_conf *conf))
{
	rig_prepare(name, change);
	rig_boot();
}

void rig_stop(void)
{
	if (!running)
		return;
	running = false;
	sim_kvm_shutdown();
	sim_kvm_watch(NULL, NULL);
	machine_stop();
}

int rig_setup(void **state)
{
	rig_start("rme", NULL);
	return 0;
}

int rig_teardown(void **state)
{
	rig_stop();
	return 0;
}

unsigned int rig_log_count(const char *text)
{
	const char *at = log_text;
	unsigned int count = 0;

	while ((at = strstr(at, text))) {
		at += strlen(text);
		count++;
	}
	return count;
}

const char *rig_ends(void)
{
	return ends;
}

const char *rig_states(void)
{
	return states;
}

void rig_fault(const char *spec)
{
	char err[256] = "";

	if (!conduit_fault_add(spec, err, sizeof(err)))
		fail_msg("%s", err);
}

u64 rig_calls(const char *command)
{
	struct conduit_stat stats[64];
	unsigned int i, count = conduit_stats(stats, 64);

	for (i = 0; i < count; i++) {
		if (!strcmp(stats[i].name, command))
			return stats[i].calls;
	}
	return 0;
}

struct rig_ledger rig_ledger(void)
{
	struct sim_kvm_ledger now;

	sim_kvm_ledger(&now);
	return (struct rig_ledger) {
		.in_use = now.pages_in_use - at_start.pages_in_use,
		.leaked = now.pages_leaked - at_start.pages_leaked,
		.warnings = now.warnings - at_start.warnings,
		.bad_edges = now.bad_edges - at_start.bad_edges,
	};
}

void rig_assert_accounted(void)
{
	struct rig_ledger ledger = rig_ledger();

	if (ledger.warnings || ledger.bad_edges)
		print_message("%s", log_text);
	assert_int_equal(ledger.warnings, 0);
	assert_int_equal(ledger.bad_edges, 0);
	assert_int_equal(ledger.in_use, ledger.leaked);
	assert_int_equal(machine_delegated(), ledger.leaked);
	assert_int_equal(machine_gpf_count(), 0);
}

void rig_assert_clean(void)
{
	rig_assert_accounted();
	assert_int_equal(rig_ledger().leaked, 0);
}

static void guest_set_slot(struct guest *guest)
{
	struct kvm_create_guest_memfd create = { .size = REALM_SIZE };
	struct kvm_userspace_memory_region2 region = {
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = REALM_BASE,
		.memory_size = REALM_SIZE,
	};

	guest->gmem = SIM_IOCTL(guest->vm, KVM_CREATE_GUEST_MEMFD, &create);
	assert_true(guest->gmem >= 0);
	guest->ram = sim_kvm_mmap(-1, REALM_SIZE);
	assert_non_null(guest->ram);
	region.guest_memfd = guest->gmem;
	region.userspace_addr = (uintptr_t)guest->ram;
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	assert_int_equal(guest_attributes(guest, REALM_BASE, REALM_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
}

void guest_add_vcpu(struct guest *guest, bool on)
{
	int *fd = &guest->vcpus[guest->cpus];
	struct kvm_vcpu_init init = {};

	assert_true(guest->cpus < GUEST_CPUS);
	*fd = SIM_IOCTL(guest->vm, KVM_CREATE_VCPU, guest->cpus++);
	assert_true(*fd >= 0);
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_ARM_PREFERRED_TARGET, &init),
			 0);
	init.features[0] = 1u << KVM_ARM_VCPU_PSCI_0_2;
	if (!on)
		init.features[0] |= 1u << KVM_ARM_VCPU_POWER_OFF;
	assert_int_equal(SIM_IOCTL(*fd, KVM_ARM_VCPU_INIT, &init), 0);
}

void guest_add_vcpu_off(struct guest *guest)
{
	guest_add_vcpu(guest, false);
}

bool guest_try_open(struct guest *guest)
{
	*guest = (struct guest) { .gic = -1 };
	guest->sys = sim_kvm_open();
	guest->vm = SIM_IOCTL(guest->sys, KVM_CREATE_VM,
			      KVM_VM_TYPE_ARM_REALM);
	if (guest->vm < 0) {
		sim_kvm_close(guest->sys);
		return false;
	}
	guest_set_slot(guest);
	guest_add_vcpu(guest, true);
	guest->vcpu = guest->vcpus[0];
	guest->run = sim_kvm_mmap(guest->vcpu, PAGE_SIZE);
	assert_non_null(guest->run);
	return true;
}

void guest_open(struct guest *guest)
{
	assert_true(guest_try_open(guest));
}

long guest_populate(struct guest *guest)
{
	struct kvm_arm_rmi_populate populate = {
		.base = REALM_BASE,
		.size = 2 * PAGE_SIZE,
		.source_uaddr = (uintptr_t)guest->ram,
		.flags = KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};
	long ret = 0;

	while (populate.size && !ret)
		ret = SIM_IOCTL(guest->vm, KVM_ARM_RMI_POPULATE, &populate);
	return ret;
}

void guest_program(struct guest *guest, const u32 *words, size_t size)
{
	memcpy(guest->ram, words, size);
	assert_int_equal(guest_populate(guest), 0);
	assert_int_equal(guest_set_reg(guest, KVM_REG_ARM64_CORE_PC,
				       REALM_BASE), 0);
}

void guest_load(struct guest *guest, const u32 *words, size_t size)
{
	guest_open(guest);
	guest_program(guest, words, size);
}

void guest_close(struct guest *guest)
{
	while (guest->cpus)
		assert_int_equal(sim_kvm_close(guest->vcpus[--guest->cpus]), 0);
	if (guest->gic >= 0)
		assert_int_equal(sim_kvm_close(guest->gic), 0);
	assert_int_equal(sim_kvm_close(guest->gmem), 0);
	assert_int_equal(sim_kvm_close(guest->vm), 0);
	assert_int_equal(sim_kvm_close(guest->sys), 0);
	sim_kvm_munmap(guest->ram, REALM_SIZE);
}

long guest_run(struct guest *guest)
{
	return SIM_IOCTL(guest->vcpu, KVM_RUN, 0);
}

void guest_run_to_off(struct guest *guest)
{
	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_SYSTEM_EVENT);
	assert_int_equal(guest->run->system_event.type,
			 KVM_SYSTEM_EVENT_SHUTDOWN);
}

long guest_attributes(struct guest *guest, u64 gpa, u64 size, u64 attributes)
{
	struct kvm_memory_attributes set = {
		.address = gpa,
		.size = size,
		.attributes = attributes,
	};

	return SIM_IOCTL(guest->vm, KVM_SET_MEMORY_ATTRIBUTES, &set);
}

long guest_set_reg(struct guest *guest, u64 id, u64 value)
{
	struct kvm_one_reg reg = { id, (uintptr_t)&value };

	return SIM_IOCTL(guest->vcpu, KVM_SET_ONE_REG, &reg);
}

u64 guest_get_reg(struct guest *guest, u64 id)
{
	u64 value = 0;
	struct kvm_one_reg reg = { id, (uintptr_t)&value };

	assert_int_equal(SIM_IOCTL(guest->vcpu, KVM_GET_ONE_REG, &reg), 0);
	return value;
}

long guest_forward(struct guest *guest, u32 base, u32 count)
{
	struct kvm_smccc_filter filter = {
		.base = base,
		.nr_functions = count,
		.action = KVM_SMCCC_FILTER_FWD_TO_USER,
	};
	struct kvm_device_attr attr = {
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = KVM_ARM_VM_SMCCC_FILTER,
		.addr = (uintptr_t)&filter,
	};

	return SIM_IOCTL(guest->vm, KVM_SET_DEVICE_ATTR, &attr);
}

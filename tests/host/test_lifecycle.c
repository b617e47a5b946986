// SPDX-License-Identifier: BSD-3-Clause
/*
 * A realm's life as a whole: in which orders its VMM may make it, what a start
 * that failed leaves, and the RMM's order at its end.
 */
#include <pthread.h>
#include <string.h>
#include <time.h>

#include <asm/kvm_rmi.h>
#include <linux/errno.h>

#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"
#include "tests/host/life.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

static const u32 off[] = { PROGRAM_OFF };

static void finish(struct guest *guest)
{
	guest_close(guest);
	rig_assert_clean();
}

/* ---- Orders -------------------------------------------------------------- */

/* A VMM's steps. guest_open() has done the slot and one vCPU. */
enum step { POPULATE, VCPU, PC, RUN };

static void take_step(struct guest *guest, enum step step, bool has_run)
{
	switch (step) {
	case POPULATE:
		memcpy(guest->ram, off, sizeof(off));
		assert_int_equal(guest_populate(guest), has_run ? -EBUSY : 0);
		break;
	case VCPU:
		if (has_run)
			assert_int_equal(SIM_IOCTL(guest->vm, KVM_CREATE_VCPU,
						   1), -EBUSY);
		else
			guest_add_vcpu_off(guest);
		break;
	case PC:
		assert_int_equal(guest_set_reg(guest, KVM_REG_ARM64_CORE_PC,
					       REALM_BASE),
				 has_run ? -EBUSY : 0);
		break;
	case RUN:
		guest->run->immediate_exit = 1;
		assert_int_equal(guest_run(guest), -EINTR);
		guest->run->immediate_exit = 0;
	}
}

/* In any order: the first run fixes what is there, and nothing else does. */
static void populate_order_matrix(void **state)
{
	struct guest guest;
	unsigned int order, left, skip, nth, i;
	bool has_run, done[4];

	for (order = 0; order < 24; order++) {
		guest_open(&guest);
		memset(done, 0, sizeof(done));
		has_run = false;
		for (nth = order, left = 4; left; left--) {
			skip = nth % left;
			nth /= left;
			for (i = 0; done[i] || skip; i++)
				skip -= !done[i];
			done[i] = true;
			take_step(&guest, i, has_run);
			has_run |= i == RUN;
		}
		finish(&guest);
	}
}

/* ---- Starts that fail ---------------------------------------------------- */

static u64 failing;

static bool fail_first(uint64_t x[SMC_REGS], u64 nth)
{
	return x[0] == failing && nth == 1 ? wire_answer(x, RMI_ERROR_INPUT) :
					     false;
}

/* RAM that comes after the realm was made. */
static int add_late_ram(struct guest *guest)
{
	struct kvm_create_guest_memfd create = { .size = 0x200000 };
	struct kvm_userspace_memory_region2 region = {
		.slot = 1,
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = 0x80000000,
		.memory_size = 0x200000,
	};

	region.guest_memfd = SIM_IOCTL(guest->vm, KVM_CREATE_GUEST_MEMFD,
				       &create);
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	return region.guest_memfd;
}

/* What fails once may be tried again, and then goes on where it ended. */
static void activate_retry(void **state)
{
	static const u32 fids[] = {
		SMC_RMI_RTT_INIT_RIPAS, SMC_RMI_GRANULE_RANGE_DELEGATE,
		SMC_RMI_REC_CREATE, SMC_RMI_REALM_ACTIVATE,
	};
	struct guest guest;
	int gmem;

	for (size_t i = 0; i < ARRAY_SIZE(fids); i++) {
		guest_open(&guest);
		guest_add_vcpu_off(&guest);
		guest_program(&guest, off, sizeof(off));
		gmem = add_late_ram(&guest);
		failing = fids[i];
		wire_start(fail_first);
		assert_true(guest_run(&guest) < 0);
		wire_stop();
		assert_string_equal(rig_states(), "NONE -> NEW");
		guest_run_to_off(&guest);
		sim_kvm_close(gmem);
		finish(&guest);
		rig_stop();
		rig_start("rme", NULL);
	}
}

/* A realm that was not made may be made later. */
static void create_retry(void **state)
{
	struct guest guest;

	rig_fault("REALM_CREATE#1=ERROR_INPUT");
	guest_open(&guest);
	memcpy(guest.ram, off, sizeof(off));
	assert_int_equal(guest_populate(&guest), -ENXIO);
	assert_string_equal(rig_states(), "");
	guest_program(&guest, off, sizeof(off));
	guest_run_to_off(&guest);
	finish(&guest);
}

/* ---- Two at once --------------------------------------------------------- */

static struct kvm *twice; /* the VM whose realm two threads make */
static pthread_t second;
static int second_said;

static void *make_too(void *context)
{
	second_said = kvm_create_realm(twice);
	return NULL;
}

/* While the first makes the realm, another wants it made. */
static bool make_meanwhile(uint64_t x[SMC_REGS], u64 nth)
{
	struct timespec moment = { .tv_nsec = 50000000 };

	if (x[0] == SMC_RMI_REALM_CREATE && nth == 1) {
		pthread_create(&second, NULL, make_too, NULL);
		nanosleep(&moment, NULL);
	}
	return false;
}

static void two_make_one_realm(void **state)
{
	struct guest guest;
	struct file *file;

	guest_open(&guest);
	file = file_get(guest.gmem);
	twice = &gmem_of_file(file)->vm->kvm;
	wire_start(make_meanwhile);
	assert_int_equal(kvm_create_realm(twice), 0);
	pthread_join(second, NULL);
	assert_int_equal(second_said, 0);
	assert_int_equal(wire_calls(SMC_RMI_REALM_CREATE), 1);
	wire_stop();
	file_put(file);
	finish(&guest);
}

/* ---- The end ------------------------------------------------------------- */

/* Calls of an end, each once for any number in a row. */
static u64 trace[64];
static unsigned int traced;

static bool record(uint64_t x[SMC_REGS], u64 nth)
{
	switch (x[0]) {
	case SMC_RMI_RTT_DATA_UNMAP:
	case SMC_RMI_RTT_UNPROT_UNMAP:
	case SMC_RMI_REC_DESTROY:
	case SMC_RMI_REALM_TERMINATE:
	case SMC_RMI_RTT_DESTROY:
	case SMC_RMI_REALM_DESTROY:
		if (!traced || trace[traced - 1] != x[0])
			trace[traced++] = x[0];
	}
	assert_in_range(traced, 0, ARRAY_SIZE(trace) - 1);
	return false;
}

/* Closes all but guest_memfd first: the realm has its memory to the end. */
static void close_with_memory(struct guest *guest)
{
	while (guest->cpus)
		sim_kvm_close(guest->vcpus[--guest->cpus]);
	sim_kvm_close(guest->vm);
	sim_kvm_close(guest->gmem);
	sim_kvm_close(guest->sys);
	sim_kvm_munmap(guest->ram, REALM_SIZE);
}

static void destroy_call_trace(void **state)
{
	static const u64 right[] = {
		SMC_RMI_RTT_DATA_UNMAP, SMC_RMI_REC_DESTROY,
		SMC_RMI_REALM_TERMINATE, SMC_RMI_RTT_DESTROY,
		SMC_RMI_REALM_DESTROY,
	};
	struct guest guest;

	guest_load(&guest, off, sizeof(off));
	guest_run_to_off(&guest);
	traced = 0;
	wire_start(record);
	close_with_memory(&guest);
	wire_stop();
	assert_int_equal(traced, ARRAY_SIZE(right));
	assert_memory_equal(trace, right, sizeof(right));
	rig_assert_clean();
}

static u64 destroyed[16]; /* tables */
static unsigned int tables;

static bool note_table(uint64_t x[SMC_REGS], u64 nth)
{
	unsigned int i;

	if (x[0] != SMC_RMI_RTT_DESTROY)
		return false;
	wire_pass(x);
	if (x[0])
		return true;
	for (i = 0; i < tables; i++)
		assert_true(destroyed[i] != x[1]);
	assert_in_range(tables, 0, ARRAY_SIZE(destroyed) - 1);
	destroyed[tables++] = x[1];
	return true;
}

/* Each table once, the realm once, and each granule comes back once. */
static void destroy_once(void **state)
{
	static const u32 program[] = {
		A64_SET(1, REALM_BASE + 0x201000), A64_STR_X(1, 1),
		A64_SET(1, (REALM_BASE + 0x3000) | REALM_SHARED_BIT),
		A64_STR_X(1, 1), PROGRAM_OFF,
	};
	struct guest guest;
	u64 created;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_attributes(&guest, REALM_BASE + 0x3000,
					  PAGE_SIZE, 0), 0);
	guest_run_to_off(&guest);
	created = rig_calls("RTT_CREATE");
	tables = 0;
	wire_start(note_table);
	guest_close(&guest);
	assert_int_equal(tables, created);
	assert_int_equal(wire_calls(SMC_RMI_REALM_DESTROY), 1);
	assert_int_equal(wire_calls(SMC_RMI_REALM_TERMINATE), 1);
	assert_int_equal(wire_calls(SMC_RMI_REC_DESTROY), 1);
	rig_assert_clean();
}

/* ---- All of it ----------------------------------------------------------- */

static bool ends_with(const char *text, const char *end)
{
	size_t size = strlen(text), part = strlen(end);

	return size >= part && !strcmp(text + size - part, end);
}

/* What KVM calls the state is what the RMM would. */
static bool check_state(uint64_t x[SMC_REGS], u64 nth)
{
	const char *states = rig_states();

	switch (x[0]) {
	case SMC_RMI_RTT_DATA_MAP_INIT:
	case SMC_RMI_RTT_INIT_RIPAS:
	case SMC_RMI_REC_CREATE:
	case SMC_RMI_REALM_ACTIVATE:
		assert_true(ends_with(states, "-> NEW"));
		break;
	case SMC_RMI_REC_ENTER:
	case SMC_RMI_RTT_SET_RIPAS:
	case SMC_RMI_RTT_UNPROT_MAP:
		assert_true(ends_with(states, "-> ACTIVE"));
		break;
	case SMC_RMI_REALM_TERMINATE:
		/* At boot it is a probe. */
		if (x[1])
			assert_true(ends_with(states, "-> DYING"));
		break;
	case SMC_RMI_RTT_DESTROY:
	case SMC_RMI_REALM_DESTROY:
		assert_true(ends_with(states, "-> DYING"));
	}
	return false;
}

static void state_mirror_rmm(void **state)
{
	wire_start(check_state);
	assert_true(life_live().off);
	wire_stop();
	assert_true(ends_with(rig_states(), "DYING -> DEAD"));
	rig_assert_clean();
}

static void vm_cycle_no_leak(void **state)
{
	struct guest guest;
	unsigned int i;

	for (i = 0; i < 1000; i++) {
		guest_load(&guest, off, sizeof(off));
		if (i % 10 == 0)
			guest_run_to_off(&guest);
		finish(&guest);
	}
}

static int teardown(void **state)
{
	wire_stop();
	rig_stop();
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(populate_order_matrix),
		TEST(activate_retry),
		TEST(create_retry),
		TEST(two_make_one_realm),
		TEST(destroy_call_trace),
		TEST(destroy_once),
		TEST(state_mirror_rmm),
		TEST(vm_cycle_no_leak),
	};

	return cmocka_run_group_tests_name("lifecycle", tests, NULL, NULL);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The end of a VM, at any point of its life and in any order of its
 * descriptors: everything comes back.
 */
#include <string.h>
#include <unistd.h>

#include <linux/errno.h>

#include "tests/host/crew.h"

#define UART (REALM_UART | REALM_SHARED_BIT)

/* How far the realm has come when its VMM stops. */
enum stage { OPENED, POPULATED, ACTIVE, IN_MMIO, IN_FAULT, OFF, STAGES };

static const u32 program[] = {
	A64_SET(1, UART), A64_STR_X(2, 1),
	A64_SET(1, REALM_BASE + 0x8000), A64_STR_X(2, 1),
	A64_SET(1, (REALM_BASE + 0x9000) | REALM_SHARED_BIT), A64_STR_X(2, 1),
	PROGRAM_OFF,
};

static void run_to(struct guest *guest, enum stage stage)
{
	guest_open(guest);
	guest_add_vcpu_off(guest);
	if (stage >= POPULATED)
		guest_program(guest, program, sizeof(program));
	if (stage >= ACTIVE) {
		guest->run->immediate_exit = 1;
		assert_int_equal(guest_run(guest), -EINTR);
		guest->run->immediate_exit = 0;
	}
	if (stage >= IN_MMIO)
		assert_int_equal(guest_run(guest), 0);
	if (stage >= IN_FAULT)
		assert_int_equal(guest_run(guest), -EFAULT);
	if (stage >= OFF) {
		assert_int_equal(guest_attributes(guest, REALM_BASE + 0x9000,
						  PAGE_SIZE, 0), 0);
		guest_run_to_off(guest);
	}
}

#define FDS 5 /* both vCPUs, guest_memfd, the VM, and the mapping */

static void close_nth(struct guest *guest, unsigned int n)
{
	const int fds[] = {
		guest->vcpus[0], guest->vcpus[1], guest->gmem, guest->vm,
	};

	if (n < ARRAY_SIZE(fds))
		assert_int_equal(sim_kvm_close(fds[n]), 0);
	else
		sim_kvm_munmap(guest->ram, REALM_SIZE);
}

/* Closes all, in the @nth of all orders. */
static void close_in_order(struct guest *guest, unsigned int nth)
{
	bool closed[FDS] = {};
	unsigned int left, skip, i;

	for (left = FDS; left; left--) {
		skip = nth % left;
		nth /= left;
		for (i = 0; closed[i] || skip; i++) {
			if (!closed[i])
				skip--;
		}
		closed[i] = true;
		close_nth(guest, i);
	}
	assert_int_equal(sim_kvm_close(guest->sys), 0);
}

static void all_orders_at_all_stages_lose_nothing(void **state)
{
	struct guest guest;
	unsigned int stage, order;

	for (stage = OPENED; stage < STAGES; stage++) {
		for (order = 0; order < 120; order++) {
			run_to(&guest, stage);
			close_in_order(&guest, order);
			rig_assert_clean();
		}
	}
}

static void a_closed_vm_still_runs(void **state)
{
	struct guest guest;

	run_to(&guest, IN_MMIO);
	assert_int_equal(sim_kvm_close(guest.vm), 0);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(sim_kvm_close(guest.gmem), 0);
	/* Its program was in there. */
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(sim_kvm_close(guest.vcpus[0]), 0);
	assert_int_equal(sim_kvm_close(guest.vcpus[1]), 0);
	assert_int_equal(sim_kvm_close(guest.sys), 0);
	sim_kvm_munmap(guest.ram, REALM_SIZE);
	rig_assert_clean();
}

static void a_vcpu_goes_on_after_a_pause(void **state)
{
	static const u32 counts[] = {
		A64_MOVZ(3, 0, 0), A64_SET(1, UART),
		A64_ADD(3, 3, 1), A64_STR_X(3, 1), A64_B(-2),
	};
	struct guest guest;
	u64 i, value;

	guest_load(&guest, counts, sizeof(counts));
	for (i = 1; i < 50; i++) {
		sim_kvm_kick(guest.vcpu);
		assert_int_equal(guest_run(&guest), -EINTR);
		assert_int_equal(guest_run(&guest), 0);
		memcpy(&value, guest.run->mmio.data, sizeof(value));
		assert_int_equal(value, i);
	}
	guest_close(&guest);
	rig_assert_clean();
}

/* Nothing is mapped where its vectors are: aborts, one after the other. */
static void a_realm_without_vectors_ends_by_kick(void **state)
{
	static const u32 jumps[] = { A64_SET(1, 0x1000), A64_BR(1) };
	struct guest guest;
	struct crew crew;

	guest_load(&guest, jumps, sizeof(jumps));
	crew_start(&crew, &guest);
	usleep(50000);
	crew_stop(&crew);
	assert_int_equal(crew.failed, 0);
	guest_close(&guest);
	rig_assert_clean();
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(all_orders_at_all_stages_lose_nothing),
		TEST(a_closed_vm_still_runs),
		TEST(a_vcpu_goes_on_after_a_pause),
		TEST(a_realm_without_vectors_ends_by_kick),
	};

	return cmocka_run_group_tests_name("teardown", tests, NULL, NULL);
}

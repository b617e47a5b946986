// SPDX-License-Identifier: BSD-3-Clause
/*
 * Blocks of memory that were populated page by page: the tables that it took
 * are the host's again, if the RMM agrees.
 */
#include <string.h>

#include <linux/errno.h>

#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define BLOCK 0x200000ull
#define BIG_BASE 0x80000000ull /* a second slot, of four blocks */
#define IMAGE_SIZE (3 * BLOCK) /* from its second page on */

static u64 folded[8];
static unsigned int folds;
static u64 said; /* by the RMM; 0: its own answer */

static bool note_fold(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_RTT_FOLD)
		return false;
	assert_true(folds < ARRAY_SIZE(folded));
	folded[folds++] = x[2];
	return said ? wire_answer(x, said) : false;
}

static int add_slot(struct guest *guest, u64 flags)
{
	struct kvm_create_guest_memfd create = {
		.size = 4 * BLOCK,
		.flags = flags,
	};
	struct kvm_userspace_memory_region2 region = {
		.slot = 1,
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = BIG_BASE,
		.memory_size = 4 * BLOCK,
	};

	region.guest_memfd = SIM_IOCTL(guest->vm, KVM_CREATE_GUEST_MEMFD,
				       &create);
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	assert_int_equal(guest_attributes(guest, BIG_BASE, 4 * BLOCK,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	return region.guest_memfd;
}

static void populate_image(struct guest *guest)
{
	u8 *image = sim_kvm_mmap(-1, IMAGE_SIZE);
	struct kvm_arm_rmi_populate populate = {
		.base = BIG_BASE + PAGE_SIZE,
		.size = IMAGE_SIZE,
		.source_uaddr = (uintptr_t)image,
	};

	memset(image + BLOCK + 4 * PAGE_SIZE, 0x5a, PAGE_SIZE);
	folds = 0;
	wire_start(note_fold);
	while (populate.size)
		assert_int_equal(SIM_IOCTL(guest->vm, KVM_ARM_RMI_POPULATE,
					   &populate), 0);
	wire_stop();
	sim_kvm_munmap(image, IMAGE_SIZE);
}

/* Loads from the page whose contents are known, twice. */
static const u32 program[] = {
	A64_SET(9, UART), A64_SET(5, BIG_BASE + BLOCK + 5 * 0x1000),
	A64_LDR_X(6, 5, 0), A64_STR_X(6, 9), A64_LDR_X(6, 5, 0),
	A64_STR_X(6, 9), PROGRAM_OFF,
};

static void assert_loads(struct guest *guest)
{
	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MMIO);
	assert_memory_equal(guest->run->mmio.data, "\x5a\x5a\x5a\x5a", 4);
}

/* Runs with it, also after a page of the block was taken. */
static void run_and_close(struct guest *guest, int gmem)
{
	guest_program(guest, program, sizeof(program));
	assert_loads(guest);
	assert_int_equal(guest_attributes(guest, BIG_BASE + BLOCK, PAGE_SIZE,
					  0), 0);
	assert_loads(guest);
	guest_run_to_off(guest);
	assert_int_equal(sim_kvm_close(gmem), 0);
	guest_close(guest);
	rig_assert_clean();
}

/* Two of the blocks are full, and it is these that are folded. */
static void full_blocks_are_folded(void **state)
{
	struct guest guest;
	int gmem;

	said = 0;
	guest_open(&guest);
	gmem = add_slot(&guest, KVM_GUEST_MEMFD_BLOCKS);
	populate_image(&guest);
	assert_int_equal(folds, 2);
	assert_int_equal(folded[0], BIG_BASE + BLOCK);
	assert_int_equal(folded[1], BIG_BASE + 2 * BLOCK);
	run_and_close(&guest, gmem);
}

static void pages_in_disorder_are_not_folded(void **state)
{
	struct guest guest;
	int gmem;

	said = 0;
	guest_open(&guest);
	gmem = add_slot(&guest, 0);
	populate_image(&guest);
	assert_int_equal(folds, 0);
	run_and_close(&guest, gmem);
}

static void a_refused_fold_changes_nothing(void **state)
{
	static const u64 answers[] = {
		RMI_RETURN(RMI_ERROR_RTT, 3), RMI_RETURN(RMI_ERROR_RTT, 2),
		RMI_ERROR_INPUT, RMI_ERROR_REALM, ~0ull,
	};
	struct guest guest;
	int gmem;

	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		said = answers[i];
		guest_open(&guest);
		gmem = add_slot(&guest, KVM_GUEST_MEMFD_BLOCKS);
		populate_image(&guest);
		assert_int_equal(folds, 2);
		run_and_close(&guest, gmem);
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
		TEST(full_blocks_are_folded),
		TEST(pages_in_disorder_are_not_folded),
		TEST(a_refused_fold_changes_nothing),
	};

	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Memory by blocks, by lists and in advance; and how many calls it takes.
 */
#include <string.h>
#include <unistd.h>

#include <linux/errno.h>

#include "sim/kernel/file.h"
#include "sim/kernel/pages.h"
#include "sim/kvm/vm.h"
#include "sim/machine/conduit.h"
#include "tests/host/rig.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define BLOCK 0x200000ull
#define GIB 0x40000000ull
#define BIG_BASE 0x80000000ull /* a second slot, aligned to 1 GiB */

/* Loads from [base, base + stride * count), then turns off. */
#define TOUCH(base, stride, count) \
	A64_SET(5, base), A64_SET(6, stride), A64_SET(7, count), \
	A64_LDR_X(8, 5, 0), 0x8b0600a5u /* add x5, x5, x6 */, \
	A64_SUB(7, 7, 1), A64_CBNZ(7, -3)

static void big_machine(struct machine_conf *conf)
{
	conf->ram[0].size = 3 * GIB;
}

static int setup_big(void **state)
{
	rig_start("rme", big_machine);
	return 0;
}

/* A second slot, of private memory without a shared alias. */
static int add_slot(struct guest *guest, u64 size, u64 flags)
{
	struct kvm_create_guest_memfd create = { .size = size, .flags = flags };
	struct kvm_userspace_memory_region2 region = {
		.slot = 1,
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = BIG_BASE,
		.memory_size = size,
	};

	region.guest_memfd = SIM_IOCTL(guest->vm, KVM_CREATE_GUEST_MEMFD,
				       &create);
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	assert_int_equal(guest_attributes(guest, BIG_BASE, size,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	return region.guest_memfd;
}

static long pre_fault(struct guest *guest, u64 gpa, u64 size)
{
	struct kvm_pre_fault_memory range = { .gpa = gpa, .size = size };
	long ret = SIM_IOCTL(guest->vcpu, KVM_PRE_FAULT_MEMORY, &range);

	if (!ret) {
		assert_int_equal(range.gpa, gpa + size);
		assert_int_equal(range.size, 0);
	}
	return ret;
}

static u64 calls_but_entries(void)
{
	return conduit_total() - rig_calls("REC_ENTER");
}

static void close_both(struct guest *guest, int gmem)
{
	assert_int_equal(sim_kvm_close(gmem), 0);
	guest_close(guest);
	rig_assert_clean();
}

/* ---- Faults -------------------------------------------------------------- */

static const u32 touch_pages[] = {
	A64_SET(9, UART), A64_STR_X(9, 9),
	TOUCH(BIG_BASE, 0x1000, 4), A64_SET(9, UART), A64_STR_X(9, 9),
	TOUCH(BIG_BASE + 0x4000, 0x1000, 100),
	PROGRAM_OFF,
};

static void a_fault_takes_two_calls(void **state)
{
	struct guest guest;
	u64 calls;
	int gmem;

	guest_open(&guest);
	gmem = add_slot(&guest, 2 * BLOCK, 0);
	guest_program(&guest, touch_pages, sizeof(touch_pages));
	assert_int_equal(guest_run(&guest), 0);
	calls = calls_but_entries();
	assert_int_equal(guest_run(&guest), 0);
	/* One of four finds a table missing: 1 more, and 2 for it. */
	assert_int_equal(calls_but_entries() - calls, 4 * 2 + 1 + 2);
	calls = calls_but_entries();
	guest_run_to_off(&guest);
	assert_int_equal(calls_but_entries() - calls, 100 * 2);
	close_both(&guest, gmem);
}

static void map_2m_one_call(void **state)
{
	static const u32 program[] = {
		A64_SET(9, UART), A64_STR_X(9, 9),
		TOUCH(BIG_BASE, 0x200000, 8), PROGRAM_OFF,
	};
	struct guest guest;
	u64 calls;
	int gmem;

	guest_open(&guest);
	gmem = add_slot(&guest, 8 * BLOCK, KVM_GUEST_MEMFD_BLOCKS);
	guest_program(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	calls = calls_but_entries();
	guest_run_to_off(&guest);
	assert_int_equal(calls_but_entries() - calls, 8 * 2);
	close_both(&guest, gmem);
}

/* The realm's view of a page of a block that the host took, and of the rest. */
static void a_block_is_split_where_a_page_is_taken(void **state)
{
	static const u32 program[] = {
		A64_SET(5, BIG_BASE + 0x1000), A64_SET(6, 0x55),
		A64_STR_X(6, 5),
		A64_SET(9, UART), A64_STR_X(9, 9),
		A64_LDR_X(6, 5, 0), A64_STR_X(6, 9),
		A64_SET(5, BIG_BASE + 0x3000), A64_LDR_X(6, 5, 0), PROGRAM_OFF,
	};
	struct guest guest;
	u64 value;
	int gmem;

	guest_open(&guest);
	gmem = add_slot(&guest, 8 * BLOCK, KVM_GUEST_MEMFD_BLOCKS);
	guest_program(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest_attributes(&guest, BIG_BASE + 0x3000, PAGE_SIZE,
					  0), 0);
	assert_int_equal(guest_run(&guest), 0);
	memcpy(&value, guest.run->mmio.data, sizeof(value));
	assert_int_equal(value, 0x55);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->memory_fault.gpa, BIG_BASE + 0x3000);
	close_both(&guest, gmem);
}

static void shared_thp_block(void **state)
{
	u64 gpa = REALM_BASE + BLOCK;
	const u32 program[] = {
		TOUCH(gpa | REALM_SHARED_BIT, 0x1000, 512),
		A64_SET(9, UART), A64_STR_X(9, 9),
		TOUCH((gpa + 0x5000) | REALM_SHARED_BIT, 0x1000, 1),
		PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_attributes(&guest, gpa, BLOCK, 0), 0);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	/* One that misses its table, and one that finds it. */
	assert_int_equal(rig_calls("RTT_UNPROT_MAP"), 2);
	assert_int_equal(guest_attributes(&guest, gpa + 0x5000, PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->memory_fault.gpa, gpa + 0x5000);
	assert_int_equal(guest_attributes(&guest, gpa + 0x5000, PAGE_SIZE, 0),
			 0);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

/* What is converted is exactly what was said: its neighbours stay. */
static void neighbours_of_what_is_converted_stay(void **state)
{
	static const u32 program[] = {
		TOUCH(BIG_BASE, 0x1000, 8), A64_SET(9, UART), A64_STR_X(9, 9),
		TOUCH(BIG_BASE, 0x1000, 3),
		TOUCH(BIG_BASE + 0x5000, 0x1000, 3), A64_STR_X(9, 9),
		TOUCH(BIG_BASE + 0x4000, 0x1000, 1), PROGRAM_OFF,
	};
	struct guest guest;
	u64 maps;
	int gmem;

	guest_open(&guest);
	gmem = add_slot(&guest, BLOCK, 0);
	guest_program(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest_attributes(&guest, BIG_BASE + 0x3000,
					  2 * PAGE_SIZE, 0), 0);
	maps = rig_calls("RTT_DATA_MAP");
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(rig_calls("RTT_DATA_MAP"), maps);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->memory_fault.gpa, BIG_BASE + 0x4000);
	close_both(&guest, gmem);
}

/* A table is left where all was taken by pages; the next block goes there. */
static void a_block_goes_where_a_table_is(void **state)
{
	static const u32 program[] = {
		TOUCH(BIG_BASE, 0x200000, 1), A64_SET(9, UART), A64_STR_X(9, 9),
		TOUCH(BIG_BASE, 0x200000, 1), PROGRAM_OFF,
	};
	struct guest guest;
	int gmem;

	guest_open(&guest);
	gmem = add_slot(&guest, 8 * BLOCK, KVM_GUEST_MEMFD_BLOCKS);
	guest_program(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest_attributes(&guest, BIG_BASE + 0x3000, PAGE_SIZE,
					  0), 0);
	assert_int_equal(guest_attributes(&guest, BIG_BASE, BLOCK, 0), 0);
	assert_int_equal(guest_attributes(&guest, BIG_BASE, BLOCK,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	/* Mapped, and DESTROYED. */
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->memory_fault.gpa, BIG_BASE);
	close_both(&guest, gmem);
}

/* ---- In advance ---------------------------------------------------------- */

static void load_to_uart(struct guest *guest, u64 size, u64 flags, int *gmem)
{
	static const u32 program[] = {
		A64_SET(9, UART), A64_STR_X(9, 9),
		TOUCH(BIG_BASE, 0x1000, 512), PROGRAM_OFF,
	};

	guest_open(guest);
	*gmem = add_slot(guest, size, flags);
	guest_program(guest, program, sizeof(program));
	assert_int_equal(guest_run(guest), 0);
}

static void a_gigabyte_in_blocks_takes_16_calls(void **state)
{
	struct guest guest;
	u64 calls;
	int gmem;

	load_to_uart(&guest, GIB, KVM_GUEST_MEMFD_BLOCKS, &gmem);
	calls = conduit_total();
	assert_int_equal(pre_fault(&guest, BIG_BASE, GIB), 0);
	print_message("1 GiB in blocks: %llu calls\n",
		      (unsigned long long)conduit_total() - calls);
	assert_true(conduit_total() - calls <= 16);
	guest_run_to_off(&guest);
	close_both(&guest, gmem);
}

static u64 next_random(u64 *seed)
{
	*seed = *seed * 6364136223846793005ull + 1442695040888963407ull;
	return *seed >> 33;
}

/* Makes the pages of a file those of one piece of memory, in disorder. */
static void shuffle(int fd, u64 size)
{
	struct file *file = file_get(fd);
	phys_addr_t *page = gmem_of_file(file)->memory.page;
	u64 count = size / PAGE_SIZE, seed = 1, i, j;
	phys_addr_t pool = pages_alloc(count, 1), swap;

	assert_true(pool != PAGES_NONE);
	for (i = 0; i < count; i++)
		page[i] = pool + i * PAGE_SIZE;
	for (i = count - 1; i; i--) {
		j = next_random(&seed) % (i + 1);
		swap = page[i];
		page[i] = page[j];
		page[j] = swap;
	}
	file_put(file);
}

/* Of 1,600 for 1 GiB: pages in disorder go back singly, which takes long. */
#define DISORDER (GIB / 8)
#define DISORDER_CALLS (1600 / 8)

static void pages_in_disorder_go_by_lists(void **state)
{
	struct guest guest;
	u64 calls;
	int gmem;

	load_to_uart(&guest, DISORDER, 0, &gmem);
	shuffle(gmem, DISORDER);
	calls = conduit_total();
	assert_int_equal(pre_fault(&guest, BIG_BASE, DISORDER), 0);
	print_message("1 GiB / 8 in disorder: %llu calls\n",
		      (unsigned long long)conduit_total() - calls);
	assert_true(conduit_total() - calls <= DISORDER_CALLS);
	guest_run_to_off(&guest);
	close_both(&guest, gmem);
}

static void what_is_there_already_is_passed_over(void **state)
{
	struct guest guest;
	int gmem;

	load_to_uart(&guest, 8 * BLOCK, 0, &gmem);
	assert_int_equal(pre_fault(&guest, BIG_BASE + 0x3000, PAGE_SIZE), 0);
	assert_int_equal(pre_fault(&guest, BIG_BASE, 4 * BLOCK), 0);
	assert_int_equal(pre_fault(&guest, BIG_BASE, 4 * BLOCK), 0);
	guest_run_to_off(&guest);
	close_both(&guest, gmem);
}

static void what_cannot_be_given_is_refused(void **state)
{
	struct guest guest;
	int gmem;

	load_to_uart(&guest, BLOCK, 0, &gmem);
	assert_int_equal(pre_fault(&guest, BIG_BASE + 1, PAGE_SIZE), -EINVAL);
	assert_int_equal(pre_fault(&guest, BIG_BASE, 0), -EINVAL);
	assert_int_equal(pre_fault(&guest, -PAGE_SIZE, 2 * PAGE_SIZE), -EINVAL);
	assert_int_equal(pre_fault(&guest, REALM_SHARED_BIT - PAGE_SIZE,
				   2 * PAGE_SIZE), -EINVAL);
	assert_int_equal(pre_fault(&guest, 0x1000, PAGE_SIZE), -EFAULT);
	assert_int_equal(guest_attributes(&guest, BIG_BASE, PAGE_SIZE, 0), 0);
	assert_int_equal(pre_fault(&guest, BIG_BASE, PAGE_SIZE), -EFAULT);
	close_both(&guest, gmem);
}

static void a_failing_map_gives_all_back(void **state)
{
	static const char *const specs[] = {
		"RTT_DATA_MAP#1=ERROR_INPUT", "RTT_DATA_MAP#2=ERROR_INPUT",
		"RTT_CREATE#4=ERROR_INPUT",
		"GRANULE_RANGE_DELEGATE=ERROR_INPUT",
	};
	struct guest guest;
	int gmem;

	for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
		load_to_uart(&guest, 8 * BLOCK, 0, &gmem);
		rig_fault(specs[i]);
		pre_fault(&guest, BIG_BASE, 8 * BLOCK);
		close_both(&guest, gmem);
		rig_stop();
		rig_start("rme", NULL);
	}
}

/* ---- Before it runs ------------------------------------------------------ */

/* From REALM_CREATE to ACTIVATE, with a measured image of 16 MiB. */
static void sixteen_megabytes_take_40_calls_besides_one_a_page(void **state)
{
	const u64 size = 16 << 20;
	struct kvm_arm_rmi_populate populate = {
		.base = BIG_BASE,
		.size = size,
		.flags = KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};
	struct guest guest;
	u64 calls;
	int gmem;
	void *image;

	guest_open(&guest);
	gmem = add_slot(&guest, 4 * size, 0);
	image = sim_kvm_mmap(-1, size);
	populate.source_uaddr = (uintptr_t)image;
	calls = conduit_total();
	while (populate.size)
		assert_int_equal(SIM_IOCTL(guest.vm, KVM_ARM_RMI_POPULATE,
					   &populate), 0);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_PC, BIG_BASE),
			 0);
	guest.run->immediate_exit = 1;
	assert_int_equal(guest_run(&guest), -EINTR);
	calls = conduit_total() - calls - size / PAGE_SIZE;
	print_message("16 MiB measured: %llu other calls\n",
		      (unsigned long long)calls);
	assert_true(calls <= 40);
	sim_kvm_munmap(image, size);
	close_both(&guest, gmem);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)
#define TEST_BIG(name) \
	cmocka_unit_test_setup_teardown(name, setup_big, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_fault_takes_two_calls),
		TEST(map_2m_one_call),
		TEST(a_block_is_split_where_a_page_is_taken),
		TEST(shared_thp_block),
		TEST(neighbours_of_what_is_converted_stay),
		TEST(a_block_goes_where_a_table_is),
		TEST_BIG(a_gigabyte_in_blocks_takes_16_calls),
		TEST_BIG(pages_in_disorder_go_by_lists),
		TEST(what_is_there_already_is_passed_over),
		TEST(what_cannot_be_given_is_refused),
		TEST(a_failing_map_gives_all_back),
		TEST(sixteen_megabytes_take_40_calls_besides_one_a_page),
	};

	return cmocka_run_group_tests_name("blocks", tests, NULL, NULL);
}

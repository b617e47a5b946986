// SPDX-License-Identifier: BSD-3-Clause
/*
 * The vGICv3: interrupts of timers, of other vCPUs and of the VMM, and the
 * registers by which a realm chooses them.
 */
#include <string.h>
#include <unistd.h>

#include <linux/errno.h>

#include "abi/psci.h"
#include "sim/kvm/vm.h"
#include "tests/host/crew.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define DIST 0x08000000ull
#define REDIST 0x080a0000ull
#define D(offset) ((DIST + (offset)) | REALM_SHARED_BIT)
#define R(cpu, offset) \
	((REDIST + (cpu) * GICR_SIZE + (offset)) | REALM_SHARED_BIT)
#define SGI_FRAME 0x10000

#define VECTORS (REALM_BASE + 0x800)
#define IRQ_VECTOR (VECTORS + 0x280) /* from EL1 with its own stack pointer */
#define SECOND (REALM_BASE + PAGE_SIZE)

#define REPORT(reg) A64_SET(9, UART), A64_STR_X(reg, 9)
#define STORE32(addr, value) \
	A64_SET(1, addr), A64_SET(2, value), A64_STR_W(2, 1)
#define LOAD32(addr) A64_SET(1, addr), A64_LDR_W(3, 1), REPORT(3)

#define VBAR(t) A64_MSR(0, 12, 0, 0, t)
#define ICC_PMR(t) A64_MSR(0, 4, 6, 0, t)
#define ICC_IGRPEN1(t) A64_MSR(0, 12, 12, 7, t)
#define ICC_IAR1(t) A64_MRS(0, 12, 12, 0, t)
#define ICC_EOIR1(t) A64_MSR(0, 12, 12, 1, t)
#define ICC_SGI1R(t) A64_MSR(0, 12, 11, 5, t)
#define CNTVCT(t) A64_MRS(3, 14, 0, 2, t)
#define CNTV_CVAL(t) A64_MSR(3, 14, 3, 2, t)
#define CNTV_CTL(t) A64_MSR(3, 14, 3, 1, t)

/* Vectors, the CPU interface, and interrupt @bit of the vCPU's own. */
#define SETUP(cpu, bit) \
	A64_SET(1, VECTORS), VBAR(1), A64_SET(1, 0xff), ICC_PMR(1), \
	A64_SET(1, 1), ICC_IGRPEN1(1), STORE32(D(0), 2), \
	STORE32(R(cpu, SGI_FRAME + 0x100), 1u << (bit))

#define SLEEP A64_IRQ_ON, A64_WFI, A64_B(-1)

/* Says which, ends it, and says what is next. */
static const u32 handler[] = {
	ICC_IAR1(10), REPORT(10), A64_MOVZ(11, 0, 0), CNTV_CTL(11),
	ICC_EOIR1(10), ICC_IAR1(10), REPORT(10), PROGRAM_OFF,
};

static long set_attr(int fd, u32 group, u64 attr, const void *value)
{
	struct kvm_device_attr set = {
		.group = group,
		.attr = attr,
		.addr = (uintptr_t)value,
	};

	return SIM_IOCTL(fd, KVM_SET_DEVICE_ATTR, &set);
}

static void add_gic(struct guest *guest)
{
	struct kvm_create_device create = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	u64 dist = DIST, redist = REDIST;

	assert_int_equal(SIM_IOCTL(guest->vm, KVM_CREATE_DEVICE, &create), 0);
	guest->gic = create.fd;
	assert_int_equal(set_attr(guest->gic, KVM_DEV_ARM_VGIC_GRP_ADDR,
				  KVM_VGIC_V3_ADDR_TYPE_DIST, &dist), 0);
	assert_int_equal(set_attr(guest->gic, KVM_DEV_ARM_VGIC_GRP_ADDR,
				  KVM_VGIC_V3_ADDR_TYPE_REDIST, &redist), 0);
	assert_int_equal(set_attr(guest->gic, KVM_DEV_ARM_VGIC_GRP_CTRL,
				  KVM_DEV_ARM_VGIC_CTRL_INIT, NULL), 0);
}

static void load(struct guest *guest, unsigned int cpus, const u32 *first,
		 size_t first_size, const u32 *second, size_t second_size)
{
	guest_open(guest);
	while (--cpus)
		guest_add_vcpu_off(guest);
	add_gic(guest);
	assert_true(first_size <= VECTORS - REALM_BASE);
	memcpy(guest->ram, first, first_size);
	memcpy(guest->ram + (IRQ_VECTOR - REALM_BASE), handler,
	       sizeof(handler));
	memcpy(guest->ram + (SECOND - REALM_BASE), second, second_size);
	assert_int_equal(guest_populate(guest), 0);
	assert_int_equal(guest_set_reg(guest, KVM_REG_ARM64_CORE_PC,
				       REALM_BASE), 0);
}

#define LOAD(guest, first) load(guest, 1, first, sizeof(first), first, 0)

static void finish(struct guest *guest)
{
	guest_close(guest);
	rig_assert_clean();
}

static void a_timer_wakes_a_sleeper(void **state)
{
	static const u32 program[] = {
		SETUP(0, INTID_PPI_CNTV), CNTVCT(1), A64_ADD(1, 1, 0xfff),
		CNTV_CVAL(1), A64_MOVZ(1, 1, 0), CNTV_CTL(1), SLEEP,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, program);
	crew_run(&crew, &guest);
	assert_int_equal(crew.values, 2);
	assert_int_equal(crew.value[0], INTID_PPI_CNTV);
	assert_int_equal(crew.value[1], 1023);
	finish(&guest);
}

static void a_timer_ends_cpu_suspend(void **state)
{
	static const u32 program[] = {
		SETUP(0, INTID_PPI_CNTV), CNTVCT(1), A64_ADD(1, 1, 0xfff),
		CNTV_CVAL(1), A64_MOVZ(1, 1, 0), CNTV_CTL(1),
		A64_SET(0, PSCI_64(PSCI_CPU_SUSPEND)), A64_MOVZ(1, 0, 0),
		A64_SMC, A64_ADD(0, 0, 0x200), REPORT(0), A64_IRQ_ON,
		A64_B_SELF,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, program);
	crew_run(&crew, &guest);
	assert_int_equal(crew.value[0], 0x200 + PSCI_SUCCESS);
	assert_int_equal(crew.value[1], INTID_PPI_CNTV);
	finish(&guest);
}

static void a_timer_ends_a_loop(void **state)
{
	static const u32 program[] = {
		SETUP(0, INTID_PPI_CNTV), CNTVCT(1), A64_ADD(1, 1, 0xfff),
		CNTV_CVAL(1), A64_MOVZ(1, 1, 0), CNTV_CTL(1), A64_IRQ_ON,
		A64_B_SELF,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, program);
	crew_run(&crew, &guest);
	assert_int_equal(crew.value[0], INTID_PPI_CNTV);
	finish(&guest);
}

static void an_interrupt_that_is_off_does_not_come(void **state)
{
	static const u32 program[] = {
		SETUP(0, INTID_PPI_CNTV), STORE32(R(0, SGI_FRAME + 0x180),
						  1u << INTID_PPI_CNTV),
		CNTVCT(1), CNTV_CVAL(1), A64_MOVZ(1, 1, 0), CNTV_CTL(1),
		REPORT(1), SLEEP,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, program);
	crew_start(&crew, &guest);
	crew_wait(&crew, 1);
	usleep(100000); /* it sleeps by now, and has nothing to wake it */
	crew_stop(&crew);
	assert_int_equal(crew.values, 1);
	finish(&guest);
}

static void a_vcpu_interrupts_another(void **state)
{
	static const u32 first[] = {
		A64_SET(0, PSCI_64(PSCI_CPU_ON)), A64_SET(1, 1),
		A64_SET(2, SECOND), A64_SMC, A64_SET(1, 5u << 24 | 1u << 1),
		ICC_SGI1R(1), A64_WFI, A64_B(-1),
	};
	static const u32 second[] = { SETUP(1, 5), SLEEP };
	struct guest guest;
	struct crew crew;

	load(&guest, 2, first, sizeof(first), second, sizeof(second));
	crew_run(&crew, &guest);
	assert_int_equal(crew.value[0], 5);
	finish(&guest);
}

static void a_vcpu_interrupts_all_but_itself(void **state)
{
	static const u32 first[] = {
		SETUP(0, 5), A64_IRQ_ON,
		A64_SET(0, PSCI_64(PSCI_CPU_ON)), A64_SET(1, 1),
		A64_SET(2, SECOND), A64_SMC,
		A64_SET(1, 5ull << 24 | 1ull << 40),
		ICC_SGI1R(1), A64_WFI, A64_B(-1),
	};
	/* Waits with its interrupts off, then asks which. */
	static const u32 second[] = {
		SETUP(1, 5), A64_WFI, ICC_IAR1(10), A64_ADD(10, 10, 0x100),
		REPORT(10), PROGRAM_OFF,
	};
	struct guest guest;
	struct crew crew;

	load(&guest, 2, first, sizeof(first), second, sizeof(second));
	crew_run(&crew, &guest);
	assert_int_equal(crew.values, 1);
	assert_int_equal(crew.value[0], 0x105);
	finish(&guest);
}

static long irq_line(struct guest *guest, u32 type, u32 cpu, u32 intid,
		     u32 level)
{
	struct kvm_irq_level line = {
		.irq = type << KVM_ARM_IRQ_TYPE_SHIFT |
		       cpu << KVM_ARM_IRQ_VCPU_SHIFT | intid,
		.level = level,
	};

	return SIM_IOCTL(guest->vm, KVM_IRQ_LINE, &line);
}

#define SPI 40

static void the_vmm_interrupts_by_a_line(void **state)
{
	static const u32 program[] = {
		SETUP(0, 5), STORE32(D(0x104), 1u << (SPI - 32)),
		A64_SET(1, D(0x6000 + 8 * SPI)), A64_MOVZ(2, 0, 0),
		A64_STR_X(2, 1), REPORT(1), SLEEP,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, program);
	crew_start(&crew, &guest);
	while (!crew_is_off(&crew)) {
		irq_line(&guest, KVM_ARM_IRQ_TYPE_SPI, 0, SPI, 1);
		usleep(10000);
	}
	crew_stop(&crew);
	/* By level: it is there again as soon as it has ended. */
	assert_int_equal(crew.value[1], SPI);
	assert_int_equal(crew.value[2], SPI);
	finish(&guest);
}

/* More than there are list registers: all come, the most urgent first. */
static void all_of_many_come_by_priority(void **state)
{
	static const u32 program[] = {
		SETUP(0, 0), STORE32(R(0, SGI_FRAME + 0x100), 0xff),
		STORE32(R(0, SGI_FRAME + 0x400), 0x40506070),
		STORE32(R(0, SGI_FRAME + 0x404), 0x00102030),
		A64_SET(1, 1), A64_MOVZ(4, 8, 0),
		/* SGI x3 to itself, for 0 to 7 */
		A64_MOVZ(3, 0, 0), 0xd3689c65u /* lsl x5, x3, #24 */,
		0xaa0100a5u /* orr x5, x5, x1 */, ICC_SGI1R(5),
		A64_ADD(3, 3, 1), A64_SUB(4, 4, 1), A64_CBNZ(4, -5),
		A64_MOVZ(4, 8, 0),
		ICC_IAR1(10), REPORT(10), ICC_EOIR1(10), A64_SUB(4, 4, 1),
		A64_CBNZ(4, -8), PROGRAM_OFF,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, program);
	crew_run(&crew, &guest);
	assert_int_equal(crew.values, 8);
	for (unsigned int i = 0; i < 8; i++)
		assert_int_equal(crew.value[i], 7 - i);
	finish(&guest);
}

static void registers_read_as_they_should(void **state)
{
	static const u32 program[] = {
		LOAD32(D(0x4)), LOAD32(D(0xffe8)), LOAD32(R(0, 0xffe8)),
		LOAD32(R(0, 0x8)), LOAD32(R(0, 0xc)), LOAD32(R(1, 0x8)),
		LOAD32(R(1, 0xc)), LOAD32(R(0, 0x14)),
		STORE32(R(0, 0x14), 0), LOAD32(R(0, 0x14)),
		STORE32(R(0, SGI_FRAME + 0x404), 0x12345678),
		LOAD32(R(0, SGI_FRAME + 0x404)), LOAD32(D(0x404)),
		STORE32(R(0, SGI_FRAME + 0xc00), 0),
		LOAD32(R(0, SGI_FRAME + 0xc00)),
		STORE32(D(0xc08), 0xffffffff), LOAD32(D(0xc08)),
		LOAD32(D(0x120)), LOAD32(D(0)), PROGRAM_OFF,
	};
	static const u64 values[] = {
		1 | 9 << 19, 0x30, 0x30, 0, 0, 1 << 8 | 1 << 4, 1, 6, 0,
		0x10305078, 0, 0xaaaaaaaa, 0xaaaaaaaa, 0, 0x50,
	};
	struct guest guest;
	struct crew crew;

	load(&guest, 2, program, sizeof(program), program, 0);
	crew_run(&crew, &guest);
	assert_int_equal(crew.values, ARRAY_SIZE(values));
	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		assert_int_equal(crew.value[i], values[i]);
	finish(&guest);
}

static void check_addr(const struct guest *guest, u64 type, const u64 *addr,
		       long error)
{
	assert_int_equal(set_attr(guest->gic, KVM_DEV_ARM_VGIC_GRP_ADDR, type,
				  addr), error);
}

static void check_irqs(const struct guest *guest, u32 irqs, long error)
{
	assert_int_equal(set_attr(guest->gic, KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0,
				  &irqs), error);
}

static void open_without_attributes(struct guest *guest)
{
	struct kvm_create_device create = { .type = 5 };

	guest_open(guest);
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_CREATE_DEVICE, &create),
			 -ENODEV);
	create.type = KVM_DEV_TYPE_ARM_VGIC_V3;
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_CREATE_DEVICE, &create), 0);
	guest->gic = create.fd;
	assert_int_equal(SIM_IOCTL(guest->vm, KVM_CREATE_DEVICE, &create),
			 -EEXIST);
}

static void a_device_is_set_up_in_order(void **state)
{
	const u64 dist = DIST, odd = DIST + 0x1000, high = REALM_SHARED_BIT;
	const u64 type = KVM_VGIC_V3_ADDR_TYPE_DIST;
	struct guest guest;

	open_without_attributes(&guest);
	assert_int_equal(guest_populate(&guest), 0);
	assert_int_equal(guest_run(&guest), -EBUSY);
	assert_int_equal(set_attr(guest.gic, 77, 0, &dist), -ENXIO);
	check_addr(&guest, 0, &dist, -ENXIO);
	check_addr(&guest, type, NULL, -EFAULT);
	check_addr(&guest, type, &odd, -EINVAL);
	check_addr(&guest, type, &high, -E2BIG);
	check_addr(&guest, type, &dist, 0);
	check_addr(&guest, type, &dist, -EEXIST);
	check_irqs(&guest, 32, -EINVAL);
	check_irqs(&guest, 2048, -EINVAL);
	check_irqs(&guest, 65, -EINVAL);
	check_irqs(&guest, 96, 0);
	check_irqs(&guest, 96, -EBUSY);
	assert_int_equal(set_attr(guest.gic, KVM_DEV_ARM_VGIC_GRP_CTRL, 9,
				  NULL), -ENXIO);
	finish(&guest);
}

static void a_device_comes_before_the_first_run(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct kvm_create_device create = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	guest_run_to_off(&guest);
	assert_int_equal(SIM_IOCTL(guest.vm, KVM_CREATE_DEVICE, &create),
			 -EBUSY);
	finish(&guest);
}

static void a_line_has_to_be_there(void **state)
{
	static const struct {
		u32 type, cpu, intid;
		long error;
	} rows[] = {
		{ 0, 0, SPI, -EINVAL },
		{ KVM_ARM_IRQ_TYPE_SPI, 0, 31, -EINVAL },
		{ KVM_ARM_IRQ_TYPE_SPI, 0, 64, -EINVAL },
		{ KVM_ARM_IRQ_TYPE_PPI, 0, 15, -EINVAL },
		{ KVM_ARM_IRQ_TYPE_PPI, 7, 20, -EINVAL },
		{ KVM_ARM_IRQ_TYPE_PPI, 0, 20, 0 },
		{ KVM_ARM_IRQ_TYPE_SPI, 0, 63, 0 },
	};
	struct guest guest;

	open_without_attributes(&guest);
	assert_int_equal(irq_line(&guest, KVM_ARM_IRQ_TYPE_SPI, 0, SPI, 1),
			 -ENXIO);
	assert_int_equal(set_attr(guest.gic, KVM_DEV_ARM_VGIC_GRP_CTRL,
				  KVM_DEV_ARM_VGIC_CTRL_INIT, NULL), 0);
	assert_int_equal(SIM_IOCTL(guest.vm, KVM_CREATE_VCPU, 1), -EBUSY);
	assert_int_equal(guest_run(&guest), -ENXIO);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(irq_line(&guest, rows[i].type, rows[i].cpu,
					  rows[i].intid, 1), rows[i].error);
	finish(&guest);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_timer_wakes_a_sleeper),
		TEST(a_timer_ends_cpu_suspend),
		TEST(a_timer_ends_a_loop),
		TEST(an_interrupt_that_is_off_does_not_come),
		TEST(a_vcpu_interrupts_another),
		TEST(a_vcpu_interrupts_all_but_itself),
		TEST(the_vmm_interrupts_by_a_line),
		TEST(all_of_many_come_by_priority),
		TEST(registers_read_as_they_should),
		TEST(a_device_is_set_up_in_order),
		TEST(a_device_comes_before_the_first_run),
		TEST(a_line_has_to_be_there),
	};

	return cmocka_run_group_tests_name("vgic", tests, NULL, NULL);
}

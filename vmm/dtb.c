// SPDX-License-Identifier: BSD-3-Clause
/*
 * The device tree of a realm: memory, CPUs, PSCI by SMC, the console; the
 * interrupt controller and the timers that need it; files of the host.
 */
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "abi/gic.h"
#include "vmm/dtb.h"

#define CLOCK_PHANDLE 1
#define GIC_PHANDLE 2
#define CLOCK_HZ 24000000

/* Cells of an interrupt: kind, number within it, trigger. */
#define IRQ_PPI 1
#define PPI_FIRST 16 /* INTID of PPI 0 */
#define IRQ_LEVEL_HIGH 4

/* Of the Secure world's timer, which stands first in the list. */
#define PPI_CNTPS 29

#define ADD_STRING(fdt, name, text) \
	fdt_property(fdt, name, text, sizeof(text))

/* An address and a size, two cells each. */
static int add_reg(void *fdt, u64 base, u64 size)
{
	fdt64_t reg[2] = { cpu_to_fdt64(base), cpu_to_fdt64(size) };

	return fdt_property(fdt, "reg", reg, sizeof(reg));
}

/* As libfdt does, these return 0 if all went well. */
static int add_root(void *fdt, const struct layout *layout)
{
	if (fdt_begin_node(fdt, "") ||
	    (layout->gic &&
	     fdt_property_u32(fdt, "interrupt-parent", GIC_PHANDLE)))
		return -1;
	return fdt_property_u32(fdt, "#address-cells", 2) ||
	       fdt_property_u32(fdt, "#size-cells", 2) ||
	       ADD_STRING(fdt, "compatible", "linux,dummy-virt") ||
	       ADD_STRING(fdt, "model", "ccakit realm");
}

static int add_chosen(void *fdt, const char *uart)
{
	char path[40];

	snprintf(path, sizeof(path), "/%s", uart);
	return fdt_begin_node(fdt, "chosen") ||
	       fdt_property_string(fdt, "stdout-path", path) ||
	       fdt_end_node(fdt);
}

static int add_memory(void *fdt, const struct layout *layout)
{
	char name[32];

	snprintf(name, sizeof(name), "memory@%llx", RAM_BASE);
	return fdt_begin_node(fdt, name) ||
	       ADD_STRING(fdt, "device_type", "memory") ||
	       add_reg(fdt, RAM_BASE, layout->ram_size) || fdt_end_node(fdt);
}

/* A CPU's reg is the MPIDR that its REC is created with. */
static int add_cpu(void *fdt, u64 mpidr)
{
	char name[32];

	snprintf(name, sizeof(name), "cpu@%llx", (unsigned long long)mpidr);
	return fdt_begin_node(fdt, name) ||
	       ADD_STRING(fdt, "device_type", "cpu") ||
	       ADD_STRING(fdt, "compatible", "arm,armv8") ||
	       fdt_property_u32(fdt, "reg", (u32)mpidr) ||
	       ADD_STRING(fdt, "enable-method", "psci") || fdt_end_node(fdt);
}

static int add_cpus(void *fdt, const struct layout *layout)
{
	if (fdt_begin_node(fdt, "cpus") ||
	    fdt_property_u32(fdt, "#address-cells", 1) ||
	    fdt_property_u32(fdt, "#size-cells", 0))
		return -1;
	for (unsigned int i = 0; i < layout->cpus; i++)
		if (add_cpu(fdt, layout_mpidr(i)))
			return -1;
	return fdt_end_node(fdt);
}

static int add_psci(void *fdt)
{
	return fdt_begin_node(fdt, "psci") ||
	       ADD_STRING(fdt, "compatible", "arm,psci-1.0\0arm,psci-0.2") ||
	       ADD_STRING(fdt, "method", "smc") || fdt_end_node(fdt);
}

/* Its clock is what a driver asks for to compute a baud rate. */
static int add_clock(void *fdt)
{
	return fdt_begin_node(fdt, "clock") ||
	       ADD_STRING(fdt, "compatible", "fixed-clock") ||
	       fdt_property_u32(fdt, "#clock-cells", 0) ||
	       fdt_property_u32(fdt, "clock-frequency", CLOCK_HZ) ||
	       fdt_property_u32(fdt, "phandle", CLOCK_PHANDLE) ||
	       fdt_end_node(fdt);
}

static int add_uart(void *fdt, const char *name, u64 base)
{
	fdt32_t clocks[2] = { cpu_to_fdt32(CLOCK_PHANDLE),
			      cpu_to_fdt32(CLOCK_PHANDLE) };

	return fdt_begin_node(fdt, name) ||
	       ADD_STRING(fdt, "compatible", "arm,pl011\0arm,primecell") ||
	       add_reg(fdt, base, PL011_SIZE) ||
	       fdt_property(fdt, "clocks", clocks, sizeof(clocks)) ||
	       ADD_STRING(fdt, "clock-names", "uartclk\0apb_pclk") ||
	       fdt_end_node(fdt);
}

/* A redistributor for each CPU. */
static int add_gic(void *fdt, const struct layout *layout)
{
	u64 dist = layout_shared(layout) | GIC_DIST_BASE;
	fdt64_t reg[4] = {
		cpu_to_fdt64(dist),
		cpu_to_fdt64(GIC_DIST_SIZE),
		cpu_to_fdt64(layout_shared(layout) | GIC_REDIST_BASE),
		cpu_to_fdt64(layout->cpus * GIC_REDIST_SIZE),
	};
	char name[32];

	snprintf(name, sizeof(name), "intc@%llx", (unsigned long long)dist);
	return fdt_begin_node(fdt, name) ||
	       ADD_STRING(fdt, "compatible", "arm,gic-v3") ||
	       fdt_property(fdt, "reg", reg, sizeof(reg)) ||
	       fdt_property(fdt, "interrupt-controller", NULL, 0) ||
	       fdt_property_u32(fdt, "#interrupt-cells", 3) ||
	       fdt_property_u32(fdt, "phandle", GIC_PHANDLE) ||
	       fdt_end_node(fdt);
}

/* Secure physical (which no realm has), physical, virtual. */
static int add_timer(void *fdt)
{
	static const u32 intids[] = { PPI_CNTPS, INTID_PPI_CNTP,
				      INTID_PPI_CNTV };
	fdt32_t cells[9];

	for (int i = 0; i < 3; i++) {
		cells[3 * i] = cpu_to_fdt32(IRQ_PPI);
		cells[3 * i + 1] = cpu_to_fdt32(intids[i] - PPI_FIRST);
		cells[3 * i + 2] = cpu_to_fdt32(IRQ_LEVEL_HIGH);
	}
	return fdt_begin_node(fdt, "timer") ||
	       ADD_STRING(fdt, "compatible", "arm,armv8-timer") ||
	       fdt_property(fdt, "interrupts", cells, sizeof(cells)) ||
	       fdt_property(fdt, "always-on", NULL, 0) || fdt_end_node(fdt);
}

/* Not what is in it, nor its name: that is the host's, and not measured. */
static int add_share(void *fdt, const struct layout *layout,
		     const struct layout_share *share)
{
	u64 base = layout_shared(layout) | share->ipa;
	char name[32];

	snprintf(name, sizeof(name), "file@%llx", (unsigned long long)base);
	return fdt_begin_node(fdt, name) ||
	       ADD_STRING(fdt, "compatible", "ccakit,shared-file") ||
	       add_reg(fdt, base, share->size) || fdt_end_node(fdt);
}

static int add_devices(void *fdt, const struct layout *layout)
{
	if (layout->gic && (add_gic(fdt, layout) || add_timer(fdt)))
		return -1;
	for (unsigned int i = 0; i < layout->share_count; i++)
		if (add_share(fdt, layout, &layout->shares[i]))
			return -1;
	return 0;
}

static int add_nodes(void *fdt, const struct layout *layout)
{
	u64 uart = layout_shared(layout) | PL011_BASE;
	char name[32];

	snprintf(name, sizeof(name), "pl011@%llx", (unsigned long long)uart);
	return add_root(fdt, layout) || add_chosen(fdt, name) ||
	       add_memory(fdt, layout) || add_cpus(fdt, layout) ||
	       add_psci(fdt) || add_clock(fdt) || add_uart(fdt, name, uart) ||
	       add_devices(fdt, layout) || fdt_end_node(fdt);
}

bool dtb_build(const struct layout *layout, void *blob, struct err *err)
{
	u32 size;

	memset(blob, 0, DTB_SIZE);
	if (fdt_create(blob, DTB_SIZE) || fdt_finish_reservemap(blob) ||
	    add_nodes(blob, layout) || fdt_finish(blob))
		return err_set(err, "the device tree is larger than 0x%llx",
			       DTB_SIZE);

	/* libfdt leaves its scratch area behind the tree as it was. */
	size = fdt_totalsize(blob);
	memset((char *)blob + size, 0, DTB_SIZE - size);
	return true;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The device tree of a realm: memory, one CPU, PSCI by SMC, the console. No
 * interrupt controller and no timer, since a realm has none yet.
 */
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "vmm/dtb.h"

#define CLOCK_PHANDLE 1
#define CLOCK_HZ 24000000

#define ADD_STRING(fdt, name, text) \
	fdt_property(fdt, name, text, sizeof(text))

/* An address and a size, two cells each. */
static int add_reg(void *fdt, u64 base, u64 size)
{
	fdt64_t reg[2] = { cpu_to_fdt64(base), cpu_to_fdt64(size) };

	return fdt_property(fdt, "reg", reg, sizeof(reg));
}

/* As libfdt does, these return 0 if all went well. */
static int add_root(void *fdt)
{
	return fdt_begin_node(fdt, "") ||
	       fdt_property_u32(fdt, "#address-cells", 2) ||
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

/* The CPU's reg is the MPIDR that its REC was created with. */
static int add_cpus(void *fdt)
{
	return fdt_begin_node(fdt, "cpus") ||
	       fdt_property_u32(fdt, "#address-cells", 1) ||
	       fdt_property_u32(fdt, "#size-cells", 0) ||
	       fdt_begin_node(fdt, "cpu@0") ||
	       ADD_STRING(fdt, "device_type", "cpu") ||
	       ADD_STRING(fdt, "compatible", "arm,armv8") ||
	       fdt_property_u32(fdt, "reg", 0) ||
	       ADD_STRING(fdt, "enable-method", "psci") || fdt_end_node(fdt) ||
	       fdt_end_node(fdt);
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

static int add_nodes(void *fdt, const struct layout *layout)
{
	u64 uart = layout_shared(layout) | PL011_BASE;
	char name[32];

	snprintf(name, sizeof(name), "pl011@%llx", (unsigned long long)uart);
	return add_root(fdt) || add_chosen(fdt, name) ||
	       add_memory(fdt, layout) || add_cpus(fdt) || add_psci(fdt) ||
	       add_clock(fdt) || add_uart(fdt, name, uart) || fdt_end_node(fdt);
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

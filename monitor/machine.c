/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RAM and CPUs out of the device tree.
 */
#include "monitor/machine.h"

#include "monitor/console.h"
#include "monitor/fdt.h"
#include "monitor/layout.h"
#include "monitor/panic.h"

#define DEPTH_ROOT 0
#define DEPTH_MEMORY 1
#define DEPTH_CPU 2
#define REG_ENTRY 16 /* two cells of address, two of size */

struct machine machine;

/* QEMU's root always has two cells for each; more is not this machine. */
static void check_root(const struct fdt *fdt, const struct fdt_node *node)
{
	struct fdt_value address, size;

	if (!fdt_property(fdt, node, "#address-cells", &address) ||
	    !fdt_property(fdt, node, "#size-cells", &size) ||
	    address.size != 4 || fdt_u32(&address, 0) != 2 || size.size != 4 ||
	    fdt_u32(&size, 0) != 2)
		panic("device tree: the root has not two address, size cells");
}

/* NUMA machines have several nodes, one behind the other. */
static void add_memory(uint64_t base, uint64_t size)
{
	if (base != machine.ram_end || size > UINT64_MAX - base) {
		say("monitor: RAM at %x does not follow on %x: not used", base,
		    machine.ram_end);
		return;
	}
	machine.ram_end += size;
}

static void probe_memory(const struct fdt *fdt, const struct fdt_node *node)
{
	struct fdt_value reg;

	if (!fdt_property(fdt, node, "reg", &reg) || reg.size % REG_ENTRY)
		panic("device tree: a memory node without a proper reg");
	for (uint32_t at = 0; at < reg.size; at += REG_ENTRY)
		add_memory(fdt_u64(&reg, at), fdt_u64(&reg, at + 8));
}

/* QEMU also lists secure SRAM, with status "disabled" for this reason. */
static bool available(const struct fdt *fdt, const struct fdt_node *node)
{
	struct fdt_value status;

	return !fdt_property(fdt, node, "status", &status) ||
	       fdt_is(fdt, node, "status", "okay");
}

static void probe_node(const struct fdt *fdt, const struct fdt_node *node)
{
	if (node->depth == DEPTH_ROOT)
		check_root(fdt, node);
	else if (node->depth == DEPTH_MEMORY &&
		 fdt_is(fdt, node, "device_type", "memory") &&
		 available(fdt, node))
		probe_memory(fdt, node);
	else if (node->depth == DEPTH_CPU &&
		 fdt_is(fdt, node, "device_type", "cpu") &&
		 machine.cpus < CPUS_MAX)
		machine.cpus++;
}

void machine_probe(void)
{
	struct fdt fdt;
	struct fdt_node node = { 0 };

	machine.ram_end = DRAM_BASE;
	if (!fdt_open(&fdt, (const void *)DTB_BASE, DTB_LIMIT))
		panic("no device tree at the start of RAM");
	while (fdt_next(&fdt, &node))
		probe_node(&fdt, &node);
	if (machine.ram_end <= NS_BASE || machine.cpus == 0)
		panic("device tree: no CPU, or no RAM past the carve-out");
}

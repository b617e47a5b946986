/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RAM and CPUs out of the device tree.
 */
#include "monitor/machine.h"

#include <libfdt.h>

#include "monitor/console.h"
#include "monitor/layout.h"
#include "monitor/panic.h"

struct machine machine;

static const void *const dtb = (const void *)DTB_BASE;

/* libfdt comes as Debian builds it, and that is with a stack protector. */
const uint64_t __stack_chk_guard = 0x5ca1ab1e0ddba11ull;

_Noreturn void __stack_chk_fail(void);
_Noreturn void __stack_chk_fail(void)
{
	panic("libfdt wrote past its stack frame");
}

/* The node of this type after @node, -1 being before the first; else < 0. */
static int next_of_type(const char *type, int node)
{
	return fdt_node_offset_by_prop_value(dtb, node, "device_type", type,
					     (int)strlen(type) + 1);
}

/* QEMU also lists secure SRAM, with status "disabled" for this reason. */
static bool available(int node)
{
	const char *status = fdt_getprop(dtb, node, "status", NULL);

	return !status || strcmp(status, "okay") == 0;
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

/* Two cells of address and two of size, as QEMU always has them. */
static void probe_memory(int node)
{
	int size;
	const fdt64_t *reg = fdt_getprop(dtb, node, "reg", &size);
	const int entry = 2 * sizeof(*reg);

	if (!reg || size % entry)
		panic("device tree: a memory node without a proper reg");
	for (; size; size -= entry, reg += 2)
		add_memory(fdt64_ld(&reg[0]), fdt64_ld(&reg[1]));
}

void machine_probe(void)
{
	machine.ram_end = DRAM_BASE;
	if (fdt_check_full(dtb, DTB_LIMIT))
		panic("no device tree at the start of RAM");
	for (int node = -1; (node = next_of_type("memory", node)) >= 0;)
		if (available(node))
			probe_memory(node);
	for (int node = -1; (node = next_of_type("cpu", node)) >= 0;)
		if (machine.cpus < CPUS_MAX)
			machine.cpus++;
	if (machine.ram_end <= NS_BASE || machine.cpus == 0)
		panic("device tree: no CPU, or no RAM past the carve-out");
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the realm code needs of the kernel's memory and scheduler
 * (linux/arch/arm64/kvm/rmi_env.h); what it needs of KVM is in sim/kvm/env.c.
 */
#include <sched.h>

#include <linux/errno.h>

#include "linux/arch/arm64/kvm/rmi_env.h"
#include "sim/kernel/pages.h"
#include "sim/kernel/user.h"
#include "sim/machine/machine.h"

phys_addr_t rmi_env_alloc_pages(unsigned int order)
{
	return pages_alloc(1ull << order, 1ull << order);
}

void rmi_env_get_pages(phys_addr_t base, phys_addr_t top)
{
	pages_get(base, top);
}

void rmi_env_put_pages(phys_addr_t base, phys_addr_t top)
{
	pages_put(base, top);
}

void *rmi_env_va(phys_addr_t pa)
{
	return machine_host_view(pa);
}

bool rmi_env_ram(unsigned int n, phys_addr_t *base, phys_addr_t *top)
{
	const struct machine_conf *conf = machine_conf();

	if (n >= conf->ram_count)
		return false;
	*base = conf->ram[n].base;
	*top = conf->ram[n].base + conf->ram[n].size;
	return true;
}

/* An interrupt has no handler here: who raised it looks elsewhere, too. */
void rmi_env_yield(void)
{
	machine_irq_lower(machine_cpu());
	sched_yield();
}

int rmi_env_source_page(u64 uaddr, phys_addr_t *pa)
{
	return user_page(uaddr, pa) ? 0 : -EFAULT;
}

/* The VMM's mappings hold their pages. */
void rmi_env_put_source(phys_addr_t pa)
{
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel around the realm code: pages, RAM, time for others.
 */
#include <linux/gfp.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "rmi_env.h"

phys_addr_t rmi_env_alloc_pages(unsigned int order)
{
	struct page *page;

	/* A large block is a wish: whoever asks has a way with small ones. */
	page = alloc_pages(GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN,
			   order);
	if (!page)
		return RMI_NO_PAGE;
	split_page(page, order);
	return page_to_phys(page);
}

void rmi_env_get_pages(phys_addr_t base, phys_addr_t top)
{
	for (; base < top; base += PAGE_SIZE)
		get_page(phys_to_page(base));
}

void rmi_env_put_pages(phys_addr_t base, phys_addr_t top)
{
	for (; base < top; base += PAGE_SIZE)
		put_page(phys_to_page(base));
}

void *rmi_env_va(phys_addr_t pa)
{
	return phys_to_virt(pa);
}

/* What firmware keeps from the kernel's map is no RAM of ours. */
bool rmi_env_ram(unsigned int n, phys_addr_t *base, phys_addr_t *top)
{
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range(i, &start, &end) {
		start = PAGE_ALIGN(start);
		end = PAGE_ALIGN_DOWN(end);
		if (start >= end)
			continue;
		if (n--)
			continue;
		*base = start;
		*top = end;
		return true;
	}
	return false;
}

void rmi_env_yield(void)
{
	cond_resched();
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Much memory at once: given to the RMM in the order of physical addresses, in
 * which few ranges name all of it, and mapped in the order of the realm's, by
 * blocks where there are any, else by lists.
 */
#include "rmi_internal.h"

#define BLOCK_PAGES (rtt_entry_size(RTT_LEVEL_BLOCK) / PAGE_SIZE)

/* A page that the RMM did not take: it is given by itself. */
#define PAGE_LEFT_OUT RMI_ADDR_RANGE_UNDELEGATED

/* If it does not take so many, the rest is given one by one, too. */
#define LEFT_OUT_MAX 8

/**
 * struct batch - pages for [@ipa, @ipa + @count pages) of a realm
 * @pages: an address range each, in the realm's order
 * @sorted: the same, by address
 * @list: where the RMM finds @pages
 * @order: of either
 * @by_pages: no blocks, since there are tables already
 */
struct batch {
	u64 ipa;
	u64 count;
	u64 *pages;
	u64 *sorted;
	phys_addr_t list;
	unsigned int order;
	bool by_pages;
};

static phys_addr_t page_of(u64 range)
{
	return range & RMI_ADDR_RANGE_ADDR;
}

/* As large as @pages need, or as there is memory for. */
static int batch_alloc(struct batch *batch, u64 pages)
{
	u64 bytes = min_t(u64, pages * sizeof(u64),
			  PAGE_SIZE << (RMI_ENV_MAX_ORDER - 1));
	unsigned int order = 0;

	while ((PAGE_SIZE << order) < bytes)
		order++;
	do {
		batch->order = order;
		batch->list = rmi_env_alloc_pages(order + 1);
	} while (batch->list == RMI_NO_PAGE && order--);
	if (batch->list == RMI_NO_PAGE)
		return -ENOMEM;
	batch->pages = rmi_env_va(batch->list);
	batch->sorted = rmi_env_va(batch->list + (PAGE_SIZE << batch->order));
	return 0;
}

static void batch_free(const struct batch *batch)
{
	rmi_env_put_pages(batch->list,
			  batch->list + (PAGE_SIZE << (batch->order + 1)));
}

/* Pages from @ipa on; an error counts only if there is none. */
static int batch_collect(struct batch *batch, struct kvm *kvm, u64 ipa, u64 top)
{
	u64 room = (PAGE_SIZE << batch->order) / sizeof(u64);
	phys_addr_t pa;
	int ret = 0;

	batch->ipa = ipa;
	batch->count = 0;
	batch->by_pages = false;
	for (; ipa < top && batch->count < room; ipa += PAGE_SIZE) {
		if (rmi_env_backing(kvm, ipa) != RMI_BACKING_PRIVATE)
			ret = -EFAULT;
		else
			ret = rmi_env_private_page(kvm, ipa, &pa);
		if (ret)
			break;
		batch->pages[batch->count++] =
			pa | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1);
	}
	return batch->count ? 0 : ret;
}

static int page_compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* Pages from @pages on that lie one behind the other. */
static u64 run_length(const u64 *pages, u64 count)
{
	u64 run = 1;

	while (run < count && pages[run] == pages[0] + run * PAGE_SIZE)
		run++;
	return run;
}

/* The host's again: pages from the @n-th on, as far as they were given. */
static void batch_undelegate(const struct batch *batch, u64 n)
{
	const u64 *pages = batch->pages;
	u64 run;

	for (; n < batch->count; n += run) {
		run = 1;
		if (pages[n] & PAGE_LEFT_OUT)
			continue;
		run = run_length(pages + n, batch->count - n);
		rmi_undelegate(page_of(pages[n]),
			       page_of(pages[n]) + run * PAGE_SIZE);
	}
}

/* Pages in [@base, @top) were not delegated. */
static void batch_leave_out(struct batch *batch, phys_addr_t base,
			    phys_addr_t top)
{
	u64 n;

	for (n = 0; n < batch->count; n++) {
		if (page_of(batch->pages[n]) >= base &&
		    page_of(batch->pages[n]) < top)
			batch->pages[n] |= PAGE_LEFT_OUT;
	}
}

/* Whatever the RMM takes: some may be the realm's already. */
static void batch_delegate(struct batch *batch)
{
	u64 *pages = batch->sorted;
	unsigned int left_out = 0;
	phys_addr_t pa, top;
	u64 done, run;

	memcpy(pages, batch->pages, batch->count * sizeof(*pages));
	sort(pages, batch->count, sizeof(*pages), page_compare, NULL);
	for (done = 0; done < batch->count; done += run) {
		run = run_length(pages + done, batch->count - done);
		pa = page_of(pages[done]);
		top = pa + run * PAGE_SIZE;
		while (pa < top && left_out < LEFT_OUT_MAX) {
			pa = rmi_delegate_some(pa, top);
			if (pa == top)
				break;
			batch_leave_out(batch, pa, pa + PAGE_SIZE);
			pa += PAGE_SIZE;
			left_out++;
		}
		batch_leave_out(batch, pa, top);
	}
}

/* Pages from the @n-th on that make up whole blocks. */
static u64 batch_blocks(const struct batch *batch, u64 n)
{
	u64 size = rtt_entry_size(RTT_LEVEL_BLOCK);
	u64 run;

	if (batch->by_pages ||
	    !IS_ALIGNED(batch->ipa + n * PAGE_SIZE, size) ||
	    !IS_ALIGNED(page_of(batch->pages[n]), size))
		return 0;
	run = run_length(batch->pages + n, batch->count - n);
	return ALIGN_DOWN(run, BLOCK_PAGES);
}

/* Pages from the @n-th on that were given, to the end of the table at most. */
static u64 batch_list(const struct batch *batch, u64 n)
{
	u64 ipa = batch->ipa + n * PAGE_SIZE;
	u64 room = BLOCK_PAGES - (ipa / PAGE_SIZE) % BLOCK_PAGES;
	u64 count = 1;

	room = min(room, batch->count - n);
	while (count < room && !(batch->pages[n + count] & PAGE_LEFT_OUT))
		count++;
	return count;
}

/* How many pages from the @n-th on can be mapped together, and how. */
static u64 batch_piece(const struct batch *batch, u64 n, struct realm_map *map)
{
	u64 count = batch_blocks(batch, n);
	u64 ipa = batch->ipa + n * PAGE_SIZE;

	*map = (struct realm_map) {
		.private = true,
		.base = ipa,
		.pa = page_of(batch->pages[n]),
		.list = RMI_NO_PAGE,
		.level = RTT_LEVEL_BLOCK,
	};
	if (!count) {
		count = batch_list(batch, n);
		map->list = batch->list + n * sizeof(u64);
		map->level = RTT_LEVEL_LAST;
	}
	map->top = ipa + count * PAGE_SIZE;
	return count;
}

/* Tables that pages want, if none is there. */
static u64 batch_tables(const struct batch *batch)
{
	struct realm_map map;
	u64 n, tables = 0;

	for (n = 0; n < batch->count;) {
		n += batch_piece(batch, n, &map);
		tables += map.level == RTT_LEVEL_LAST;
	}
	return tables;
}

/* Maps some pages from the @n-th on; returns how many are done by @count. */
static int batch_map_piece(struct realm *realm, struct batch *batch, u64 n,
			   u64 *count)
{
	struct realm_map map;
	int ret;

	if (batch->pages[n] & PAGE_LEFT_OUT) {
		ret = realm_map_private(realm, batch->ipa + n * PAGE_SIZE,
					page_of(batch->pages[n]),
					RTT_LEVEL_LAST);
		*count = !ret;
		return ret;
	}

	batch_piece(batch, n, &map);
	ret = realm_map(realm, &map);
	*count = (map.done - map.base) / PAGE_SIZE;
	realm->data += *count;
	if (ret != -EEXIST)
		return ret;
	if (map.level == RTT_LEVEL_LAST) {
		n += *count;
		rmi_undelegate(page_of(batch->pages[n]),
			       page_of(batch->pages[n]) + PAGE_SIZE);
		batch->pages[n] |= PAGE_LEFT_OUT;
	}
	batch->by_pages = true;
	return 0;
}

static int batch_give(struct realm *realm, struct batch *batch, u64 *done)
{
	u64 count;
	int ret = 0;

	batch_delegate(batch);
	realm_rtt_reserve(realm, batch_tables(batch));
	for (*done = 0; *done < batch->count && !ret; *done += count)
		ret = batch_map_piece(realm, batch, *done, &count);
	realm_rtt_unreserve(realm);
	batch_undelegate(batch, *done);
	return ret;
}

static int batch_next(struct kvm *kvm, struct batch *batch, u64 *gpa, u64 *size)
{
	struct realm *realm = &kvm->arch.realm;
	int ret = -ENXIO;
	u64 done = 0;

	mutex_lock(&realm->lock);
	if (kvm_realm_state(kvm) == REALM_STATE_NEW ||
	    kvm_realm_state(kvm) == REALM_STATE_ACTIVE)
		ret = batch_collect(batch, kvm, *gpa, *gpa + *size);
	if (!ret)
		ret = batch_give(realm, batch, &done);
	mutex_unlock(&realm->lock);
	*gpa += done * PAGE_SIZE;
	*size -= done * PAGE_SIZE;
	return ret;
}

/**
 * kvm_realm_pre_fault() - give a realm private memory before it asks for it
 * @kvm: a realm's VM, in state NEW or ACTIVE
 * @gpa: where; moved on behind what is done
 * @size: how much; what is done is taken from it
 *
 * Return: 0 if all is done. Else -EINVAL: not aligned or outside the protected
 * half; -EFAULT: not guest_memfd, or not private; -ENXIO: the realm is in
 * another state, or the RMM refuses; -ENOMEM; -EAGAIN.
 */
int kvm_realm_pre_fault(struct kvm *kvm, u64 *gpa, u64 *size)
{
	struct batch batch;
	int ret;

	if (!PAGE_ALIGNED(*gpa | *size) || *gpa + *size < *gpa ||
	    *gpa + *size > kvm_realm_shared_bit(kvm))
		return -EINVAL;
	ret = batch_alloc(&batch, *size / PAGE_SIZE);
	if (ret)
		return ret;
	while (*size && !ret)
		ret = batch_next(kvm, &batch, gpa, size);
	batch_free(&batch);
	return ret;
}

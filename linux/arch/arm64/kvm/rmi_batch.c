// SPDX-License-Identifier: GPL-2.0-only
/*
 * Much memory at once: given to the RMM in the order of physical addresses, in
 * which few ranges name all of it, and mapped in the order of the realm's, by
 * blocks where there are any, else by lists.
 */
#include "rmi_internal.h"

#define BLOCK_PAGES (rtt_entry_size(RTT_LEVEL_BLOCK) / PAGE_SIZE)

/**
 * struct batch - pages for [@ipa, @ipa + @count pages) of a realm
 * @pages: an address range each, in the realm's order
 * @sorted: the same, by address
 * @list: where the RMM finds @pages
 * @order: of either
 */
struct batch {
	u64 ipa;
	u64 count;
	u64 *pages;
	u64 *sorted;
	phys_addr_t list;
	unsigned int order;
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

/* The host's again: those of @pages that are not mapped. */
static void batch_undelegate(const u64 *pages, u64 count)
{
	u64 run;

	for (; count; pages += run, count -= run) {
		run = run_length(pages, count);
		rmi_undelegate(page_of(*pages),
			       page_of(*pages) + run * PAGE_SIZE);
	}
}

/* All of it, or nothing and -EBUSY: some is the realm's already. */
static int batch_delegate(struct batch *batch)
{
	u64 *pages = batch->sorted;
	u64 done, run;
	phys_addr_t pa;

	memcpy(pages, batch->pages, batch->count * sizeof(*pages));
	sort(pages, batch->count, sizeof(*pages), page_compare, NULL);
	for (done = 0; done < batch->count; done += run) {
		run = run_length(pages + done, batch->count - done);
		pa = page_of(pages[done]);
		if (rmi_try_delegate(pa, pa + run * PAGE_SIZE)) {
			batch_undelegate(pages, done);
			return -EBUSY;
		}
	}
	return 0;
}

/* Pages from the @n-th on that make up whole blocks. */
static u64 batch_blocks(const struct batch *batch, u64 n)
{
	u64 size = rtt_entry_size(RTT_LEVEL_BLOCK);
	u64 run;

	if (!IS_ALIGNED(batch->ipa + n * PAGE_SIZE, size) ||
	    !IS_ALIGNED(page_of(batch->pages[n]), size))
		return 0;
	run = run_length(batch->pages + n, batch->count - n);
	return ALIGN_DOWN(run, BLOCK_PAGES);
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
		/* Up to where the table ends. */
		count = BLOCK_PAGES - (ipa / PAGE_SIZE) % BLOCK_PAGES;
		count = min(count, batch->count - n);
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

static int batch_map(struct realm *realm, const struct batch *batch, u64 *done)
{
	struct realm_map map;
	u64 count;
	int ret = 0;

	realm_rtt_reserve(realm, batch_tables(batch));
	for (*done = 0; *done < batch->count && !ret; *done += count) {
		count = batch_piece(batch, *done, &map);
		ret = realm_map(realm, &map);
		count = (map.done - map.base) / PAGE_SIZE;
	}
	realm_rtt_unreserve(realm);
	realm->data += *done;
	return ret;
}

/* A page at a time, past those that are mapped. */
static int batch_map_singly(struct realm *realm, const struct batch *batch,
			    u64 *done)
{
	int ret = 0;

	for (; *done < batch->count; ++*done) {
		ret = realm_map_private(realm,
					batch->ipa + *done * PAGE_SIZE,
					page_of(batch->pages[*done]),
					RTT_LEVEL_LAST);
		if (ret)
			break;
	}
	return ret;
}

static int batch_give(struct realm *realm, struct batch *batch, u64 *done)
{
	int ret;

	*done = 0;
	ret = batch_delegate(batch);
	if (!ret) {
		ret = batch_map(realm, batch, done);
		batch_undelegate(batch->pages + *done, batch->count - *done);
	}
	if (ret == -EBUSY || ret == -EEXIST)
		ret = batch_map_singly(realm, batch, done);
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

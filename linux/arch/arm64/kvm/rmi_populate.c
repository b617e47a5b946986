// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a realm has before it runs: which addresses are RAM, and pages with
 * contents. Only in state NEW.
 */
#include "rmi_internal.h"

static int ripas_range(struct realm *realm, u64 base, u64 top)
{
	unsigned int stalls = 0;
	u64 ret, next;
	int err;

	while (base < top) {
		ret = rmi_rtt_init_ripas(realm->rd, base, top, &next);
		if (ret == RMI_SUCCESS && next > base && next <= top &&
		    PAGE_ALIGNED(next)) {
			base = next;
			stalls = 0;
			continue;
		}
		if (++stalls == RMI_TRIES)
			return realm_failed(realm, "RTT_INIT_RIPAS", RMI_BUSY);
		if (ret == RMI_SUCCESS) {
			rmi_env_yield();
			continue;
		}
		if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT)
			return realm_failed(realm, "RTT_INIT_RIPAS", ret);
		err = realm_rtt_extend(realm, "RTT_INIT_RIPAS", base, ret,
				       0);
		if (err)
			return err;
	}
	return 0;
}

/**
 * realm_init_ripas() - tell the RMM which addresses are RAM
 * @kvm: a realm's VM, in state NEW
 *
 * All slots with guest_memfd that were not told yet. Done before there are
 * tables, this takes few calls.
 *
 * Return: 0 or -errno; what is done stays done.
 */
int realm_init_ripas(struct kvm *kvm)
{
	u64 base, top;
	int ret;

	lockdep_assert_held(&kvm->arch.realm.lock);
	while (rmi_env_ripas_pending(kvm, &base, &top)) {
		ret = ripas_range(&kvm->arch.realm, base, top);
		if (ret)
			return ret;
		rmi_env_ripas_done(kvm, base);
	}
	return 0;
}

/* A page of guest_memfd, and the Non-secure page with its contents. */
struct populate_page {
	phys_addr_t dst;
	phys_addr_t src;
};

/*
 * What is populated in one go: the more, the fewer calls besides one a page.
 * 16 MiB take 64 KiB of these.
 */
#define POPULATE_ORDER_MAX 4

static u64 populate_room(unsigned int order)
{
	return (PAGE_SIZE << order) / sizeof(struct populate_page);
}

static int populate_one(struct realm *realm, u64 gpa,
			const struct populate_page *page, bool measure)
{
	u64 flags = measure ? RMI_MEASURE_CONTENT : 0;
	int level = realm->start_level;
	u64 ret;
	int err;

	/* One table a round, and the last finds all of them. */
	do {
		ret = rmi_rtt_data_map_init(realm->rd, page->dst, gpa,
					    page->src, flags);
		if (ret == RMI_SUCCESS)
			return 0;
		if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT)
			break;
		err = realm_rtt_extend(realm, "RTT_DATA_MAP_INIT", gpa, ret,
				       RTT_LEVEL_LAST);
		if (err)
			return err;
	} while (++level <= RTT_LEVEL_LAST);
	return realm_failed(realm, "RTT_DATA_MAP_INIT", ret);
}

/* How many pages from @page on lie one behind the other. */
static unsigned int populate_run(const struct populate_page *page,
				 unsigned int count)
{
	unsigned int run = 1;

	while (run < count && page[run].dst == page[0].dst + run * PAGE_SIZE)
		run++;
	return run;
}

/* Delegates a run in one go; what is not used of it comes back. */
static long populate_pages(struct realm *realm, u64 gpa,
			   const struct populate_page *page, unsigned int run,
			   bool measure)
{
	phys_addr_t top = page->dst + run * PAGE_SIZE;
	long done;
	int ret;

	ret = realm_delegate(realm, page->dst, top);
	if (ret)
		return ret;

	for (done = 0; done < run; done++) {
		ret = populate_one(realm, gpa + done * PAGE_SIZE, page + done,
				   measure);
		if (ret)
			break;
		realm->data++;
	}
	rmi_undelegate(page->dst + done * PAGE_SIZE, top);
	return done ? done : ret;
}

/* A table that is full of one piece of memory is not needed any more. */
static void populate_fold(struct realm *realm, u64 gpa,
			  const struct populate_page *page, long count)
{
	u64 size = rtt_entry_size(RTT_LEVEL_BLOCK);
	long block = size / PAGE_SIZE;
	long n = (ALIGN(gpa, size) - gpa) / PAGE_SIZE;

	for (; n + block <= count; n += block) {
		if (IS_ALIGNED(page[n].dst, size) &&
		    populate_run(page + n, block) == block)
			realm_rtt_fold(realm, gpa + n * PAGE_SIZE);
	}
}

/* Returns how many pages are done, at least 1; or -errno and none is. */
static long populate_batch(struct kvm *kvm, u64 gpa,
			   const struct populate_page *page, long count,
			   bool measure)
{
	struct realm *realm = &kvm->arch.realm;
	long done = 0, ret = -EBUSY;
	unsigned int run;

	mutex_lock(&realm->lock);
	realm_rtt_reserve(realm, count * PAGE_SIZE /
			  rtt_entry_size(RTT_LEVEL_LAST - 1));
	while (done < count && kvm_realm_state(kvm) == REALM_STATE_NEW) {
		run = populate_run(page + done, count - done);
		ret = populate_pages(realm, gpa + done * PAGE_SIZE, page + done,
				     run, measure);
		if (ret < 0)
			break;
		done += ret;
		if (ret < run)
			break;
	}
	realm_rtt_unreserve(realm);
	populate_fold(realm, gpa, page, done);
	mutex_unlock(&realm->lock);
	return done ? done : ret;
}

static int populate_collect_one(struct kvm *kvm, u64 gpa, u64 source,
				struct populate_page *page)
{
	int ret;

	if (rmi_env_backing(kvm, gpa) != RMI_BACKING_PRIVATE)
		return -EINVAL;
	ret = rmi_env_private_page(kvm, gpa, &page->dst);
	return ret ? ret : rmi_env_source_page(source, &page->src);
}

/* As many pages as can be had at once, at least 1; or -errno. */
static long populate_collect(struct kvm *kvm,
			     const struct realm_populate *populate,
			     struct populate_page *page, u64 room)
{
	long want = min(populate->size / PAGE_SIZE, room);
	long count;
	int ret = 0;

	for (count = 0; count < want; count++) {
		ret = populate_collect_one(kvm,
					   populate->gpa + count * PAGE_SIZE,
					   populate->source + count * PAGE_SIZE,
					   page + count);
		if (ret)
			break;
	}
	return count ? count : ret;
}

static int populate_next(struct kvm *kvm, struct realm_populate *populate,
			 struct populate_page *page, u64 room)
{
	long count = populate_collect(kvm, populate, page, room);
	long i, done;

	if (count < 0)
		return count;
	done = populate_batch(kvm, populate->gpa, page, count,
			      populate->measure);
	for (i = 0; i < count; i++)
		rmi_env_put_source(page[i].src);
	if (done < 0)
		return done;

	populate->gpa += done * PAGE_SIZE;
	populate->source += done * PAGE_SIZE;
	populate->size -= done * PAGE_SIZE;
	return 0;
}

/* An error counts only if nothing was done: the caller will ask again. */
static int populate_all(struct kvm *kvm, struct realm_populate *populate)
{
	unsigned int order = 0;
	u64 size = populate->size;
	phys_addr_t batch;
	int ret = 0;

	while (order < POPULATE_ORDER_MAX &&
	       populate_room(order) < size / PAGE_SIZE)
		order++;
	do {
		batch = rmi_env_alloc_pages(order);
	} while (batch == RMI_NO_PAGE && order--);
	if (batch == RMI_NO_PAGE)
		return -ENOMEM;
	while (populate->size && !ret)
		ret = populate_next(kvm, populate, rmi_env_va(batch),
				    populate_room(order));
	rmi_env_put_pages(batch, batch + (PAGE_SIZE << order));
	return populate->size < size ? 0 : ret;
}

/**
 * kvm_realm_populate() - give a realm pages with contents
 * @kvm: a VM
 * @populate: which; moved on behind what is done
 *
 * Makes the realm's descriptor if there is none.
 *
 * Return: 0 if something, or all of nothing, is done. Else nothing is, and
 * -ENXIO: no realm, at its end, or the RMM refuses; -EINVAL: not aligned, wraps
 * round, not guest_memfd or not private; -EBUSY: the realm is past NEW;
 * -EOPNOTSUPP: no contents; -EFAULT: contents that cannot be read; -ENOMEM.
 */
int kvm_realm_populate(struct kvm *kvm, struct realm_populate *populate)
{
	int ret;

	if (!kvm_is_realm(kvm))
		return -ENXIO;
	if (!PAGE_ALIGNED(populate->gpa | populate->size | populate->source) ||
	    populate->gpa + populate->size < populate->gpa ||
	    populate->source + populate->size < populate->source)
		return -EINVAL;
	ret = kvm_create_realm(kvm);
	if (ret)
		return ret;
	if (kvm_realm_state(kvm) == REALM_STATE_ACTIVE)
		return -EBUSY;
	if (!populate->size)
		return 0;
	if (!populate->source)
		return -EOPNOTSUPP;
	return populate_all(kvm, populate);
}

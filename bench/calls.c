// SPDX-License-Identifier: BSD-3-Clause
/*
 * The host's core against the RMM: a call that does nothing, granules that go
 * and come back, and 512 MiB in a realm's tables.
 */
#include <string.h>

#include <asm/kvm_realm.h>

#include "bench/bench.h"
#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/kernel/pages.h"
#include "sim/kvm/vm.h"
#include "tests/host/rig.h"

#define VERSION_CALLS 100000
#define GRANULES 4096
#define MAP_PAGES 0x20000ull /* 512 MiB */
#define BLOCK_PAGES 512ull
#define IPA 0x40000000ull

void bench_version(struct sample *sample)
{
	u64 lower, higher;
	unsigned int i;

	bench_start(sample);
	for (i = 0; i < VERSION_CALLS; i++)
		rmi_version(RMI_ABI_VERSION(2, 0), &lower, &higher);
	bench_stop(sample, VERSION_CALLS);
}

/* All pages are touched before, as they would be in a kernel. */
static phys_addr_t get_pages(u64 count)
{
	phys_addr_t base = pages_alloc(count, BLOCK_PAGES);

	assert_int_not_equal(base, PAGES_NONE);
	memset(rmi_env_va(base), 0x5a, count * PAGE_SIZE);
	return base;
}

/* Most of RAM there and back: a machine whose memory was in use before. */
void bench_warm_up(void)
{
	u64 count = machine_conf()->ram[0].size / PAGE_SIZE * 7 / 8;
	phys_addr_t base = get_pages(count);
	phys_addr_t top = base + count * PAGE_SIZE;

	assert_int_equal(rmi_delegate(base, top), 0);
	rmi_undelegate(base, top);
	memset(rmi_env_va(base), 0, count * PAGE_SIZE);
	pages_put(base, top);
}

static void bench_granules(struct sample *delegate, struct sample *undelegate)
{
	phys_addr_t base, top;

	base = get_pages(GRANULES);
	top = base + GRANULES * PAGE_SIZE;
	bench_start(delegate);
	assert_int_equal(rmi_delegate(base, top), 0);
	bench_stop(delegate, GRANULES);
	bench_start(undelegate);
	rmi_undelegate(base, top);
	bench_stop(undelegate, GRANULES);
	pages_put(base, top);
}

void bench_delegate(struct sample *sample)
{
	struct sample other;

	bench_granules(sample, &other);
}

void bench_undelegate(struct sample *sample)
{
	struct sample other;

	bench_granules(&other, sample);
}

/* Unmapping gives the memory back to the host, wiped. */
static void bench_map(int level, struct sample *map, struct sample *unmap)
{
	static struct vm vm; /* without memory slots */
	struct kvm *kvm = &vm.kvm;
	struct realm *realm = &kvm->arch.realm;
	u64 size = MAP_PAGES * PAGE_SIZE;
	struct realm_map range = {
		.private = true,
		.base = IPA,
		.top = IPA + size,
		.list = RMI_NO_PAGE,
		.level = level,
	};

	memset(&vm, 0, sizeof(vm));
	kvm->arch.is_realm = true;
	assert_int_equal(kvm_init_realm(kvm, 40), 0);
	assert_int_equal(kvm_create_realm(kvm), 0);
	range.pa = get_pages(MAP_PAGES);

	mutex_lock(&realm->lock);
	bench_start(map);
	assert_int_equal(rmi_delegate(range.pa, range.pa + size), 0);
	assert_int_equal(realm_map(realm, &range), 0);
	bench_stop(map, MAP_PAGES);
	realm->data += MAP_PAGES;
	bench_start(unmap);
	assert_int_equal(realm_unmap(realm, true, IPA, IPA + size), 0);
	bench_stop(unmap, MAP_PAGES);
	mutex_unlock(&realm->lock);

	kvm_destroy_realm(kvm);
	pages_put(range.pa, range.pa + size);
}

void bench_map_pages(struct sample *sample)
{
	struct sample other;

	bench_map(RTT_LEVEL_LAST, sample, &other);
}

void bench_unmap_pages(struct sample *sample)
{
	struct sample other;

	bench_map(RTT_LEVEL_LAST, &other, sample);
}

void bench_map_blocks(struct sample *sample)
{
	struct sample other;

	bench_map(RTT_LEVEL_BLOCK, sample, &other);
}

void bench_unmap_blocks(struct sample *sample)
{
	struct sample other;

	bench_map(RTT_LEVEL_BLOCK, &other, sample);
}

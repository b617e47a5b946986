/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One file of memory, mapped once a view. Only the host's view is guarded: its
 * page table entries say "fault" where the GPT says "not Non-secure".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim/machine/machine.h"
#include "sim/machine/views.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif

/* So that the kernel may use huge pages where nothing is guarded. */
#define VIEW_ALIGN (2ull << 20)

static struct {
	struct machine_ram ram[MACHINE_RAM_MAX];
	uint64_t offset[MACHINE_RAM_MAX];
	unsigned int ram_count;
	uint64_t size;
	uint8_t *base[VIEWS];
	void *reserved[VIEWS];
	enum view_guard guard;
	_Atomic uint64_t unguarded;
} views;

static bool no_guard_regions;

void views_without_guard_regions(bool on)
{
	no_guard_regions = on;
}

static bool map_view(enum view view, int fd)
{
	uint64_t size = views.size + VIEW_ALIGN;
	void *all = mmap(NULL, size, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uintptr_t start;
	void *base;

	if (all == MAP_FAILED)
		return false;
	views.reserved[view] = all;
	start = ((uintptr_t)all + VIEW_ALIGN - 1) / VIEW_ALIGN * VIEW_ALIGN;
	base = mmap((void *)start, views.size, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_FIXED | MAP_NORESERVE, fd, 0);
	if (base == MAP_FAILED)
		return false;
	views.base[view] = base;
	return true;
}

/*
 * Kernels 6.13 and 6.14 take guards in private memory only, so the question is
 * put to the view itself.
 */
static enum view_guard find_guard_mode(void)
{
	void *page = views.base[VIEW_HOST];

	if (sysconf(_SC_PAGESIZE) != (long)VIEW_GRANULE) {
		fprintf(stderr, "machine: pages of %ld bytes: delegated "
			"granules are not guarded\n", sysconf(_SC_PAGESIZE));
		return GUARD_NONE;
	}
	if (!no_guard_regions &&
	    madvise(page, VIEW_GRANULE, MADV_GUARD_INSTALL) == 0 &&
	    madvise(page, VIEW_GRANULE, MADV_GUARD_REMOVE) == 0)
		return GUARD_REGION;
	fprintf(stderr, "machine: no guard regions (Linux 6.15): delegated "
		"granules are guarded by mprotect, up to vm.max_map_count\n");
	return GUARD_MPROTECT;
}

bool views_start(const struct machine_ram *ram, unsigned int count, char *err,
		 size_t size)
{
	bool ok = true;
	int fd;

	memset(&views, 0, sizeof(views));
	views.ram_count = count;
	for (unsigned int i = 0; i < count; i++) {
		views.ram[i] = ram[i];
		views.offset[i] = views.size;
		views.size += ram[i].size;
	}

	fd = memfd_create("ram", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, (off_t)views.size) != 0)
		ok = false;
	for (unsigned int view = 0; ok && view < VIEWS; view++)
		ok = map_view(view, fd);
	if (!ok)
		snprintf(err, size, "no %llu MiB of RAM in three views: %s",
			 (unsigned long long)(views.size >> 20),
			 strerror(errno));
	if (fd >= 0)
		close(fd);
	if (!ok) {
		views_stop();
		return false;
	}
	views.guard = find_guard_mode();
	return true;
}

void views_stop(void)
{
	for (unsigned int view = 0; view < VIEWS; view++) {
		if (views.reserved[view])
			munmap(views.reserved[view], views.size + VIEW_ALIGN);
	}
	memset(&views, 0, sizeof(views));
}

uint8_t *view_base(enum view view)
{
	return views.base[view];
}

uint64_t views_size(void)
{
	return views.size;
}

enum view_guard views_guard_mode(void)
{
	return views.guard;
}

uint64_t machine_unguarded(void)
{
	return atomic_load(&views.unguarded);
}

bool views_offset(uint64_t pa, uint64_t size, uint64_t *offset)
{
	for (unsigned int i = 0; i < views.ram_count; i++) {
		const struct machine_ram *ram = &views.ram[i];

		if (pa < ram->base || pa - ram->base >= ram->size)
			continue;
		if (size > ram->size - (pa - ram->base))
			return false;
		*offset = views.offset[i] + (pa - ram->base);
		return true;
	}
	return false;
}

uint64_t views_pa(uint64_t offset)
{
	unsigned int i = views.ram_count - 1;

	while (offset < views.offset[i])
		i--;
	return views.ram[i].base + (offset - views.offset[i]);
}

static bool guard_regions(void *start, uint64_t size)
{
	int result;

	do {
		result = madvise(start, size, MADV_GUARD_INSTALL);
	} while (result != 0 && errno == EINTR);
	if (result == 0)
		return true;
	madvise(start, size, MADV_GUARD_REMOVE);
	return false;
}

/*
 * At the limit of mappings a granule stays delegated, and unguarded: the realm
 * works, only a host bug would go unseen.
 */
static bool guard_mprotect(void *start, uint64_t size)
{
	static atomic_flag said = ATOMIC_FLAG_INIT;

	if (mprotect(start, size, PROT_NONE) == 0)
		return true;
	if (errno != ENOMEM)
		return false;
	mprotect(start, size, PROT_READ | PROT_WRITE);
	atomic_fetch_add(&views.unguarded, size / VIEW_GRANULE);
	if (!atomic_flag_test_and_set(&said))
		fprintf(stderr, "machine: vm.max_map_count is reached: some "
			"delegated granules are not guarded\n");
	return true;
}

bool views_guard(uint64_t offset, uint64_t size)
{
	void *start = views.base[VIEW_HOST] + offset;

	switch (views.guard) {
	case GUARD_REGION:
		return guard_regions(start, size);
	case GUARD_MPROTECT:
		return guard_mprotect(start, size);
	case GUARD_NONE:
		break;
	}
	return true;
}

bool views_unguard(uint64_t offset, uint64_t size)
{
	void *start = views.base[VIEW_HOST] + offset;

	switch (views.guard) {
	case GUARD_REGION:
		return madvise(start, size, MADV_GUARD_REMOVE) == 0;
	case GUARD_MPROTECT:
		return mprotect(start, size, PROT_READ | PROT_WRITE) == 0;
	case GUARD_NONE:
		break;
	}
	return true;
}

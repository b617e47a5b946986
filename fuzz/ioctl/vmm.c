/* SPDX-License-Identifier: BSD-3-Clause */
/* Descriptors and memory of the VMM without a plan; see vmm.h. */
#include "fuzz/ioctl/vmm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/ioctl/dice.h"

struct vmm vmm = { .lock = PTHREAD_MUTEX_INITIALIZER };

long vmm_ioctl(int fd, unsigned long request, const void *arg)
{
	long ret;

	watch_begin(fd);
	ret = vmm.kvm->ioctl(fd, request, (unsigned long)arg);
	watch_end();
	if (vmm.verbose)
		fprintf(stderr, "%4u: fd %d, ioctl 0x%lx: %ld\n", vmm.steps, fd,
			request, ret);
	return ret;
}

struct vmm_fd *vmm_pick(enum vmm_kind kind)
{
	unsigned int start = dice_below(VMM_FDS);

	for (unsigned int i = 0; i < VMM_FDS; i++) {
		struct vmm_fd *at = &vmm.fds[(start + i) % VMM_FDS];

		if (at->kind == kind)
			return at;
	}
	return NULL;
}

struct vmm_map *vmm_pick_map(void)
{
	unsigned int start = dice_below(VMM_MAPS);

	for (unsigned int i = 0; i < VMM_MAPS; i++) {
		struct vmm_map *at = &vmm.maps[(start + i) % VMM_MAPS];

		if (at->at && !at->own)
			return at;
	}
	return NULL;
}

struct vmm_fd *vmm_find(int fd)
{
	for (unsigned int i = 0; i < VMM_FDS; i++) {
		if (vmm.fds[i].kind != VMM_NONE && vmm.fds[i].fd == fd)
			return &vmm.fds[i];
	}
	return NULL;
}

struct vmm_fd *vmm_keep(enum vmm_kind kind, long fd, int vm)
{
	if (fd < 0)
		return NULL;
	for (unsigned int i = 0; i < VMM_FDS; i++) {
		if (vmm.fds[i].kind != VMM_NONE)
			continue;
		vmm.fds[i] = (struct vmm_fd){
			.kind = kind,
			.fd = (int)fd,
			.vm = kind == VMM_VM ? (int)fd : vm,
		};
		return &vmm.fds[i];
	}
	vmm.kvm->close((int)fd);
	return NULL;
}

/* What runs on it is called back first: afterwards it has no name. */
void vmm_close(struct vmm_fd *fd)
{
	int number = fd->fd;

	if (fd->threaded)
		vmm_stop_thread(fd);
	fd->kind = VMM_NONE;
	if (vmm.verbose)
		fprintf(stderr, "%4u: close %d\n", vmm.steps, number);
	vmm.kvm->close(number);
}

struct vmm_map *vmm_map_new(u64 size)
{
	for (unsigned int i = 0; i < VMM_MAPS; i++) {
		struct vmm_map *map = &vmm.maps[i];

		if (map->at)
			continue;
		map->at = vmm.kvm->mmap(-1, size);
		map->size = size;
		map->own = 0;
		return map->at ? map : NULL;
	}
	return NULL;
}

void vmm_map_own(struct vmm_map *map)
{
	map->own = (u8)(1 + dice_below(255));
	memset(map->at, map->own, map->size);
}

static void check_own(const struct vmm_map *map)
{
	for (u64 i = 0; i < map->size; i++) {
		if (map->at[i] == map->own)
			continue;
		fprintf(stderr, "fuzz: a guest wrote to memory of the VMM's\n");
		abort();
	}
}

void vmm_map_end(struct vmm_map *map)
{
	u8 *at = map->at;

	if (map->own)
		check_own(map);
	map->at = NULL;
	if (vmm.verbose)
		fprintf(stderr, "%4u: munmap %p\n", vmm.steps, (void *)at);
	vmm.kvm->munmap(at, map->size);
}

/* In any order. */
static void end_all(void)
{
	struct vmm_map *map;
	unsigned int first = dice_below(VMM_FDS);

	for (unsigned int i = 0; i < VMM_FDS; i++) {
		struct vmm_fd *fd = &vmm.fds[(first + i) % VMM_FDS];

		if (fd->kind != VMM_NONE)
			vmm_close(fd);
		map = dice_once_in(4) ? vmm_pick_map() : NULL;
		if (map)
			vmm_map_end(map);
	}
	for (map = vmm.maps; map < vmm.maps + VMM_MAPS; map++) {
		if (map->at)
			vmm_map_end(map);
	}
}

void vmm_sequence(const struct kvm_backend *kvm, u64 seed, unsigned int steps,
		  bool threads)
{
	dice_seed(seed);
	vmm.kvm = kvm;
	vmm.threads = threads;
	vmm.kicks = 0;
	memset(vmm.fds, 0, sizeof(vmm.fds));
	memset(vmm.maps, 0, sizeof(vmm.maps));
	watch_start();
	vmm_keep(VMM_SYSTEM, kvm->open(), -1);
	for (vmm.steps = 0; vmm.steps < steps; vmm.steps++)
		vmm_step();
	end_all();
	watch_stop();
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RAM, seen three times: by the host, by the RMM, by the PEs. All ranges of RAM
 * lie one after the other in one file of memory; an offset is a position there.
 */
#ifndef SIM_MACHINE_VIEWS_H
#define SIM_MACHINE_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/machine/conf.h"

#define VIEW_GRANULE 4096ull

enum view {
	VIEW_HOST, /* guarded: what is not Non-secure faults */
	VIEW_RMM,
	VIEW_PE,
	VIEWS
};

enum view_guard {
	GUARD_NONE, /* the host's page size is not 4 KiB */
	GUARD_REGION, /* MADV_GUARD_INSTALL, Linux 6.15 */
	GUARD_MPROTECT, /* works everywhere, for some ten thousand ranges */
};

bool views_start(const struct machine_ram *ram, unsigned int count, char *err,
		 size_t size);
void views_stop(void);

/* For tests: the next views_start() behaves as on a kernel before 6.15. */
void views_without_guard_regions(bool on);

/* Start of a view; it is views_size() bytes. */
uint8_t *view_base(enum view view);
uint64_t views_size(void);
enum view_guard views_guard_mode(void);

/* The offset of [@pa, @pa + @size), @size at least 1. False if not all RAM. */
bool views_offset(uint64_t pa, uint64_t size, uint64_t *offset);
uint64_t views_pa(uint64_t offset);

/*
 * Takes granules away from the host's view, complete on return, or gives them
 * back. False if the kernel has no room for that; then nothing has changed.
 */
bool views_guard(uint64_t offset, uint64_t size);
bool views_unguard(uint64_t offset, uint64_t size);

#endif

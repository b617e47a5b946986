/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When a range command looks whether an interrupt waits for the host, by
 * plat_irq_pending(): after every 2 MiB of memory, or 512 entries of a table
 * where those are all its work. A debug build looks at every single granule and
 * entry as well, so that a range is seen to end well at each place.
 */
#ifndef RMM_INTERRUPT_H
#define RMM_INTERRUPT_H

#include <stdbool.h>

#include "rmm/config.h"
#include "rmm/platform.h"

#define INTERRUPT_SHIFT 21
#define INTERRUPT_SIZE ((uint64_t)1 << INTERRUPT_SHIFT)
#define INTERRUPT_ENTRIES 512

/* Granules between two looks: 512, 128 or 32. */
static inline unsigned int interrupt_granules(void)
{
	return 1u << (INTERRUPT_SHIFT - granule_shift());
}

/* A look that only a debug build takes. */
static inline bool interrupt_at_granule(void)
{
#ifdef RMM_DEBUG
	return plat_irq_pending();
#else
	return false;
#endif
}

/* A look after work on memory up to @ipa, where one is due. */
static inline bool interrupt_after(uint64_t ipa)
{
	return ipa % INTERRUPT_SIZE ? interrupt_at_granule() :
				      plat_irq_pending();
}

/* The same after the work on entry @index of a table. */
static inline bool interrupt_after_entry(unsigned int index)
{
	return (index + 1) % INTERRUPT_ENTRIES ? interrupt_at_granule() :
						 plat_irq_pending();
}

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When a range command looks whether an interrupt waits for the host: after
 * every 512 granules, by plat_irq_pending(). A debug build looks at every
 * single granule as well, so that a range is seen to end well at each place.
 */
#ifndef RMM_INTERRUPT_H
#define RMM_INTERRUPT_H

#include <stdbool.h>

#include "rmm/platform.h"

static inline bool interrupt_at_granule(void)
{
#ifdef RMM_DEBUG
	return plat_irq_pending();
#else
	return false;
#endif
}

#endif

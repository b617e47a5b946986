/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A run of granules is locked, changes its PAS in one request to EL3, and is
 * unlocked in its new state: nobody can meet a granule whose state and PAS
 * disagree.
 */
#include "rmm/granule_range.h"
#include "rmm/platform.h"

static void wipe(uint64_t base, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		granule_wipe(base + i * granule_size());
}

/* Moves one run: its end. */
static uint64_t transfer_run(const struct granule_transfer *transfer,
			     uint64_t base, uint64_t top)
{
	unsigned int count = granule_lock_run(base, top, transfer->from);
	unsigned int moved = count;

	if (transfer->wipe)
		wipe(base, count);
	/* EL3 does not say which granule it minds: try half of them. */
	while (moved && !transfer->gpt(base, moved * granule_size()))
		moved /= 2;
	granule_unlock_run(base, count, moved, transfer->to);
	return base + moved * granule_size();
}

uint64_t granule_range_transfer(const struct granule_transfer *transfer,
				uint64_t base, uint64_t top)
{
	uint64_t end;

	do {
		end = base;
		base = transfer_run(transfer, end, top);
	} while (base != end && base < top && !plat_irq_pending());
	return base;
}

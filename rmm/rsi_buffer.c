/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Buffers of RSI calls. A page that is RAM but not mapped is the host's affair:
 * the caller turns that into the exit which a load of the realm would make, and
 * the SMC is repeated.
 */
#include "rmm/rsi_buffer.h"

#include "rmm/platform.h"
#include "rmm/rtt.h"

enum rsi_buffer_state rsi_buffer_find(const struct rd *rd, uint64_t ipa,
				      size_t size, struct rsi_buffer *buffer)
{
	struct rtt_walk walk;
	uint64_t pa;

	if ((ipa & (size - 1)) || ipa >= realm_par_end(rd))
		return RSI_BUFFER_BAD;

	rtt_walk(rd, ipa, RTT_LEVEL_LAST, &walk);
	if (walk.entry.ripas == RMI_EMPTY)
		return RSI_BUFFER_BAD;
	if (walk.entry.ripas != RMI_RAM || walk.entry.hipas != HIPAS_DATA) {
		buffer->level = walk.level;
		return RSI_BUFFER_ABSENT;
	}

	pa = walk.entry.pa + (ipa - walk.ipa);
	buffer->granule = pa & ~(granule_size() - 1);
	buffer->view = (uint8_t *)plat_realm_view(buffer->granule) +
		       (pa - buffer->granule);
	return RSI_BUFFER_OK;
}

void rsi_buffer_written(const struct rsi_buffer *buffer)
{
	plat_icache_invalidate(buffer->granule, granule_size());
}

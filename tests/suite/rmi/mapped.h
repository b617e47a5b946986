/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ranges that are mapped whole, in as many calls as the RMM makes of them.
 */
#ifndef SUITE_RMI_MAPPED_H
#define SUITE_RMI_MAPPED_H

#include <stdbool.h>
#include <stdint.h>

/*
 * @count entries of @level from @ipa on, to memory that follows from @pa on:
 * delegated, or the host's with @attr (NS_RW and its like). False if not, with
 * the verdict.
 */
bool map_data(uint64_t ipa, uint64_t pa, uint64_t count, unsigned int level);
bool map_shared(uint64_t ipa, uint64_t pa, uint64_t count, unsigned int level,
		uint64_t attr);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What RMI_RMM_CONFIG_SET chooses (Arm DEN 0137, RmiRmmConfig), before the RMM
 * is active and never after: the size of a granule, and with it the shape of
 * all tables, and the size of a tracking region.
 */
#ifndef RMM_CONFIG_H
#define RMM_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

/* As RmiRmmConfig has them: RMI_GRANULE_SIZE_*, and a code that hangs on it. */
struct config {
	uint8_t granule;
	uint8_t region;
};

/* True if this RMM on this machine can be configured so. */
bool config_ok(const struct config *config);

/* From now on. While no other command can look. */
void config_set(const struct config *config);
void config_get(struct config *config);

/* log2 of a tracking region's bytes. */
unsigned int config_region_shift(void);

/* Internal: what granule_shift() reads. */
extern unsigned int config_granule_shift;

/* log2 of a granule's bytes: 12, 14 or 16. */
static inline unsigned int granule_shift(void)
{
	return __atomic_load_n(&config_granule_shift, __ATOMIC_RELAXED);
}

static inline uint64_t granule_size(void)
{
	return (uint64_t)1 << granule_shift();
}

static inline bool granule_aligned(uint64_t address)
{
	return !(address & (granule_size() - 1));
}

/* No granule is smaller: what lies in one may have this many bytes. */
#define GRANULE_SIZE_MIN 4096

#endif

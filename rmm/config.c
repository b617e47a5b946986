/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The configurations that there are: a tracking region is what an entry of a
 * table at level 1 or 2 translates.
 */
#include "rmm/config.h"

#include "abi/rmi_smc.h"
#include "rmm/platform.h"

static const struct shape {
	struct config config;
	unsigned int granule_shift;
	unsigned int region_shift;
} shapes[] = {
	{ { RMI_GRANULE_SIZE_4KB, 0 }, 12, 30 }, /* the first after boot */
	{ { RMI_GRANULE_SIZE_16KB, 0 }, 14, 25 },
	{ { RMI_GRANULE_SIZE_16KB, 1 }, 14, 36 },
	{ { RMI_GRANULE_SIZE_64KB, 0 }, 16, 29 },
	{ { RMI_GRANULE_SIZE_64KB, 1 }, 16, 42 },
};

#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))

unsigned int config_granule_shift = 12;

static unsigned int current; /* index */

static const struct shape *shape_find(const struct config *config)
{
	for (unsigned int i = 0; i < SHAPES; i++) {
		if (shapes[i].config.granule == config->granule &&
		    shapes[i].config.region == config->region)
			return &shapes[i];
	}
	return NULL;
}

static const struct shape *shape_now(void)
{
	return &shapes[__atomic_load_n(&current, __ATOMIC_RELAXED)];
}

bool config_ok(const struct config *config)
{
	struct plat_features features;

	plat_features(&features);
	return shape_find(config) &&
	       (features.granule_sizes & 1u << config->granule);
}

void config_set(const struct config *config)
{
	const struct shape *shape = shape_find(config);

	rmm_assert(shape);
	__atomic_store_n(&current, (unsigned int)(shape - shapes),
			 __ATOMIC_RELAXED);
	__atomic_store_n(&config_granule_shift, shape->granule_shift,
			 __ATOMIC_RELAXED);
}

void config_get(struct config *config)
{
	*config = shape_now()->config;
}

unsigned int config_region_shift(void)
{
	return shape_now()->region_shift;
}

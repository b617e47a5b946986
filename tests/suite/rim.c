/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurement descriptors, as they lie in memory.
 */
#include "tests/suite/rim.h"

#include <string.h>

#include "tests/suite/geometry.h"
#include "tests/suite/sha256.h"

#define TYPE_DATA 0
#define TYPE_REC 1
#define MEASURED 1

static struct {
	uint64_t type;
	uint64_t size;
	uint8_t rim[RIM_SIZE];
	union {
		struct {
			uint64_t ipa;
			uint64_t flags;
			uint8_t content[RIM_SIZE];
		} data;
		uint8_t rec[RIM_SIZE];
		uint8_t rest[0x100 - 0x50];
	} of;
} desc;

static_assert(sizeof(desc) == 0x100, "a measurement descriptor");

static void extend(uint8_t rim[RIM_SIZE], uint64_t type)
{
	desc.type = type;
	desc.size = sizeof(desc);
	memcpy(desc.rim, rim, RIM_SIZE);
	sha256(&desc, sizeof(desc), rim);
}

void rim_start_zero(uint8_t rim[RIM_SIZE])
{
	memset(rim, 0, RIM_SIZE);
}

/* A page with these fields and zeros: no addresses, no personalisation. */
void rim_start_params(uint8_t rim[RIM_SIZE], const struct realm_params *params)
{
	static struct realm_params reduced;

	memset(&reduced, 0, sizeof(reduced));
	reduced.flags0 = params->flags0;
	reduced.s2sz = params->s2sz;
	reduced.sve_vl = params->sve_vl;
	reduced.num_bps = params->num_bps;
	reduced.num_wps = params->num_wps;
	reduced.pmu_num_ctrs = params->pmu_num_ctrs;
	reduced.hash_algo = params->hash_algo;
	rim_start_zero(rim);
	sha256(&reduced, sizeof(reduced), rim);
}

void rim_data(uint8_t rim[RIM_SIZE], uint64_t ipa, uint64_t flags,
	      const void *page)
{
	memset(&desc, 0, sizeof(desc));
	desc.of.data.ipa = ipa;
	desc.of.data.flags = flags;
	if (flags & MEASURED)
		sha256(page, GRANULE, desc.of.data.content);
	extend(rim, TYPE_DATA);
}

/* The MPIDR is no part of it. */
void rim_rec(uint8_t rim[RIM_SIZE], const struct rec_params *params)
{
	static struct rec_params reduced;

	memset(&reduced, 0, sizeof(reduced));
	reduced.flags = params->flags;
	reduced.pc = params->pc;
	memcpy(reduced.gprs, params->gprs, sizeof(reduced.gprs));
	memset(&desc, 0, sizeof(desc));
	sha256(&reduced, sizeof(reduced), desc.of.rec);
	extend(rim, TYPE_REC);
}

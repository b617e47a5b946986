/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realm measurements: what is hashed for each step. The RIM starts with the
 * reduced parameters; a REM is extended by the bytes as given, not padded.
 */
#include "rmm/measurement.h"

#include <string.h>

#include "abi/rmi_smc.h"
#include "rmm/platform.h"

#define DESC_TYPE_DATA 0
#define DESC_TYPE_REC 1

/* What a step of the RIM hashes; the RIM before it is a part. */
struct measurement_desc {
	uint8_t type;
	uint8_t pad0[7];
	uint64_t size;
	uint8_t rim[RSI_MEASUREMENT_SIZE];
	union {
		struct {
			uint64_t ipa;
			uint64_t flags;
			uint8_t content[CRYPTO_HASH_MAX];
		} data;
		struct {
			uint8_t params[CRYPTO_HASH_MAX];
		} rec;
		uint8_t pad1[0x100 - 0x50];
	};
};

static_assert(sizeof(struct measurement_desc) == 0x100, "descriptor");
static_assert(offsetof(struct measurement_desc, data.ipa) == 0x50, "ipa");
static_assert(offsetof(struct measurement_desc, data.content) == 0x60,
	      "content");
static_assert(offsetof(struct measurement_desc, rec.params) == 0x50, "params");

static void hash(const struct rd *rd, const void *data, size_t size,
		 uint8_t *out)
{
	const struct crypto_span span = { data, size };

	crypto_hash(rd->hash, &span, 1, out);
}

static void rim_extend(struct rd *rd, struct measurement_desc *desc)
{
	desc->size = sizeof(*desc);
	memcpy(desc->rim, rd->measurement[0], sizeof(desc->rim));
	hash(rd, desc, sizeof(*desc), rd->measurement[0]);
}

void measurement_start(struct rd *rd, const struct realm_params *params)
{
	struct realm_params reduced;

	memset(&reduced, 0, sizeof(reduced));
	reduced.flags0 = params->flags0;
	reduced.s2sz = params->s2sz;
	reduced.sve_vl = params->sve_vl;
	reduced.num_bps = params->num_bps;
	reduced.num_wps = params->num_wps;
	reduced.pmu_num_ctrs = params->pmu_num_ctrs;
	reduced.hash_algo = params->hash_algo;

	memset(rd->measurement, 0, sizeof(rd->measurement));
	hash(rd, &reduced, sizeof(reduced), rd->measurement[0]);
}

void measurement_extend_data(struct rd *rd, uint64_t ipa, uint64_t flags,
			     const void *content)
{
	struct measurement_desc desc;

	memset(&desc, 0, sizeof(desc));
	desc.type = DESC_TYPE_DATA;
	desc.data.ipa = ipa;
	desc.data.flags = flags;
	if (flags & RMI_MEASURE_CONTENT)
		hash(rd, content, granule_size(), desc.data.content);
	rim_extend(rd, &desc);
}

void measurement_extend_rec(struct rd *rd, const struct rec_params *params)
{
	struct measurement_desc desc;
	struct rec_params reduced;

	memset(&reduced, 0, sizeof(reduced));
	reduced.flags = params->flags;
	reduced.pc = params->pc;
	memcpy(reduced.gprs, params->gprs, sizeof(reduced.gprs));

	memset(&desc, 0, sizeof(desc));
	desc.type = DESC_TYPE_REC;
	hash(rd, &reduced, sizeof(reduced), desc.rec.params);
	rim_extend(rd, &desc);
}

void measurement_extend_rem(struct rd *rd, unsigned int index,
			    const void *value, size_t size)
{
	struct crypto_span spans[2];

	rmm_assert(index >= 1 && index < RSI_MEASUREMENTS);
	rmm_assert(size <= RSI_MEASUREMENT_SIZE);

	spans[0].data = rd->measurement[index];
	spans[0].size = crypto_hash_size(rd->hash);
	spans[1].data = value;
	spans[1].size = size;
	crypto_hash(rd->hash, spans, 2, rd->measurement[index]);
}

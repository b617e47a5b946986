/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_REALM_CONFIG (Arm DEN 0137): tells the realm what it is, in a page of its
 * own. The whole page is written, so that nothing old is taken for a field.
 */
#include "rmm/rsi/rsi.h"

#include <string.h>

#include "abi/rmi_smc.h"
#include "abi/rsi_layout.h"
#include "rmm/abort.h"
#include "rmm/rsi_buffer.h"

static void fill(const struct rd *rd, struct realm_config *config)
{
	memset(config, 0, sizeof(*config));
	config->ipa_width = rd->ipa_bits;
	config->hash_algo = rd->hash == CRYPTO_SHA_512 ? RMI_HASH_SHA_512 :
							 RMI_HASH_SHA_256;
	memcpy(config->rpv, rd->rpv, sizeof(config->rpv));
}

enum rsi_then rsi_realm_config(struct rec *rec, uint64_t out[4],
			       struct rec_exit *exit)
{
	uint64_t ipa = rec->pe.x[1];
	struct rd *rd = realm_lock_owner(rec->owner);
	enum rsi_buffer_state state;
	struct rsi_buffer buffer;

	state = rsi_buffer_find(rd, ipa, RSI_GRANULE_SIZE, &buffer);
	if (state == RSI_BUFFER_OK) {
		fill(rd, buffer.view);
		rsi_buffer_written(&buffer);
	}
	realm_unlock(rd);

	if (state == RSI_BUFFER_ABSENT) {
		abort_report_absent(exit, ipa, buffer.level);
		return RSI_EXIT;
	}
	if (state == RSI_BUFFER_BAD)
		out[0] = RSI_ERROR_INPUT;
	return RSI_ANSWER;
}

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * RSI 1.0 as a table: CALL(NAME, name, arguments, results), read as in
 * rmi_table.h. Only what the RMM answers stands here; the rest is -1.
 */
#ifndef ABI_RSI_TABLE_H
#define ABI_RSI_TABLE_H

#include "rsi_smc.h"

#define RSI_CALL_TABLE(CALL) \
	CALL(VERSION, version, "req", "lower higher") \
	CALL(FEATURES, features, "index", "value") \
	CALL(REALM_CONFIG, realm_config, "config", "") \
	CALL(MEASUREMENT_READ, measurement_read, "index", "value") \
	CALL(MEASUREMENT_EXTEND, measurement_extend, "index size value", "") \
	CALL(IPA_STATE_SET, ipa_state_set, "base top ripas flags", \
	     "new_base response") \
	CALL(IPA_STATE_GET, ipa_state_get, "base top", "out_top ripas") \
	CALL(HOST_CALL, host_call, "call", "")

#endif

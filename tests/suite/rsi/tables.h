/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables of what realms call and do, in the order in which they run.
 */
#ifndef SUITE_RSI_TABLES_H
#define SUITE_RSI_TABLES_H

#include "abi/psci.h"
#include "abi/rsi_layout.h"
#include "abi/rsi_smc.h"
#include "tests/suite/engine.h"

/* rsi.c */
extern const struct table rsi_version_table, rsi_features_table,
	rsi_unknown_table, smccc_table;
extern const struct table rsi_measurement_table; /* measurement.c */
extern const struct table rsi_realm_config_table; /* config.c */
extern const struct table rsi_ipa_state_get_table,
	rsi_ipa_state_set_table; /* ipa_state.c */
extern const struct table rsi_host_call_table;
extern const struct table rsi_small_table; /* small.c */
extern const struct table psci_table, psci_complete_table; /* psci.c */

extern const struct table rec_enter_table;
extern const struct table memory_table;
extern const struct table token_table;
extern const struct table access_table, abort_answer_table; /* aborts.c */

#endif

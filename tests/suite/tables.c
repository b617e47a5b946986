/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All tables. Those of boot come first, and activate the RMM at their end.
 */
#include "tests/suite/rmi/tables.h"
#include "tests/suite/rsi/tables.h"

const struct table *const suite_tables[] = {
	&version_table,
	&features_table,
	&unknown_table,
	&gate_table,
	&config_table,
	&activate_table,

	&active_table,
	&delegate_table,
	&undelegate_table,
	&tracking_get_table,
	&tracking_set_table,
	&gpt_create_table,
	&gpt_destroy_table,
	&realm_create_table,
	&realm_activate_table,
	&realm_terminate_table,
	&realm_destroy_table,
	&rec_create_table,
	&rec_destroy_table,
	&rtt_create_table,
	&rtt_destroy_table,
	&rtt_fold_table,
	&rtt_read_entry_table,
	&rtt_init_ripas_table,
	&rtt_data_map_init_table,
	&rtt_data_map_table,
	&rtt_data_unmap_table,
	&rtt_unprot_map_table,
	&rtt_unprot_unmap_table,
	&shared_table,
	&geometry_table,
	&yield_table,
	&in_work_table,
	&interrupted_table,
	&large_block_table,
	&sro_table,
	&handles_table,
	&donate_table,
	&reclaim_table,
	&rec_enter_table,
	&access_table,
	&abort_answer_table,
	&memory_table,
	&rtt_set_ripas_table,
	&psci_complete_table,

	&rsi_version_table,
	&rsi_features_table,
	&rsi_measurement_table,
	&token_table,
	&rsi_realm_config_table,
	&rsi_ipa_state_get_table,
	&rsi_ipa_state_set_table,
	&rsi_host_call_table,
	&rsi_small_table,
	&rsi_unknown_table,
	&smccc_table,
	&psci_table,
};

const unsigned int suite_table_count =
	sizeof(suite_tables) / sizeof(suite_tables[0]);

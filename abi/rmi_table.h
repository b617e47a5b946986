/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * RMI 2.0 beta 1 as a table: one row a command of the core.
 *
 * CALL(NAME, name, arguments, results): NAME is the specification's, and
 * SMC_RMI_NAME its number; arguments are x1, x2, ... and results x1, x2, ...
 * after the result word, by name. The RMM's dispatcher, the trace decoder, the
 * statistics, the fault parser and the fuzzer's dictionary are made from it.
 */
#ifndef ABI_RMI_TABLE_H
#define ABI_RMI_TABLE_H

#include "rmi_smc.h"

#define RMI_CALL_TABLE(CALL) \
	CALL(VERSION, version, "req", "lower higher") \
	CALL(FEATURES, features, "index", "value") \
	CALL(RMM_CONFIG_GET, rmm_config_get, "config", "") \
	CALL(RMM_CONFIG_SET, rmm_config_set, "config", "") \
	CALL(RMM_ACTIVATE, rmm_activate, "", "") \
	CALL(GRANULE_TRACKING_GET, granule_tracking_get, "base top", \
	     "category state out_top") \
	CALL(GRANULE_TRACKING_SET, granule_tracking_set, \
	     "base category state", "") \
	CALL(GPT_L1_CREATE, gpt_l1_create, "base", "") \
	CALL(GPT_L1_DESTROY, gpt_l1_destroy, "base", "") \
	CALL(GRANULE_RANGE_DELEGATE, granule_range_delegate, "base top", \
	     "out_top") \
	CALL(GRANULE_RANGE_UNDELEGATE, granule_range_undelegate, "base top", \
	     "out_top") \
	CALL(REALM_CREATE, realm_create, "rd params", "") \
	CALL(REALM_ACTIVATE, realm_activate, "rd", "") \
	CALL(REALM_TERMINATE, realm_terminate, "rd", "") \
	CALL(REALM_DESTROY, realm_destroy, "rd", "") \
	CALL(REC_CREATE, rec_create, "rd rec params", "handle request") \
	CALL(REC_DESTROY, rec_destroy, "rec", "handle") \
	CALL(REC_ENTER, rec_enter, "rec run", "") \
	CALL(PSCI_COMPLETE, psci_complete, "calling target status", "") \
	CALL(RTT_CREATE, rtt_create, "rd rtt ipa level", "") \
	CALL(RTT_DESTROY, rtt_destroy, "rd ipa level", "rtt top") \
	CALL(RTT_READ_ENTRY, rtt_read_entry, "rd ipa level", \
	     "level state desc ripas") \
	CALL(RTT_FOLD, rtt_fold, "rd ipa level", "rtt") \
	CALL(RTT_INIT_RIPAS, rtt_init_ripas, "rd base top", "out_top") \
	CALL(RTT_SET_RIPAS, rtt_set_ripas, "rd rec base top", "out_top") \
	CALL(RTT_DATA_MAP_INIT, rtt_data_map_init, "rd data ipa src flags", \
	     "") \
	CALL(RTT_DATA_MAP, rtt_data_map, "rd base top flags oaddr", \
	     "out_top") \
	CALL(RTT_DATA_UNMAP, rtt_data_unmap, "rd base top flags oaddr", \
	     "out_top range count") \
	CALL(RTT_UNPROT_MAP, rtt_unprot_map, "rd base top flags oaddr", \
	     "out_top") \
	CALL(RTT_UNPROT_UNMAP, rtt_unprot_unmap, "rd base top flags oaddr", \
	     "out_top range count") \
	CALL(OP_CONTINUE, op_continue, "handle flags", "x1 request") \
	CALL(OP_MEM_DONATE, op_mem_donate, "handle list count", \
	     "taken request") \
	CALL(OP_MEM_RECLAIM, op_mem_reclaim, "handle list count", "written") \
	CALL(OP_CANCEL, op_cancel, "handle", "")

/* How many arguments or results a row has, given their names. */
static inline unsigned int rmi_table_words(const char *names)
{
	unsigned int count = *names ? 1 : 0;

	while (*names)
		count += *names++ == ' ';
	return count;
}

#endif

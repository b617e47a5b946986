/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables of RMI, in the order in which they run.
 */
#ifndef SUITE_RMI_TABLES_H
#define SUITE_RMI_TABLES_H

#include "tests/suite/engine.h"

/* boot.c */
extern const struct table version_table, features_table, gate_table,
	unknown_table, config_table, activate_table, active_table;

/* granule.c */
extern const struct table delegate_table, undelegate_table;

/* tracking.c */
extern const struct table tracking_get_table, tracking_set_table,
	gpt_create_table, gpt_destroy_table;

/* A file each, or as said */
extern const struct table realm_create_table;
extern const struct table realm_activate_table, realm_terminate_table,
	realm_destroy_table; /* realm.c */
extern const struct table rec_create_table, rec_destroy_table; /* rec.c */
extern const struct table rtt_create_table, rtt_destroy_table,
	rtt_read_entry_table; /* rtt.c */
extern const struct table rtt_fold_table;
extern const struct table rtt_init_ripas_table,
	rtt_data_map_init_table; /* data_init.c */
extern const struct table rtt_set_ripas_table;
extern const struct table rtt_data_map_table;
extern const struct table rtt_data_unmap_table;
extern const struct table rtt_unprot_map_table,
	rtt_unprot_unmap_table; /* unprot.c */
extern const struct table shared_table;
extern const struct table geometry_table;
extern const struct table yield_table;
extern const struct table in_work_table;
extern const struct table interrupted_table;
extern const struct table large_block_table;
extern const struct table sro_table;
extern const struct table handles_table;
extern const struct table donate_table, reclaim_table; /* sro_memory.c */

#endif

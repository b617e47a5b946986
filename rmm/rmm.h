/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Realm Management Monitor as its platform sees it: these entries, and
 * nothing else, are global in the linked RMM.
 */
#ifndef RMM_RMM_H
#define RMM_RMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Bytes of private memory that the RMM wants for its granules' metadata, when
 * the platform's RAM ranges (plat_ram_range()) hold @granules granules.
 */
size_t rmm_metadata_size(uint64_t granules);

/*
 * Cold start, once, before any other entry. @metadata is memory that belongs
 * to the RMM alone, zeroed, of the size above, aligned to 64 bytes. The RMM
 * state is INIT afterwards.
 */
void rmm_init(void *metadata);

/*
 * Answers one SMC from the Non-secure world (RMI, Arm DEN 0137 chapter B4).
 * @x is x0 to x17 of the caller, in and out; abi/rmi_table.h has what each
 * command reads and writes. May be called by several CPUs at once. A function
 * identifier that the RMM does not know answers SMCCC_NOT_SUPPORTED.
 */
void rmm_handle_smc(uint64_t x[18]);

/*
 * True if every granule's metadata is possible and agrees with every other
 * (references, owners, states). For debug builds and tests, while no other
 * CPU is in the RMM.
 */
bool rmm_ledger_ok(void);

/* How many granules are in each state of enum granule_state (granule.h). */
void rmm_ledger_count(uint64_t *counts, unsigned int states);

#endif

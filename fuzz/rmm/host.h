/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host: makes calls, each checked on its return, and writes the pages that
 * they take.
 */
#ifndef FUZZ_RMM_HOST_H
#define FUZZ_RMM_HOST_H

#include "fuzz/rmm/world.h"

/* Pages that the host keeps for itself, unless it gives them away. */
enum host_page {
	HOST_PARAMS,
	HOST_CONFIG,
	HOST_SRC,
	HOST_LIST,
	HOST_RUN, /* and the next ones: one a CPU */
	HOST_PAGES = HOST_RUN + MACHINE_CPUS
};

uint64_t host_page(enum host_page page);

/* What the host delegates first: level with any number of roots. */
#define START_BASE (RAM0_BASE + 0x200000)

/* Makes the call in @call->fid and @call->in; x0. */
uint64_t host_smc(struct call *call);

/* The same, host_call(&call, REC_ENTER, rec, run): missing ones are 0. */
#define host_call(call, NAME, ...) \
	host_call_array((call), SMC_RMI_##NAME, \
			(const uint64_t[6]){ __VA_ARGS__ })
uint64_t host_call_array(struct call *call, uint32_t fid,
			 const uint64_t args[6]);

/* A realm as the table of geometries has it, by @pick, with @base as roots. */
void host_realm_params(unsigned int pick, uint64_t base);
unsigned int host_realm_roots(unsigned int pick);

/* The next REC of @realm. */
void host_rec_params(const struct realm *realm, uint64_t flags, uint64_t pc);

/* The host's word at @pa, where it can write. */
void host_write(uint64_t pa, uint64_t word);

/* Any granule that is DELEGATED, looked for from @pick on; 0 if none is. */
uint64_t host_free_granule(unsigned int pick);

/* The same, @count in a row, aligned to as many; 0 if there are none. */
uint64_t host_free_run(unsigned int pick, unsigned int count);

/*
 * The whole IPA space of @realm has no memory and no tables any more. False if
 * something is in the way, as an operation on an entry is.
 */
bool host_unmap_all(const struct realm *realm);
bool host_destroy_tables(const struct realm *realm);

/* Drives an operation to its end: its last status. */
uint64_t host_finish(const struct op *op);

/* Takes all down that there is: after it everything is the host's again. */
void host_teardown(bool terminate_first);

#endif

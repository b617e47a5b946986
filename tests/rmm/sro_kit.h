/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A stateful operation of the tests' own, since those of the RMM ask for one
 * granule only. It waits for four; setup is sro_kit_setup().
 */
#ifndef TESTS_RMM_SRO_KIT_H
#define TESTS_RMM_SRO_KIT_H

#include "realm_kit.h"
#include "rmm/sro.h"

#define NONE RET(INCOMPLETE)
#define DONATE \
	(RET(INCOMPLETE) | RMI_OP_MEM_REQ_DONATE << 8 | RMI_RETURN_CAN_CANCEL)
#define RECLAIM (RET(INCOMPLETE) | RMI_OP_MEM_REQ_RECLAIM << 8)
#define REQUEST(count) ((uint64_t)(count) << 2)
#define DESC(pa, count) ((pa) | (uint64_t)(count) << 2)

extern struct sro_kit {
	uint64_t work_status; /* what WORK will answer */
	unsigned int worked;
	unsigned int ends;
	uint64_t handle;
	uint64_t list; /* a Non-secure page */
	uint64_t pages; /* 16 delegated granules */
} op;

int sro_kit_setup(void **state);

/* One more operation, that waits for @count granules: op.handle. */
void sro_kit_open(unsigned int count);

/* The same, for granules in one place. */
void sro_kit_open_contiguous(unsigned int count);

/* The list, and the PA of a granule to give. */
uint64_t *entries(void);
uint64_t page(unsigned int i);

/* The three calls, for op.handle and op.list. */
uint64_t donate(uint64_t count);
uint64_t reclaim(uint64_t count);
uint64_t proceed(void);

#endif

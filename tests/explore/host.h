/* SPDX-License-Identifier: BSD-3-Clause */
/* The host that builds worlds, and a PE that does what its PC says. */
#ifndef TESTS_EXPLORE_HOST_H
#define TESTS_EXPLORE_HOST_H

#include "tests/explore/world.h"
#include "tests/rmm/fake_platform.h"

/* What a REC does in its first run; afterwards it is interrupted. */
enum host_does {
	DOES_NOTHING = 0x1000,
	DOES_CPU_ON = 0x2000, /* of the REC with the other index */
	DOES_AFFINITY_INFO = 0x3000,
	DOES_SYSTEM_OFF = 0x4000,
	DOES_ASK_EMPTY = 0x5000, /* [0, 0x4000) */
	DOES_HOST_CALL = 0x6000, /* in its first page */
	DOES_CPU_OFF = 0x7000,
	DOES_EXTEND = 0x8000, /* of the first measurement of its own */
	DOES_CONFIG = 0x9000, /* into its first page */
	DOES_STATE_GET = 0xa000, /* of [0, 0x4000) */
	DOES_ABORT = 0xb000, /* a read at HOST_BLOCK */
};

/* Pages of the host, by use. */
enum {
	PAGE_REALM, /* parameters: root G(1) */
	PAGE_REC, /* of the next REC */
	PAGE_LIST, /* one granule, host_list() */
	PAGE_RUN, /* one a CPU */
	PAGE_SRC = PAGE_RUN + SCHED_CPUS,
	PAGE_OTHER_REALM, /* root G(13) */
	PAGE_OTHER_LIST,
	PAGE_ANSWER, /* what lists are written to */
	PAGE_ANSWER2,
	PAGE_SHARED,
	PAGE_CROSS, /* parameters: root G(0) */
	PAGE_TWO_ROOTS, /* parameters: roots G(2), G(3) */
	PAGE_CONFIG,
	PAGE_OTHER_CONFIG, /* granules of 16 KiB */
};

#define HOST_IPA_BITS 39
#define HOST_SHARED (1ull << (HOST_IPA_BITS - 1))
#define HOST_BLOCK 0x200000ull
#define HOST_ONE(pa) ((pa) | 1 << 2)
#define HOST_TWO(pa) ((pa) | 2 << 2)

void host_boot(void);
fake_pe_run host_pe_run;

/* must(NAME, x1, ...): SUCCESS or INCOMPLETE, or the world is no world. */
#define must(NAME, ...) \
	host_must(#NAME, SMC_RMI_##NAME, (const uint64_t[6]){ __VA_ARGS__ })
void host_must(const char *name, uint32_t fid, const uint64_t args[6]);

/* A list of one granule. */
void host_list(unsigned int page, uint64_t pa);

/* Parameters of REC @index. */
void host_rec_params(unsigned int index, enum host_does does, bool runnable);

/* A whole REC at @rec, with the granule behind it. */
void host_rec(uint64_t rd, uint64_t rec, unsigned int index,
	      enum host_does does, bool runnable);

#endif

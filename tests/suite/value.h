/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words of the tables. A table names a granule before anybody knows where it
 * will be: FRESH + GRANULE is the second of the fresh ones. The name is in bits
 * 62:56, what is added in the bits below, and bit 63 stays as it is.
 */
#ifndef SUITE_VALUE_H
#define SUITE_VALUE_H

#include <stdint.h>

#include "abi/rmi_smc.h"
#include "tests/suite/pool.h"

enum value_name {
	NAME_LITERAL,

	/* Of every scene. */
	NAME_FRESH, /* 16 delegated granules, aligned to their number */
	NAME_NS, /* 8 Non-secure ones */
	NAME_PARAMS, /* Non-secure: the page of a call's parameters */
	NAME_LIST, /* Non-secure: a list of descriptors */
	NAME_RUN, /* Non-secure: struct rec_run */
	NAME_SRC, /* Non-secure: contents for the realm */
	NAME_NO_RAM, /* there is no memory there */
	NAME_NOT_OURS, /* memory of EL3, or Secure */
	NAME_ALL_ONES,

	/* Of scenes with a realm. */
	NAME_RD,
	NAME_ROOT,
	NAME_TABLE, /* the table of level 3 over P_* */
	NAME_EMPTY_TABLE, /* the one over B_TABLE */
	NAME_CODE, /* the granule that is mapped at P_CODE, and so on */
	NAME_DATA_EMPTY,
	NAME_DATA_RAM,
	NAME_DATA_DESTROYED,
	NAME_BUFFER,
	NAME_BLOCK, /* delegated; the map has it at B_DATA, see scene */
	NAME_BOX, /* Non-secure: the first REC's struct agent_box */
	NAME_BOX2,
	NAME_SHARED, /* Non-secure: mapped at U_RO */

	/* Of scenes with RECs. */
	NAME_REC,
	NAME_REC2,

	/* A second realm, and its REC (scene_other()). */
	NAME_OTHER_RD,
	NAME_OTHER_REC,

	/* A granule that a REC_CREATE has been given (scene_donated()). */
	NAME_DONATED,

	/* Whatever a condition puts there. */
	NAME_MINE,
	NAME_HANDLE,
	NAMES
};

#define NAMED(name) ((uint64_t)NAME_##name << 56)
#define FRESH NAMED(FRESH)
#define NS NAMED(NS)
#define PARAMS NAMED(PARAMS)
#define LIST_PAGE NAMED(LIST)
#define RUN NAMED(RUN)
#define SRC NAMED(SRC)
#define NO_RAM NAMED(NO_RAM)
#define NOT_OURS NAMED(NOT_OURS)
#define ALL_ONES NAMED(ALL_ONES)
#define RD NAMED(RD)
#define ROOT NAMED(ROOT)
#define TABLE NAMED(TABLE)
#define EMPTY_TABLE NAMED(EMPTY_TABLE)
#define CODE NAMED(CODE)
#define DATA_EMPTY NAMED(DATA_EMPTY)
#define DATA_RAM NAMED(DATA_RAM)
#define DATA_DESTROYED NAMED(DATA_DESTROYED)
#define BUFFER NAMED(BUFFER)
#define BLOCK_PA NAMED(BLOCK)
#define BOX NAMED(BOX)
#define BOX2 NAMED(BOX2)
#define SHARED NAMED(SHARED)
#define REC NAMED(REC)
#define REC2 NAMED(REC2)
#define OTHER_RD NAMED(OTHER_RD)
#define OTHER_REC NAMED(OTHER_REC)
#define DONATED NAMED(DONATED)
#define MINE NAMED(MINE)
#define HANDLE NAMED(HANDLE)

/* What a name stands for, in the condition that runs. */
void value_set(enum value_name name, uint64_t value);
void value_clear(void);

/* The number that a word of a table means. */
uint64_t value_of(uint64_t word);

/* Descriptors of @count pages, or of blocks of level 2. */
#define DESC_SIZE_BLOCK 1
#define PAGES(pa, count) ((pa) + ((uint64_t)(count) << 2))
#define BLOCKS(pa, count) (PAGES(pa, count) + DESC_SIZE_BLOCK)
#define UNDELEGATED RMI_ADDR_RANGE_UNDELEGATED

/* Their number, in the bits between size and address. */
#define DESC_COUNT GENMASK_ULL(SUITE_GRANULE_SHIFT - 1, 2)

/* Flags of range commands. */
#define LIST_OF(count) (RMI_OADDR_LIST | (uint64_t)(count) << 2)
#define ATTR(memattr, s2ap) \
	((uint64_t)(memattr) << 16 | (uint64_t)(s2ap) << 19)
#define NS_RW ATTR(RMI_MEMATTR_NORMAL_WB, RMI_S2AP_RW)

/* x0 of an answer. */
#define OK ((uint64_t)RMI_SUCCESS)
#define ERR(status) ((uint64_t)RMI_ERROR_##status)
#define RTT(level) RMI_RETURN(RMI_ERROR_RTT, level)

#endif

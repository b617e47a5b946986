/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two kinds of word. With bit 0 set, what a PE reads:
 *
 *	1:0	table or page 11, block 01
 *	5:2	MemAttr; the encoding of FEAT_S2FWB
 *	7:6	S2AP: bit 6 read, bit 7 write
 *	9:8	SH: inner shareable
 *	10	AF
 *	47:12	output address, or the next table
 *	54:53	XN: 10, nobody executes
 *	55	NS: the output address is in the Non-secure PAS
 *
 * With bit 0 clear a PE ignores the rest, and it is ours:
 *
 *	2	HIPAS DATA, else VOID or UNMAPPED_NS
 *	4:3	RIPAS
 *	5	VOID: open, an operation is at work here
 *	47:12	output address, if DATA
 */
#include "rmm/rtt_format.h"

#define PTE_VALID BIT_ULL(0)
#define PTE_TABLE BIT_ULL(1) /* levels 0 to 2: a table, no block */
#define PTE_PAGE BIT_ULL(1) /* level 3: always */
#define PTE_MEMATTR GENMASK_ULL(5, 2)
#define PTE_MEMATTR_NS GENMASK_ULL(4, 2) /* the part that the host chooses */
#define PTE_S2AP_READ BIT_ULL(6)
#define PTE_S2AP_WRITE BIT_ULL(7)
#define PTE_SH GENMASK_ULL(9, 8)
#define PTE_SH_INNER 3
#define PTE_AF BIT_ULL(10)
#define PTE_ADDR GENMASK_ULL(47, 12)
#define PTE_XN BIT_ULL(54)
#define PTE_NS BIT_ULL(55)

#define EMPTY_DATA BIT_ULL(2)
#define EMPTY_RIPAS GENMASK_ULL(4, 3)
#define EMPTY_OPEN BIT_ULL(5)

static uint64_t s2ap_to_word(unsigned int s2ap)
{
	return (s2ap & RMI_S2AP_READ ? PTE_S2AP_READ : 0) |
	       (s2ap & RMI_S2AP_WRITE ? PTE_S2AP_WRITE : 0);
}

static unsigned int s2ap_from_word(uint64_t word)
{
	return (word & PTE_S2AP_READ ? RMI_S2AP_READ : 0) |
	       (word & PTE_S2AP_WRITE ? RMI_S2AP_WRITE : 0);
}

static uint64_t leaf(const struct rtte *entry, int level, unsigned int memattr,
		     unsigned int s2ap)
{
	return PTE_VALID | (level == RTT_LEVEL_LAST ? PTE_PAGE : 0) |
	       FIELD_PREP(PTE_MEMATTR, memattr) | s2ap_to_word(s2ap) |
	       FIELD_PREP(PTE_SH, PTE_SH_INNER) | PTE_AF |
	       (entry->pa & PTE_ADDR);
}

uint64_t rtte_encode(const struct rtte *entry, int level)
{
	switch (entry->hipas) {
	case HIPAS_TABLE:
		return PTE_VALID | PTE_TABLE | (entry->pa & PTE_ADDR);
	case HIPAS_DATA:
		if (entry->ripas == RMI_RAM)
			return leaf(entry, level, RMI_MEMATTR_NORMAL_WB,
				    RMI_S2AP_RW);
		return EMPTY_DATA | FIELD_PREP(EMPTY_RIPAS, entry->ripas) |
		       (entry->pa & PTE_ADDR);
	case HIPAS_MAPPED_NS:
		return leaf(entry, level, entry->memattr, entry->s2ap) |
		       PTE_XN | PTE_NS;
	case HIPAS_VOID:
		return FIELD_PREP(EMPTY_RIPAS, entry->ripas) |
		       (entry->open ? EMPTY_OPEN : 0);
	default:
		return 0;
	}
}

static struct rtte decode_valid(uint64_t word, int level)
{
	struct rtte entry = { .pa = word & PTE_ADDR };

	if (level < RTT_LEVEL_LAST && (word & PTE_TABLE)) {
		entry.hipas = HIPAS_TABLE;
	} else if (word & PTE_NS) {
		entry.hipas = HIPAS_MAPPED_NS;
		entry.memattr = FIELD_GET(PTE_MEMATTR_NS, word);
		entry.s2ap = s2ap_from_word(word);
	} else {
		entry.hipas = HIPAS_DATA;
		entry.ripas = RMI_RAM;
	}
	return entry;
}

static struct rtte decode_empty(uint64_t word, bool protected)
{
	struct rtte entry = { .hipas = HIPAS_UNMAPPED_NS };

	if (!protected)
		return entry;
	entry.hipas = HIPAS_VOID;
	entry.ripas = FIELD_GET(EMPTY_RIPAS, word);
	entry.open = word & EMPTY_OPEN;
	if (word & EMPTY_DATA) {
		entry.hipas = HIPAS_DATA;
		entry.pa = word & PTE_ADDR;
	}
	return entry;
}

struct rtte rtte_decode(uint64_t word, int level, bool protected)
{
	return word & PTE_VALID ? decode_valid(word, level) :
				  decode_empty(word, protected);
}

bool rtte_is_valid(const struct rtte *entry)
{
	switch (entry->hipas) {
	case HIPAS_TABLE:
	case HIPAS_MAPPED_NS:
		return true;
	case HIPAS_DATA:
		return entry->ripas == RMI_RAM;
	default:
		return false;
	}
}

uint64_t rtte_describe(const struct rtte *entry)
{
	switch (entry->hipas) {
	case HIPAS_TABLE:
	case HIPAS_DATA:
		return entry->pa;
	case HIPAS_MAPPED_NS:
		return entry->pa | FIELD_PREP(PTE_MEMATTR_NS, entry->memattr) |
		       s2ap_to_word(entry->s2ap);
	default:
		return 0;
	}
}

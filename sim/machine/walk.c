/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walks of translation tables (Arm DDI 0487, VMSAv8-64).
 */
#include "sim/machine/walk.h"

#include <stddef.h>
#include <string.h>

#include "sim/machine/views.h"

#define SCTLR_M BIT_ULL(0)

/* TCR_EL1; that of TTBR1_EL1 are the same, further up. */
#define TCR_TTBR1_SHIFT 16
#define TCR_TXSZ GENMASK_ULL(5, 0)
#define TCR_TG GENMASK_ULL(15, 14)
#define TCR_TBI0 BIT_ULL(37)
#define TCR_TBI1 BIT_ULL(38)
#define VA_SELECT BIT_ULL(55)
#define VA_TAG GENMASK_ULL(63, 56)

struct tables {
	uint64_t base; /* of the first */
	unsigned int bits; /* of an address that they translate */
	unsigned int page_shift;
	int level; /* of the first */
	const struct pe_regime *stage2; /* where they lie, or NULL: at PAs */
};

static uint64_t low_bits(unsigned int count)
{
	return count < 64 ? BIT_ULL(count) - 1 : ~0ull;
}

static bool read_entry(const struct tables *tables, uint64_t address,
		       uint64_t *entry)
{
	uint64_t pa = address, offset;

	if (tables->stage2 && !walk_stage2(tables->stage2, address, &pa))
		return false;
	if (!views_offset(pa, sizeof(*entry), &offset))
		return false;
	memcpy(entry, view_base(VIEW_PE) + offset, sizeof(*entry));
	return true;
}

static bool walk(const struct tables *tables, uint64_t input, uint64_t *output)
{
	unsigned int stride = tables->page_shift - 3;
	uint64_t table = tables->base, rest = input & low_bits(tables->bits);
	uint64_t entry;

	for (int level = tables->level; level <= WALK_LAST_LEVEL; level++) {
		unsigned int above = (unsigned int)(WALK_LAST_LEVEL - level);
		unsigned int shift = tables->page_shift + stride * above;

		if (!read_entry(tables, table + 8 * (rest >> shift), &entry) ||
		    !(entry & DESC_VALID))
			return false;
		rest &= low_bits(shift);
		if (level == WALK_LAST_LEVEL && !(entry & DESC_TABLE))
			return false;
		if (level == WALK_LAST_LEVEL || !(entry & DESC_TABLE)) {
			*output = (entry & DESC_ADDRESS & ~low_bits(shift)) |
				  rest;
			return true;
		}
		table = entry & DESC_ADDRESS & ~low_bits(tables->page_shift);
	}
	return false;
}

unsigned int walk_stage2_shift(uint64_t vtcr)
{
	switch (vtcr & VTCR_TG0) {
	case VTCR_TG0_4K:
		return 12;
	case VTCR_TG0_16K:
		return 14;
	case VTCR_TG0_64K:
		return 16;
	default:
		return 0;
	}
}

int walk_stage2_level(uint64_t vtcr)
{
	/* SL0 counts from another level with larger granules. */
	return (walk_stage2_shift(vtcr) == 12 ? 2 : 3) -
	       (int)FIELD_GET(VTCR_SL0, vtcr);
}

bool walk_stage2(const struct pe_regime *regime, uint64_t ipa, uint64_t *pa)
{
	uint64_t vtcr = regime->vtcr_el2;
	struct tables tables = {
		.base = regime->vttbr_el2 & VTTBR_BADDR,
		.bits = 64 - (unsigned int)FIELD_GET(VTCR_T0SZ, vtcr),
		.page_shift = walk_stage2_shift(vtcr),
		.level = walk_stage2_level(vtcr),
	};

	if (!(regime->hcr_el2 & HCR_VM)) {
		*pa = ipa;
		return true;
	}
	return tables.page_shift && !(ipa & ~low_bits(tables.bits)) &&
	       walk(&tables, ipa, pa);
}

/* log2 of the granule; the two halves count differently. */
static unsigned int page_shift(uint64_t tg, bool upper)
{
	static const unsigned int shifts[2][4] = {
		{ 12, 16, 14, 0 },
		{ 0, 14, 12, 16 },
	};

	return shifts[upper][tg];
}

/* The bits above those that are translated select the half, all of them. */
static bool in_half(uint64_t va, unsigned int bits, bool upper, bool tagged)
{
	uint64_t above = ~low_bits(bits);

	if (tagged)
		above &= ~VA_TAG;
	return (va & above) == (upper ? above : 0);
}

bool walk_stage1(const struct pe *pe, const struct pe_regime *regime,
		 uint64_t va, uint64_t *ipa)
{
	uint64_t tcr = pe->sysreg[PE_TCR_EL1];
	bool upper = va & VA_SELECT;
	uint64_t half = upper ? tcr >> TCR_TTBR1_SHIFT : tcr;
	struct tables tables = {
		.base = pe->sysreg[upper ? PE_TTBR1_EL1 : PE_TTBR0_EL1] &
			VTTBR_BADDR,
		.bits = 64 - (unsigned int)FIELD_GET(TCR_TXSZ, half),
		.page_shift = page_shift(FIELD_GET(TCR_TG, half), upper),
		.level = WALK_LAST_LEVEL,
		.stage2 = regime,
	};
	unsigned int covered = tables.page_shift;

	if (!(pe->sysreg[PE_SCTLR_EL1] & SCTLR_M)) {
		*ipa = va;
		return true;
	}
	if (!tables.page_shift ||
	    !in_half(va, tables.bits, upper,
		     tcr & (upper ? TCR_TBI1 : TCR_TBI0)))
		return false;
	/* The first level is the lowest that covers all bits. */
	for (covered += tables.page_shift - 3; covered < tables.bits;
	     covered += tables.page_shift - 3)
		tables.level--;
	return tables.level >= 0 && walk(&tables, va, ipa);
}

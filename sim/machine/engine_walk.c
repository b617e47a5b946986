/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The engine's walks of stage 2, with the granule protection check that it
 * lacks. Its walks read from a window of physical addresses behind which is no
 * memory but on_read(): that sees each descriptor of a walk before the engine
 * does, and makes an invalid one of what the check does not let pass. The
 * translation fault that follows becomes the fault that it really is.
 *
 * In the window an address has the level that is read there beside the PA of
 * the table. A block may lie in both worlds, and where in it an access goes is
 * not seen here: the engine is shown tables in its place, down to pages.
 *
 * What passes is marked, before it is checked: who moves a granule sees by
 * that mark whose TLB has it, and a walk that comes later sees the move.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "sim/machine/die.h"
#include "sim/machine/engine_private.h"
#include "sim/machine/gpt.h"
#include "sim/machine/views.h"
#include "sim/machine/walk.h"

#define WINDOW BIT_ULL(47)
#define WINDOW_SPLIT BIT_ULL(46) /* a table in place of a block */
#define WINDOW_LEVEL GENMASK_ULL(45, 44)
#define WINDOW_PA (ENGINE_PA_TOP - 1)
#define WINDOW_INDEX GENMASK_ULL(15, 3) /* in a table of the largest size */

#define FSC_EXTERNAL_WALK 0x14
#define FSC_GPF_WALK 0x24
#define FSC_GPF 0x28

struct engine_walks {
	unsigned int page_shift;
	unsigned int root_level;
	uint64_t word; /* that is being read, in two halves */
	uint64_t block; /* that tables are shown for */
	uint64_t fault; /* FSC of the walk's end, or 0 */
	_Atomic uint32_t epoch; /* of the TLB: another after each flush */
	_Atomic uint32_t seen[]; /* by granule: the last epoch that had it */
};

static uint64_t low_bits(unsigned int count)
{
	return BIT_ULL(count) - 1;
}

/* log2 of what an entry at @level maps. */
static unsigned int entry_shift(const struct engine_walks *walks,
				unsigned int level)
{
	return walks->page_shift +
	       (walks->page_shift - 3) * (WALK_LAST_LEVEL - level);
}

static uint64_t fail(struct engine_walks *walks, uint64_t fsc)
{
	walks->fault = fsc;
	return 0;
}

/* A descriptor in a table at @pa, which has to be the realm world's. */
static uint64_t read_table(struct engine_walks *walks, uint64_t pa,
			   unsigned int level)
{
	uint64_t offset;

	if (!views_offset(pa, sizeof(uint64_t), &offset))
		return fail(walks, FSC_EXTERNAL_WALK | level);
	if (!gpt_is_realm(offset, NULL))
		return fail(walks, FSC_GPF_WALK | level);
	return __atomic_load_n((uint64_t *)(view_base(VIEW_PE) + offset),
			       __ATOMIC_ACQUIRE);
}

/* The @index-th part of the block, as it would stand in a table at @level. */
static uint64_t split(const struct engine_walks *walks, uint64_t index,
		      unsigned int level)
{
	unsigned int shift = entry_shift(walks, level);
	uint64_t index_mask = low_bits(walks->page_shift - 3);
	uint64_t part = walks->block & ~(index_mask << shift);

	part |= (index & index_mask) << shift;
	return level == WALK_LAST_LEVEL ? part | DESC_TABLE : part;
}

/* A page: marked, and checked. */
static uint64_t page(struct engine_walks *walks, uint64_t word)
{
	uint64_t pa = word & DESC_ADDRESS & ~low_bits(walks->page_shift);
	uint64_t size = BIT_ULL(walks->page_shift), offset;
	uint32_t epoch = atomic_load(&walks->epoch);
	bool realm = !(word & DESC_NS);

	if (!views_offset(pa, size, &offset))
		return fail(walks, FSC_EXTERNAL);
	for (uint64_t end = offset + size; offset < end;
	     offset += VIEW_GRANULE) {
		atomic_store(&walks->seen[offset / VIEW_GRANULE], epoch);
		if (gpt_is_realm(offset, NULL) != realm)
			return fail(walks, FSC_GPF);
	}
	return word;
}

/* What the engine is to find at @at. */
static uint64_t descriptor(struct engine_walks *walks, uint64_t at)
{
	unsigned int level = (unsigned int)FIELD_GET(WINDOW_LEVEL, at);
	uint64_t next = WINDOW | FIELD_PREP(WINDOW_LEVEL, level + 1) |
			DESC_TABLE | DESC_VALID;
	uint64_t word;

	if (at & WINDOW_SPLIT) {
		word = split(walks, FIELD_GET(WINDOW_INDEX, at), level);
	} else {
		if (level == walks->root_level)
			walks->fault = 0;
		word = read_table(walks, at & WINDOW_PA, level);
	}
	if (!(word & DESC_VALID))
		return 0;
	if (level == WALK_LAST_LEVEL)
		return word & DESC_TABLE ? page(walks, word) : 0;
	if (word & DESC_TABLE)
		return next | (word & DESC_ADDRESS & WINDOW_PA);
	walks->block = word;
	return next | WINDOW_SPLIT;
}

/* The engine reads halves, the lower one first. */
static uint64_t on_read(uc_engine *uc, uint64_t offset, unsigned int size,
			void *context)
{
	struct engine_walks *walks = context;
	bool upper = offset % sizeof(uint64_t);

	(void)uc;
	if (!upper)
		walks->word = descriptor(walks, offset);
	if (size == sizeof(uint64_t))
		return walks->word;
	return upper ? walks->word >> 32 : (uint32_t)walks->word;
}

uint64_t engine_walks_open(struct engine *engine)
{
	struct engine_walks *walks;

	walks = calloc(1, sizeof(*walks) + sizeof(walks->seen[0]) *
						   views_size() / VIEW_GRANULE);
	if (!walks)
		machine_die("PE: no memory");
	engine->walks = walks;
	engine_map_read(engine, WINDOW, 2 * WINDOW, on_read, walks);
	return WINDOW;
}

void engine_walks_close(struct engine *engine)
{
	free(engine->walks);
}

uint64_t engine_walks_begin(struct engine *engine,
			    const struct pe_regime *regime)
{
	struct engine_walks *walks = engine->walks;

	walks->page_shift = walk_stage2_shift(regime->vtcr_el2);
	walks->root_level = (unsigned int)walk_stage2_level(regime->vtcr_el2);
	atomic_fetch_add(&walks->epoch, 1);
	return regime->vttbr_el2 | WINDOW |
	       FIELD_PREP(WINDOW_LEVEL, walks->root_level);
}

void engine_fix_walk(struct engine *engine, struct engine_trap *trap)
{
	uint64_t ec = FIELD_GET(ESR_EC, trap->esr);
	uint64_t fault = engine->walks->fault;

	engine->walks->fault = 0;
	if (!fault || trap->el != 2 ||
	    (ec != ESR_EC_DATA_ABORT_LOWER && ec != ESR_EC_INST_ABORT_LOWER) ||
	    (trap->esr & FSC_TYPE) != FSC_TRANSLATION)
		return;
	/* A table of stage 1 lies there. */
	if (trap->esr & ESR_ABORT_S1PTW && fault == FSC_GPF)
		fault = FSC_GPF_WALK | (trap->esr & FSC_LEVEL);
	if (trap->esr & ESR_ABORT_S1PTW && fault == FSC_EXTERNAL)
		fault = FSC_EXTERNAL_WALK | (trap->esr & FSC_LEVEL);
	/* No syndrome of the instruction comes with these. */
	trap->esr &= ESR_EC | ESR_IL | ESR_ABORT_CM | ESR_ABORT_S1PTW |
		     ESR_ABORT_WNR;
	trap->esr |= fault;
}

bool engine_has_cached(const struct engine *engine, uint64_t pa, uint64_t size)
{
	const struct engine_walks *walks = engine->walks;
	uint32_t epoch = atomic_load(&walks->epoch);
	uint64_t offset;

	if (!views_offset(pa, size, &offset))
		return false;
	for (uint64_t end = offset + size; offset < end;
	     offset += VIEW_GRANULE) {
		if (atomic_load(&walks->seen[offset / VIEW_GRANULE]) == epoch)
			return true;
	}
	return false;
}

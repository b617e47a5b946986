/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The granule protection table: which physical address space each granule of
 * memory belongs to (Arm DDI 0487, chapter "Granule Protection Check").
 */
#ifndef MONITOR_GPT_H
#define MONITOR_GPT_H

#include <stdbool.h>
#include <stdint.h>

enum gpi {
	GPI_NONE = 0x0,
	GPI_SECURE = 0x8,
	GPI_NS = 0x9,
	GPI_ROOT = 0xa,
	GPI_REALM = 0xb,
	GPI_ANY = 0xf,
};

/*
 * Once: tables for a machine whose RAM ends at @ram_end. Memory past what the
 * tables can describe granule by granule stays Non-secure for good; the answer
 * is where that begins, @ram_end if nowhere.
 */
uint64_t gpt_init(uint64_t ram_end);

/* On each CPU, before it leaves EL3: checks accesses from now on. */
void gpt_enable(void);

/*
 * Moves the granules of [@base, @top), all within RAM that gpt_init() covers,
 * from @from to @to. False, and nothing moved, if one is not in @from.
 */
bool gpt_move(uint64_t base, uint64_t top, enum gpi from, enum gpi to);

/*
 * From now on nothing becomes the Realm world's. True if nothing in [@base,
 * @top), of whole words of the table, is.
 */
bool gpt_close(uint64_t base, uint64_t top);

/* log2 of what one level 0 entry covers: 30, 34, 36 or 39. */
unsigned int gpt_l0_shift(void);

#endif

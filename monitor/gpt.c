/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granule protection tables for 40 bits of physical address and granules of
 * 4 KiB, in secure SRAM. A level 0 entry is a block, all of one kind, or leads
 * to a level 1 table of one nibble a granule, sixteen of them in a word.
 *
 * CPUs change neighbours in one word at the same time, so each word changes by
 * compare-and-swap, which also makes check and set of a granule one step.
 */
#include "monitor/gpt.h"

#include "monitor/layout.h"
#include "monitor/panic.h"
#include "monitor/sysregs.h"

#define PA_BITS 40
#define GRANULE 0x1000ull
#define WORD_GRANULES 16
#define WORD_SPAN (WORD_GRANULES * GRANULE)

#define L0_BLOCK(gpi) (1ull | (uint64_t)(gpi) << 4)
#define L0_TABLE(address) (3ull | (address))

/* The smallest unit of level 0, of which the architecture has four sizes. */
#define L0_SHIFT_MIN 30
#define L0_ENTRIES_MAX (1ull << (PA_BITS - L0_SHIFT_MIN))

/* Past this many granules one invalidation of everything is less work. */
#define TLBI_GRANULES_MAX 16

#define WORD_OF(gpi) ((uint64_t)(gpi) * 0x1111111111111111ull)

static uint64_t *const l0 = (uint64_t *)SRAM_GPT;
static uint64_t covered_end;
static bool closed;

/* What the Non-secure world must not see, and what all must see. */
static const struct {
	uint64_t base;
	uint64_t size;
	enum gpi gpi;
} fixed_ranges[] = {
	{ FLASH_BASE, FLASH_SIZE, GPI_ROOT },
	{ GIC_BASE, GIC_SIZE, GPI_ANY },
	{ SECURE_UART_BASE, GRANULE, GPI_ROOT },
	{ SECURE_GPIO_BASE, GRANULE, GPI_ROOT },
	{ SRAM_BASE, SRAM_SIZE, GPI_ROOT },
	{ CARVEOUT_BASE, CARVEOUT_SIZE, GPI_REALM },
};

unsigned int gpt_l0_shift(void)
{
	return L0_SHIFT_MIN +
	       (unsigned int)FIELD_GET(GPCCR_L0GPTSZ, mrs(GPCCR_EL3));
}

static uint64_t *word_of(uint64_t pa)
{
	unsigned int shift = gpt_l0_shift();
	uint64_t *table = (uint64_t *)(l0[pa >> shift] & ~3ull);

	return &table[(pa & ((1ull << shift) - 1)) / WORD_SPAN];
}

/* The nibbles of [@base, @end), which is within one word. */
static uint64_t mask_of(uint64_t base, uint64_t end)
{
	uint64_t first = base % WORD_SPAN / GRANULE;
	uint64_t last = (end - 1) % WORD_SPAN / GRANULE;

	return GENMASK_ULL(last * 4 + 3, first * 4);
}

static uint64_t word_end(uint64_t base, uint64_t top)
{
	uint64_t end = base - base % WORD_SPAN + WORD_SPAN;

	return end < top ? end : top;
}

static bool word_move(uint64_t base, uint64_t end, enum gpi from, enum gpi to)
{
	uint64_t mask = mask_of(base, end);
	uint64_t *word = word_of(base);
	uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);

	do {
		if ((old ^ WORD_OF(from)) & mask)
			return false;
	} while (!__atomic_compare_exchange_n(
		word, &old, (old & ~mask) | (WORD_OF(to) & mask), false,
		__ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
	return true;
}

/* As far as it goes: the first granule that did not move, or @top. */
static uint64_t range_move(uint64_t base, uint64_t top, enum gpi from,
			   enum gpi to)
{
	while (base < top) {
		uint64_t end = word_end(base, top);

		if (!word_move(base, end, from, to))
			break;
		base = end;
	}
	return base;
}

/* TLBI RPALOS of one 4 KiB granule: all CPUs, by physical address. */
static void tlbi_granule(uint64_t pa)
{
	asm volatile("sys #6, c8, c4, #7, %0" ::"r"(pa / GRANULE) : "memory");
}

/* TLBI PAALLOS. */
static void tlbi_all(void)
{
	asm volatile("sys #6, c8, c1, #4" ::: "memory");
}

/*
 * On hardware, DC CIPAPA of each granule would come first, so that no line of
 * the old PAS is written back later; QEMU has no caches.
 */
static void invalidate(uint64_t base, uint64_t top)
{
	dsb();
	if (top - base > TLBI_GRANULES_MAX * GRANULE)
		tlbi_all();
	else
		for (uint64_t pa = base; pa < top; pa += GRANULE)
			tlbi_granule(pa);
	dsb();
	isb();
}

/* Asked after the move: then gpt_close() has seen it, or is seen here. */
static bool is_closed(enum gpi to)
{
	return to == GPI_REALM && __atomic_load_n(&closed, __ATOMIC_SEQ_CST);
}

bool gpt_move(uint64_t base, uint64_t top, enum gpi from, enum gpi to)
{
	uint64_t end = range_move(base, top, from, to);
	bool good = end == top && !is_closed(to);

	if (!good)
		range_move(base, end, to, from);
	if (end != base)
		invalidate(base, end);
	return good;
}

static bool word_has(uint64_t word, enum gpi gpi)
{
	for (; word; word >>= 4)
		if ((word & 0xf) == (uint64_t)gpi)
			return true;
	return false;
}

bool gpt_close(uint64_t base, uint64_t top)
{
	__atomic_store_n(&closed, true, __ATOMIC_SEQ_CST);
	for (; base < top; base += WORD_SPAN)
		if (word_has(__atomic_load_n(word_of(base), __ATOMIC_SEQ_CST),
			     GPI_REALM))
			return false;
	return true;
}

static void table_fill(uint64_t *table, uint64_t bytes)
{
	for (uint64_t i = 0; i < bytes / sizeof(*table); i++)
		table[i] = WORD_OF(GPI_NS);
}

/* Level 1 tables from address 0 on, as many as SRAM holds. */
static void tables_build(uint64_t ram_end)
{
	unsigned int shift = gpt_l0_shift();
	uint64_t bytes = (1ull << shift) / WORD_SPAN * sizeof(uint64_t);
	uint64_t table = SRAM_GPT + L0_ENTRIES_MAX * sizeof(uint64_t);

	table = (table + bytes - 1) & ~(bytes - 1);
	for (uint64_t pa = 0; pa < ram_end; pa += 1ull << shift) {
		if (table + bytes > SRAM_BASE + SRAM_SIZE)
			break;
		table_fill((uint64_t *)table, bytes);
		l0[pa >> shift] = L0_TABLE(table);
		table += bytes;
		covered_end = pa + (1ull << shift);
	}
	if (covered_end <= NS_BASE)
		panic("GPT: secure SRAM holds no level 1 table of this size");
}

uint64_t gpt_init(uint64_t ram_end)
{
	for (uint64_t i = 0; i < L0_ENTRIES_MAX; i++)
		l0[i] = L0_BLOCK(GPI_NS);
	tables_build(ram_end);
	for (unsigned int i = 0;
	     i < sizeof(fixed_ranges) / sizeof(*fixed_ranges); i++)
		range_move(fixed_ranges[i].base,
			   fixed_ranges[i].base + fixed_ranges[i].size, GPI_NS,
			   fixed_ranges[i].gpi);
	dsb();
	return covered_end < ram_end ? covered_end : ram_end;
}

void gpt_enable(void)
{
	msr(GPTBR_EL3, (uint64_t)l0 / GRANULE);
	msr(GPCCR_EL3, GPCCR_PPS_40 | GPCCR_IRGN_WBRAWA | GPCCR_ORGN_WBRAWA |
			       GPCCR_SH_INNER | GPCCR_PGS_4K | GPCCR_GPC);
	isb();
	/* TLBI PAALL: what this CPU cached before there were checks. */
	asm volatile("sys #6, c8, c7, #4" ::: "memory");
	dsb();
	isb();
}

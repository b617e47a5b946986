/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A hostile guest: code that makes calls, accesses memory and registers and
 * executes words at random. What faults is left for what follows it.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_FUZZ_GUEST_H
#define SELFTEST_KVM_ARM64_RMI_FUZZ_GUEST_H

#include "rmi_realm.h"

/* ---- Numbers that a seed decides ----------------------------------------- */

struct rng {
	uint64_t state;
};

static inline uint64_t rng_next(struct rng *rng)
{
	uint64_t z = rng->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

static inline uint64_t below(struct rng *rng, uint64_t bound)
{
	return rng_next(rng) % bound;
}

static inline bool one_in(struct rng *rng, uint64_t bound)
{
	return below(rng, bound) == 0;
}

#define PICK(rng, table) ((table)[below(rng, ARRAY_SIZE(table))])

/* An address of a VM: mostly in or near its RAM, mostly of a page. */
static inline uint64_t any_gpa(struct rng *rng)
{
	static const uint64_t base[] = {
		RAM_BASE, RAM_BASE, RAM_BASE, RAM_BASE, RAM_BASE, RAM_BASE, 0,
		RAM_BASE + RAM_SIZE, RAM_BASE - PAGE, SHARED_BIT - PAGE,
		SHARED_BIT, SHARED_BIT << 1, 0x8000000, 0x80a0000, 0x9000000,
		-PAGE, 1ULL << 63,
	};
	uint64_t gpa = PICK(rng, base);

	if (!one_in(rng, 4))
		gpa += PAGE * below(rng, one_in(rng, 2) ? 8 : 512);
	if (one_in(rng, 12))
		gpa += below(rng, PAGE);
	return gpa;
}

/* A size: mostly some pages. */
static inline uint64_t any_size(struct rng *rng)
{
	static const uint64_t size[] = {
		0, 1, PAGE - 1, RAM_SIZE, RAM_SIZE / 2, 1ULL << 30,
		SHARED_BIT, -PAGE, -1ULL,
	};

	switch (below(rng, 8)) {
	case 0:
		return PICK(rng, size);
	case 1:
		return PAGE * below(rng, 520);
	default:
		return PAGE * (1 + below(rng, 8));
	}
}

/* ---- Code ---------------------------------------------------------------- */

#define GUEST_CODE_SIZE (4 * PAGE) /* the last of it are the vectors */
#define GUEST_WORDS (GUEST_CODE_SIZE / 4)
#define GUEST_VECTORS (3 * PAGE)

#define RESUME_REG 27 /* the vectors go on there */

struct guest_code {
	uint32_t *word;
	unsigned int used;
};

static inline void emit(struct guest_code *code, uint32_t word)
{
	code->word[code->used++] = word;
}

static inline void emit_mov(struct guest_code *code, unsigned int reg,
			    uint64_t value)
{
	unsigned int i;

	emit(code, 0xd2800000 | (value & 0xffff) << 5 | reg);
	for (i = 1; i < 4; i++) {
		if (value >> 16 * i & 0xffff)
			emit(code, 0xf2800000 | i << 21 |
			     (value >> 16 * i & 0xffff) << 5 | reg);
	}
}

/*
 * An address as the realm sees it, or any number. What it shares it has lost,
 * and can do nothing more when it needs it again: rarely its RAM, and its code
 * hardly ever.
 */
static inline uint64_t any_argument(struct rng *rng)
{
	uint64_t gpa = any_gpa(rng);

	if (gpa - RAM_BASE < GUEST_CODE_SIZE && !one_in(rng, 32))
		gpa += GUEST_CODE_SIZE;
	switch (below(rng, 8)) {
	case 0:
		return below(rng, 8);
	case 1:
		return rng_next(rng);
	case 2:
		return gpa & ~0xffULL;
	case 3:
		return SHARED_BIT + 0x8000000 + 8 * below(rng, 0x20000);
	case 4:
		return SHARED_BIT + 0x9000000 + 8 * below(rng, 4);
	default:
		return one_in(rng, 16) ? gpa | SHARED_BIT : gpa;
	}
}

static inline uint64_t any_function(struct rng *rng)
{
	static const uint32_t arch[] = {
		0x80000000, 0x80000001, 0x8600ff01, 0xc5000000, 0xc4000150,
		0xc400018f, 0x84000050,
	};
	uint32_t psci = below(rng, 0x16);

	switch (below(rng, 8)) {
	case 0:
		return PICK(rng, arch);
	case 1:
		/* SYSTEM_OFF and SYSTEM_RESET end the fun. */
		if ((psci == 8 || psci == 9) && !one_in(rng, 8))
			psci = 3;
		return (one_in(rng, 2) ? 0x84000000 : 0xc4000000) + psci;
	case 2:
		return rng_next(rng);
	case 3:
		return 0xc4000197; /* IPA_STATE_SET */
	case 4:
		return 0xc4000199; /* HOST_CALL */
	default:
		return 0xc4000190 + below(rng, 0x20);
	}
}

static inline void emit_call(struct guest_code *code, struct rng *rng)
{
	uint64_t base = any_argument(rng);
	unsigned int reg;

	emit_mov(code, 0, any_function(rng));
	emit_mov(code, 1, base);
	emit_mov(code, 2, one_in(rng, 2) ? base + any_size(rng) :
		 any_argument(rng));
	for (reg = 3; reg < 7; reg++)
		emit_mov(code, reg, one_in(rng, 2) ? below(rng, 3) :
			 any_argument(rng));
	emit(code, one_in(rng, 8) ? 0xd4000002 : 0xd4000003);
}

/* RSI_HOST_CALL, with something in it that KVM may have to forward. */
static inline void emit_host_call(struct guest_code *code, struct rng *rng)
{
	emit_mov(code, 1, RAM_BASE + GUEST_CODE_SIZE + 256 * below(rng, 64));
	emit_mov(code, 2, 0xc5000000 + below(rng, 8));
	emit(code, 0xf9000422); /* str x2, [x1, #8] */
	emit_mov(code, 0, 0xc4000199);
	emit(code, 0xd4000003);
}

/* Loads and stores of x1 and its neighbours at x0, and what cleans caches. */
static inline void emit_access(struct guest_code *code, struct rng *rng)
{
	static const uint32_t access[] = {
		0xf9400001, 0xf9000001, 0x39400001, 0x39000001, 0xb9400001,
		0x79000001, 0xa9400801, 0xa9000801, 0xf8008c01, 0xc85f7c01,
		0xc8027c01, 0xf8610001, 0xd50b7420, 0xd50b7e20, 0x3d800001,
		0x3dc00001, 0xf9800000, 0xd5087800,
	};

	emit_mov(code, 0, any_argument(rng));
	emit(code, PICK(rng, access));
}

static inline void emit_register(struct guest_code *code, struct rng *rng)
{
	static const uint32_t written[] = {
		0xd51be321, /* cntv_ctl_el0 */
		0xd51be341, /* cntv_cval_el0 */
		0xd51be301, /* cntv_tval_el0 */
		0xd51be221, /* cntp_ctl_el0 */
		0xd51be241, /* cntp_cval_el0 */
		0xd518cba1, /* icc_sgi1r_el1 */
		0xd5184601, /* icc_pmr_el1 */
		0xd518cce1, /* icc_igrpen1_el1 */
		0xd518cc21, /* icc_eoir1_el1 */
		0xd538cc01, /* icc_iar1_el1, which is read */
		0xd5181041, /* cpacr_el1 */
	};

	emit_mov(code, 1, one_in(rng, 2) ? below(rng, 256) : rng_next(rng));
	if (one_in(rng, 2))
		emit(code, PICK(rng, written));
	else if (one_in(rng, 8))
		emit(code, 0xd5100001 | (rng_next(rng) & 0xfffe0)); /* msr */
	else
		emit(code, 0xd5300001 | (rng_next(rng) & 0xfffe0)); /* mrs */
}

/*
 * Any word, but for branches, after which nothing would follow, and for HLT,
 * which is heard outside of the machine if an emulator runs it.
 */
static inline void emit_word(struct guest_code *code, struct rng *rng)
{
	uint32_t word = rng_next(rng);

	if ((word & 0x1c000000) == 0x14000000)
		word = 0xd5000000 | (word & 0x3fffff);
	emit(code, word);
}

static inline void emit_wait(struct guest_code *code, struct rng *rng)
{
	static const uint32_t wait[] = {
		0xd503207f, 0xd503205f, 0xd503203f, 0xd5033fdf, 0xd503201f,
		0xd50342ff, 0xd50342df,
	};

	emit(code, PICK(rng, wait));
}

static inline void emit_something(struct guest_code *code, struct rng *rng)
{
	unsigned int start = code->used++;

	switch (below(rng, 12)) {
	case 0:
		emit_wait(code, rng);
		emit_host_call(code, rng);
		break;
	case 1:
	case 2:
		emit_register(code, rng);
		break;
	case 3:
		emit_word(code, rng);
		break;
	case 4:
	case 5:
	case 6:
	case 7:
		emit_access(code, rng);
		break;
	default:
		emit_call(code, rng);
	}
	/* adr: whatever faults, what follows is next */
	code->word[start] = 0x10000000 | (code->used - start) << 5 |
			    RESUME_REG;
}

static inline void make_vectors(uint32_t *word)
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		word[i * 32] = 0xd5184020 | RESUME_REG; /* msr elr_el1 */
		word[i * 32 + 1] = 0xd69f03e0; /* eret */
	}
}

/* Fills GUEST_WORDS words, for the start of RAM. */
static inline void make_guest(struct rng *rng, uint32_t *word)
{
	struct guest_code code = { .word = word };
	unsigned int start;

	memset(word, 0, GUEST_CODE_SIZE);
	emit_mov(&code, 1, RAM_BASE + GUEST_VECTORS);
	emit(&code, 0xd518c001); /* msr vbar_el1, x1 */
	emit(&code, 0xd5033fdf); /* isb */
	start = code.used;
	while (code.used < GUEST_VECTORS / 4 - 64)
		emit_something(&code, rng);
	emit(&code, 0x14000000 | ((start - code.used) & 0x3ffffff));
	make_vectors(word + GUEST_VECTORS / 4);
}

#endif

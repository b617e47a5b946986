/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms' PEs by script. A realm with secrets has them in every register, but
 * for what the ABI shows its host. One without finds none in its own.
 */
#ifndef TESTS_TAINT_GUEST_H
#define TESTS_TAINT_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/pe.h"

/* What ends a run. What it does not say is a secret. */
struct guest_end {
	const char *name;
	enum pe_exit_kind kind;

	uint64_t esr; /* ESR_EL2, as far as @fixed goes */
	uint64_t esr_choice; /* not 0: the same, in the second run */
	uint64_t fixed;

	/* A register that ESR_EL2 names: which one is a secret, too. */
	unsigned int reg_shift; /* of its number; 0 is none */
	unsigned int reg_bits; /* of it, that the host may see */

	bool has_ipa; /* HPFAR_EL2.FIPA is @ipa */
	uint64_t ipa;
	bool offset_shown; /* and FAR_EL2 below bit 12 */

	unsigned int args; /* x0 up to this are not secret */
	uint64_t x[5];
	void (*prepare)(struct pe *pe); /* the realm does this before */

	uint64_t answer; /* flags of the next REC_ENTER */
};

/* Who runs next, and how its run ends; a further run ends by an interrupt. */
struct guest_script {
	bool public; /* the realm has no secrets */
	bool fresh; /* nor has this REC by now */
	const struct guest_end *end; /* NULL: an interrupt */
	void (*look)(void); /* a realm without secrets looks at its memory */
};

extern struct guest_script guest_script;

/* For struct fake: a PE that follows the script. */
void guest_run(struct pe *pe, struct pe_simd *simd,
	       const struct pe_regime *regime, struct pe_exit *exit);

/* All ways out, and some that lead back in. */
extern const struct guest_end guest_ends[];
extern const unsigned int guest_ends_count;

/* Places in the IPA space of the realms, which a scene makes so. */
#define GUEST_BASE 0x40000000ull
#define GUEST_MESSAGE (GUEST_BASE + 0x1000) /* DATA, for messages */
#define GUEST_ABSENT (GUEST_BASE + 0x4000) /* RAM without memory */
#define GUEST_EMPTY (GUEST_BASE + 0x10000) /* EMPTY from here on */
#define GUEST_IPA_BITS 40
#define GUEST_SHARED (1ull << (GUEST_IPA_BITS - 1))
#define GUEST_DEVICE (GUEST_SHARED + 0x8000) /* nothing mapped */

#endif

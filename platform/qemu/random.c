/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entropy from the CPU (FEAT_RNG). QEMU's `max` has it.
 */
#include <string.h>

#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

#define ISAR0_RNDR GENMASK_ULL(63, 60)

/* RNDR may fail for a while; then there is no entropy. */
#define TRIES 100

static bool random_word(uint64_t *word)
{
	uint64_t ok;

	for (unsigned int i = 0; i < TRIES; i++) {
		asm volatile("mrs %0, S3_3_C2_C4_0\n\t"
			     "cset %1, ne"
			     : "=r"(*word), "=r"(ok)
			     :
			     : "cc");
		if (ok)
			return true;
		plat_relax();
	}
	return false;
}

bool plat_random(void *buf, size_t size)
{
	uint8_t *to = buf;
	uint64_t word;

	if (FIELD_GET(ISAR0_RNDR, read_sysreg(id_aa64isar0_el1)) == 0)
		return false;
	while (size) {
		size_t part = size < sizeof(word) ? size : sizeof(word);

		if (!random_word(&word))
			return false;
		memcpy(to, &word, part);
		to += part;
		size -= part;
	}
	return true;
}

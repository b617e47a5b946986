/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All vector registers at once, for host and realm.
 */
#ifndef TESTS_QEMU_NS_SIMD_REGS_H
#define TESTS_QEMU_NS_SIMD_REGS_H

#include <stdint.h>

#define Z_BYTES 256 /* of the longest vectors */

struct v_regs {
	uint64_t v[32][2];
	uint64_t fpcr;
	uint64_t fpsr;
};

/* Filled without gaps, as far as the vector length goes. */
struct sve_regs {
	uint8_t z[32 * Z_BYTES] __attribute__((aligned(16)));
	uint8_t p[17 * Z_BYTES / 8]; /* and FFR */
};

/* simd_regs.S */
void v_write(const struct v_regs *regs);
void v_read(struct v_regs *regs);
void sve_write(const void *z, const void *p);
void sve_read(void *z, void *p);
uint64_t sve_length(void); /* bytes */

#endif

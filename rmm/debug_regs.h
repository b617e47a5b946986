/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Debug registers of a REC: MDCR_EL2.TDA and TDOSA trap them, and they keep
 * what the realm writes. There are as many breakpoints and watchpoints as the
 * realm was created with, and as its ID_AA64DFR0_EL1 says. None of them fires:
 * no PE is given them.
 */
#ifndef RMM_DEBUG_REGS_H
#define RMM_DEBUG_REGS_H

#include <stdbool.h>
#include <stdint.h>

struct rec;

/* DBGBVRn_EL1, DBGBCRn_EL1, DBGWVRn_EL1 and DBGWCRn_EL1. */
enum debug_kind {
	DEBUG_BVR,
	DEBUG_BCR,
	DEBUG_WVR,
	DEBUG_WCR,
	DEBUG_KINDS
};

#define DEBUG_REGS 16

struct debug_regs {
	uint64_t value[DEBUG_KINDS][DEBUG_REGS];
	bool os_lock;
};

/* As after a reset: the OS lock is locked. */
void debug_regs_reset(struct debug_regs *regs);

/*
 * Carries the access out, between the register and general register @rt. False
 * if there is no such register.
 */
bool debug_regs_access(struct rec *rec, uint32_t encoding, unsigned int rt,
		       bool read);

#endif

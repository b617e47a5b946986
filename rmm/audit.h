/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Debug builds check every granule that a call has touched, at the moment when
 * its lock is given back: then it is whole again, and nobody else has seen it.
 * What is wrong panics in the call that did it, and not at the next ledger.
 */
#ifndef RMM_AUDIT_H
#define RMM_AUDIT_H

#include <stdint.h>

#include "rmm/granule.h"

#ifdef RMM_DEBUG
/* This CPU has locked a realm, and written nothing of its tables yet. */
void audit_begin(void);

/* It has written the entry that translates @ipa in a table of that realm. */
void audit_entry(uint64_t ipa);

/* The granule is about to be unlocked: it must be what its state says. */
void audit_granule(const struct granule *granule);
#else
static inline void audit_begin(void)
{
}

static inline void audit_entry(uint64_t ipa)
{
	(void)ipa;
}

static inline void audit_granule(const struct granule *granule)
{
	(void)granule;
}
#endif

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Test builds (MON_CANNED) can answer RMI calls in the RMM's place, to be an
 * RMM that ours is not. A word in the flash image says which one.
 */
#ifndef MONITOR_CANNED_H
#define MONITOR_CANNED_H

#include <stdbool.h>
#include <stdint.h>

/* Offset in flash of the word: the last one before the RMM. */
#define CANNED_WORD 0xffff8

enum canned_rmm {
	CANNED_NONE = 0, /* all calls go to the RMM */
	CANNED_1_0_TO_1_1 = 1, /* speaks RMI 1.0 and 1.1 */
	CANNED_2_0_TO_2_1 = 2, /* speaks RMI 2.0 and 2.1 */
	CANNED_BETA_0 = 3, /* has no REALM_TERMINATE */
	CANNED_BETA_3 = 4, /* has GPT_INFO */
	CANNED_NO_ACTIVATE = 5, /* RMM_ACTIVATE fails */
};

#if MON_CANNED
/* Answers the call in @x and says true, or leaves it to the RMM. */
bool canned_rmi(uint64_t *x);
#else
static inline bool canned_rmi(uint64_t *x)
{
	(void)x;
	return false;
}
#endif

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMMs that are not there: flash-canned.bin has a monitor that can answer RMI
 * calls in the RMM's place. A word in the flash image says as which RMM.
 */
#ifndef TESTS_QEMU_MONITOR_CANNED_H
#define TESTS_QEMU_MONITOR_CANNED_H

/* Offset in flash of the word: the last one before the RMM. */
#define CANNED_WORD 0xffff8

enum canned_rmm {
	CANNED_NONE = 0, /* all calls go to the RMM */
	CANNED_1_0_TO_1_1 = 1, /* speaks RMI 1.0 and 1.1 */
	CANNED_2_0_TO_2_1 = 2, /* speaks RMI 2.0 and 2.1 */
	CANNED_BETA_0 = 3, /* has no REALM_TERMINATE */
	CANNED_BETA_3 = 4, /* has GPT_INFO */
	CANNED_NO_ACTIVATE = 5, /* RMM_ACTIVATE fails */
	CANNED_FAULT = 6, /* the monitor itself faults, x7 = CANNED_MARK */
};

#define CANNED_MARK 0x5eed5eed5eed

#endif

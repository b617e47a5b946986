/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small life of a realm that needs every call of the RMI that moves memory:
 * populated, run, faulting in both halves, converting pages there and back.
 */
#ifndef TESTS_HOST_LIFE_H
#define TESTS_HOST_LIFE_H

#include <linux/types.h>

/* What the realm stores to the UART at its end, if all went well. */
#define LIFE_VALUE 0x600dull

struct life {
	bool off; /* it ended by PSCI SYSTEM_OFF */
	u64 value; /* the last it stored to the UART */
	long error; /* what ended it, if that was an ioctl */
};

/* From KVM_CREATE_VM to the last close(). */
struct life life_live(void);

#endif

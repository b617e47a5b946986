/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The exit register: four bytes, in which a realm leaves the exit status of
 * its run. Writing it does not end the run; PSCI SYSTEM_OFF does.
 */
#ifndef VMM_EXITREG_H
#define VMM_EXITREG_H

#include "vmm/mmio.h"

/* Zero until the realm writes it. */
struct exitreg {
	u32 value;
};

u64 exitreg_read(void *exitreg, u64 offset, unsigned int size);
void exitreg_write(void *exitreg, u64 offset, unsigned int size, u64 value);

#endif

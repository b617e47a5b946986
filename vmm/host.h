/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulated host: a machine that is up, and its kernel.
 */
#ifndef VMM_HOST_H
#define VMM_HOST_H

#include "vmm/options.h"

/*
 * Starts the machine of @options with its faults, then boots the kernel, whose
 * lines go to stdout. An exit status: 0, 2 if the options name no such machine
 * or fault, 3 if it does not come up; with a line in @err, and nothing left.
 */
int host_start(const struct options *options, struct err *err);
void host_stop(void);

#endif

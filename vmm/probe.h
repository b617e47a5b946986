/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * cca probe: does a machine have realms, and if not, why.
 */
#ifndef VMM_PROBE_H
#define VMM_PROBE_H

#include "vmm/options.h"

/*
 * Boots the kernel of the machine that @options (a struct options) name and
 * prints what it says; the exit status of cca, 0 whether there are realms or
 * not. One a process, like run_realm().
 */
int probe_machine(const void *options);

#endif

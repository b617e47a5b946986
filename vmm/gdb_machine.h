/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulated machine as a debugger's target: its threads are the RECs of the
 * one realm that runs, thread 1 the first.
 */
#ifndef VMM_GDB_MACHINE_H
#define VMM_GDB_MACHINE_H

#include "vmm/gdb.h"

extern const struct gdb_target gdb_machine;

#endif

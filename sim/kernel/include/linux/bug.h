/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: a warning is one line of the log, and is
 * counted in the ledger (sim_kvm_ledger()).
 */
#ifndef SIM_LINUX_BUG_H
#define SIM_LINUX_BUG_H

#include <linux/types.h>

bool sim_warn(const char *file, int line, const char *condition);

#define WARN_ON(condition) \
	((condition) && sim_warn(__FILE__, __LINE__, #condition))

#endif

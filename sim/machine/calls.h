/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The commands of RMI by number and by name. A command is an index below
 * CALLS, in the order of abi/rmi_table.h.
 */
#ifndef SIM_MACHINE_CALLS_H
#define SIM_MACHINE_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "abi/rmi_table.h"

enum call {
#define CALL_ENUM(NAME, ...) CALL_##NAME,
	RMI_CALL_TABLE(CALL_ENUM)
#undef CALL_ENUM
	CALLS,
	CALL_UNKNOWN = CALLS
};

/* The command that x0 of an SMC asks for; CALL_UNKNOWN if it is none. */
enum call call_by_fid(uint64_t x0);

/* The command with the @length bytes of @name, or CALL_UNKNOWN. */
enum call call_by_name(const char *name, size_t length);

/* "RTT_CREATE", or NULL for CALL_UNKNOWN. */
const char *call_name(enum call call);

#endif

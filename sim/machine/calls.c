/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The commands of RMI by number and by name.
 */
#include <string.h>

#include "abi/smccc.h"
#include "sim/machine/calls.h"

static const struct {
	uint32_t fid;
	const char *name;
} calls[CALLS] = {
#define CALL_ROW(NAME, ...) { SMC_RMI_##NAME, #NAME },
	RMI_CALL_TABLE(CALL_ROW)
#undef CALL_ROW
};

enum call call_by_fid(uint64_t x0)
{
	/* A function identifier is W0, and its hint names no other call. */
	uint32_t fid = (uint32_t)x0 & ~(uint32_t)SMCCC_SVE_HINT;

	for (unsigned int i = 0; i < CALLS; i++) {
		if (calls[i].fid == fid)
			return i;
	}
	return CALL_UNKNOWN;
}

enum call call_by_name(const char *name, size_t length)
{
	for (unsigned int i = 0; i < CALLS; i++) {
		if (strlen(calls[i].name) == length &&
		    memcmp(calls[i].name, name, length) == 0)
			return i;
	}
	return CALL_UNKNOWN;
}

const char *call_name(enum call call)
{
	return call < CALLS ? calls[call].name : NULL;
}

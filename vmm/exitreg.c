// SPDX-License-Identifier: BSD-3-Clause
/*
 * The exit register. Only whole accesses of four bytes mean anything.
 */
#include "vmm/exitreg.h"

u64 exitreg_read(void *context, u64 offset, unsigned int size)
{
	const struct exitreg *exitreg = context;

	return offset == 0 && size == 4 ? exitreg->value : 0;
}

void exitreg_write(void *context, u64 offset, unsigned int size, u64 value)
{
	struct exitreg *exitreg = context;

	if (offset == 0 && size == 4)
		exitreg->value = (u32)value;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The mailbox: a register to which a realm writes the address of a page of its
 * RAM that it has shared, with a line of text in it. The VMM passes the line on
 * and puts the answer, the same in capitals, in its place.
 */
#ifndef VMM_MAILBOX_H
#define VMM_MAILBOX_H

#include "vmm/mmio.h"

struct mailbox {
	/* RAM's shared half, which is ours to read; NULL if there is none. */
	char *ram;
	u64 ram_size;
	void (*line)(void *context, const char *line);
	void *context;
};

/* There is nothing to read: zero. */
u64 mailbox_read(void *mailbox, u64 offset, unsigned int size);

/*
 * Without effect unless @value is the IPA of a granule in RAM, whole, at the
 * start of the register, and that granule has a zero byte.
 */
void mailbox_write(void *mailbox, u64 offset, unsigned int size, u64 value);

#endif

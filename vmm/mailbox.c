// SPDX-License-Identifier: BSD-3-Clause
/*
 * The mailbox. The realm may change the page while we read it: what it reads
 * and what is printed is a copy.
 */
#include <stddef.h>
#include <string.h>

#include "vmm/layout.h"
#include "vmm/mailbox.h"

u64 mailbox_read(void *mailbox, u64 offset, unsigned int size)
{
	(void)mailbox;
	(void)offset;
	(void)size;
	return 0;
}

static void answer(const struct mailbox *mailbox, char *page)
{
	char text[GRANULE_SIZE];
	size_t length;

	memcpy(text, page, sizeof(text));
	length = strnlen(text, sizeof(text));
	if (length == sizeof(text))
		return;
	mailbox->line(mailbox->context, text);
	for (size_t i = 0; i < length; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			text[i] = (char)(text[i] - 'a' + 'A');
	memcpy(page, text, length);
}

void mailbox_write(void *context, u64 offset, unsigned int size, u64 value)
{
	const struct mailbox *mailbox = context;
	u64 at = value - RAM_BASE;

	if (offset || size < 4 || !mailbox->ram || value % GRANULE_SIZE ||
	    value < RAM_BASE || at >= mailbox->ram_size)
		return;
	answer(mailbox, mailbox->ram + at);
}

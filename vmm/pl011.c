// SPDX-License-Identifier: BSD-3-Clause
/*
 * The console: registers of a PL011. Sending takes no time, so the transmit
 * FIFO is always empty; there is no interrupt line, only its status bits.
 */
#include "vmm/pl011.h"

/* A register that only keeps what is written: where, and which bits it has. */
struct kept {
	u64 offset;
	size_t field;
	u16 bits;
};

#define KEPT(name, field, bits) \
	{ PL011_##name, offsetof(struct pl011, field), bits }

static const struct kept kept_table[] = {
	KEPT(ILPR, ilpr, 0xff),	  KEPT(IBRD, ibrd, 0xffff),
	KEPT(FBRD, fbrd, 0x3f),	  KEPT(LCRH, lcrh, 0xff),
	KEPT(CR, cr, 0xff87),	  KEPT(IFLS, ifls, 0x3f),
	KEPT(IMSC, imsc, 0x7ff), KEPT(DMACR, dmacr, 0x7),
};

/* PeriphID0 to 3 (part 0x011 of Arm, revision 3), then PCellID0 to 3. */
static const u8 ids[] = { 0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

static u16 *find(struct pl011 *uart, u64 offset, u16 *bits)
{
	for (size_t i = 0; i < sizeof(kept_table) / sizeof(*kept_table); i++) {
		if (kept_table[i].offset == offset) {
			*bits = kept_table[i].bits;
			return (u16 *)((char *)uart + kept_table[i].field);
		}
	}
	return NULL;
}

void pl011_init(struct pl011 *uart,
		void (*line)(void *context, const char *line), void *context)
{
	*uart = (struct pl011){
		.line = line,
		.context = context,
		.cr = PL011_CR_UARTEN | PL011_CR_TXE | PL011_CR_RXE,
		.ifls = 0x12,
	};
}

void pl011_flush(struct pl011 *uart)
{
	if (!uart->length)
		return;
	uart->text[uart->length] = '\0';
	uart->length = 0;
	uart->line(uart->context, uart->text);
}

static void send(struct pl011 *uart, u8 c)
{
	if (!(uart->cr & PL011_CR_UARTEN) || !(uart->cr & PL011_CR_TXE))
		return;
	uart->ris |= PL011_INT_TX;
	if (c == '\n' && !uart->length)
		uart->line(uart->context, "");
	else if (c == '\n' || uart->length == PL011_LINE_MAX)
		pl011_flush(uart);
	if (c != '\n' && c != '\r' && c != '\0')
		uart->text[uart->length++] = (char)c;
}

u64 pl011_read(void *context, u64 offset, unsigned int size)
{
	struct pl011 *uart = context;
	u16 bits, *kept = find(uart, offset, &bits);

	(void)size;
	if (kept)
		return *kept;
	if (offset >= PL011_PERIPH_ID && offset % 4 == 0)
		return ids[(offset - PL011_PERIPH_ID) / 4];
	switch (offset) {
	case PL011_FR:
		return PL011_FR_TXFE | PL011_FR_RXFE;
	case PL011_RIS:
		return uart->ris;
	case PL011_MIS:
		return uart->ris & uart->imsc;
	default: /* DR and RSR: nothing was received, nothing went wrong */
		return 0;
	}
}

void pl011_write(void *context, u64 offset, unsigned int size, u64 value)
{
	struct pl011 *uart = context;
	u16 bits, *kept = find(uart, offset, &bits);

	(void)size;
	if (kept)
		*kept = (u16)(value & bits);
	else if (offset == PL011_DR)
		send(uart, (u8)value);
	else if (offset == PL011_ICR)
		uart->ris &= (u16)~value;
}

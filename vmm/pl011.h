/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The console: a PrimeCell UART (PL011, Arm DDI 0183) that sends lines to its
 * owner and never receives anything.
 */
#ifndef VMM_PL011_H
#define VMM_PL011_H

#include <stddef.h>

#include "vmm/mmio.h"

#define PL011_DR 0x000
#define PL011_RSR 0x004
#define PL011_FR 0x018
#define PL011_ILPR 0x020
#define PL011_IBRD 0x024
#define PL011_FBRD 0x028
#define PL011_LCRH 0x02c
#define PL011_CR 0x030
#define PL011_IFLS 0x034
#define PL011_IMSC 0x038
#define PL011_RIS 0x03c
#define PL011_MIS 0x040
#define PL011_ICR 0x044
#define PL011_DMACR 0x048
#define PL011_PERIPH_ID 0xfe0 /* four, then four of PCellID */

#define PL011_FR_RXFE BIT_ULL(4)
#define PL011_FR_TXFF BIT_ULL(5)
#define PL011_FR_TXFE BIT_ULL(7)
#define PL011_CR_UARTEN BIT_ULL(0)
#define PL011_CR_TXE BIT_ULL(8)
#define PL011_CR_RXE BIT_ULL(9)
#define PL011_INT_TX BIT_ULL(5)

/* A longer line is passed on in pieces. */
#define PL011_LINE_MAX 512

struct pl011 {
	/* A line without its end; carriage returns are left out. */
	void (*line)(void *context, const char *line);
	void *context;
	char text[PL011_LINE_MAX + 1];
	size_t length;

	u16 ilpr, ibrd, fbrd, lcrh, cr, ifls, imsc, ris, dmacr;
};

/*
 * Resets the UART, but leaves it switched on, as firmware would: a realm may
 * write to the data register at once.
 */
void pl011_init(struct pl011 *uart,
		void (*line)(void *context, const char *line), void *context);

/* Passes on what was sent after the last end of line. */
void pl011_flush(struct pl011 *uart);

u64 pl011_read(void *uart, u64 offset, unsigned int size);
void pl011_write(void *uart, u64 offset, unsigned int size, u64 value);

#endif

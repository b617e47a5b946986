/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Short texts, made without a C library. A text that is full stays as it is.
 */
#ifndef SUITE_TEXT_H
#define SUITE_TEXT_H

#include <stdint.h>

struct text {
	char s[200];
	unsigned int length;
};

void text_clear(struct text *text);

/* Each adds to the end. */
void text_add(struct text *text, const char *string);
void text_hex(struct text *text, uint64_t number); /* 0x1f */
void text_number(struct text *text, uint64_t number); /* 31 */

/* A result word of RMI: ERROR_RTT:2, INCOMPLETE+DONATE, NOT_SUPPORTED. */
void text_result(struct text *text, uint64_t x0);

#endif

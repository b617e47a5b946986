/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text for the consoles of the firmware: no buffer, no state.
 */
#include "platform/qemu/libc/format.h"

#include <stdint.h>

#define DIGITS_MAX 20 /* of a 64-bit number, in any base used here */

static void put_string(void (*put)(char c), const char *string)
{
	while (*string)
		put(*string++);
}

static void put_number(void (*put)(char c), uint64_t value, unsigned int base)
{
	char digits[DIGITS_MAX];
	unsigned int count = 0;

	do {
		digits[count++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	while (count)
		put(digits[--count]);
}

static void put_argument(void (*put)(char c), char kind, va_list *args)
{
	switch (kind) {
	case 's':
		put_string(put, va_arg(*args, const char *));
		break;
	case 'c':
		put((char)va_arg(*args, int));
		break;
	case 'u':
		put_number(put, va_arg(*args, unsigned int), 10);
		break;
	case 'x':
		put_string(put, "0x");
		put_number(put, va_arg(*args, uint64_t), 16);
		break;
	default:
		put(kind);
	}
}

void format(void (*put)(char c), const char *text, va_list args)
{
	va_list copy;

	va_copy(copy, args);
	for (; *text; text++) {
		if (text[0] == '%' && text[1])
			put_argument(put, *++text, &copy);
		else
			put(*text);
	}
	va_end(copy);
}

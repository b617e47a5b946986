/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A very small printf: %s, %c, %u (unsigned int), %x (64-bit, with 0x), %%.
 */
#ifndef PLATFORM_QEMU_LIBC_FORMAT_H
#define PLATFORM_QEMU_LIBC_FORMAT_H

#include <stdarg.h>

/* Gives each character of the text to @put. */
void format(void (*put)(char c), const char *text, va_list args);

#endif

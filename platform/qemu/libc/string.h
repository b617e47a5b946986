/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The C library of the firmware: what compilers, Mbed TLS, libfdt and the RMM
 * call of it. Shapes as in C11, 7.24; strnlen() as in POSIX.
 */
#ifndef PLATFORM_QEMU_LIBC_STRING_H
#define PLATFORM_QEMU_LIBC_STRING_H

#include <stddef.h>

void *memcpy(void *dst, const void *src, size_t size);
void *memmove(void *dst, const void *src, size_t size);
void *memset(void *dst, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
void *memchr(const void *bytes, int c, size_t size);
size_t strlen(const char *string);
size_t strnlen(const char *string, size_t most);
char *strrchr(const char *string, int c);
int strcmp(const char *left, const char *right);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Limits of C's types (C11, 5.2.4.2.1), as far as Mbed TLS and libfdt ask.
 */
#ifndef PLATFORM_QEMU_LIBC_LIMITS_H
#define PLATFORM_QEMU_LIBC_LIMITS_H

#define CHAR_BIT __CHAR_BIT__
#define INT_MAX __INT_MAX__
#define INT_MIN (-__INT_MAX__ - 1)
#define UINT_MAX (__INT_MAX__ * 2u + 1u)
#define LONG_MAX __LONG_MAX__
#define ULONG_MAX (__LONG_MAX__ * 2ul + 1ul)

#endif

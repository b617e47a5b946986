/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mbed TLS 3.6 as the RMM uses it: the hashes and nothing else, in plain C.
 */
#ifndef PLATFORM_QEMU_MBEDTLS_CONFIG_H
#define PLATFORM_QEMU_MBEDTLS_CONFIG_H

/* There is no C library below, but for platform/qemu/libc. */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA512_C

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Only for size_t: Mbed TLS and libfdt include this, the firmware allocates
 * nothing.
 */
#include <stddef.h>

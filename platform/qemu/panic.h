/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions that the RMM does not expect.
 */
#ifndef PLATFORM_QEMU_PANIC_H
#define PLATFORM_QEMU_PANIC_H

#include <stdint.h>

/* From vectors.S: prints the syndrome and stops the machine. */
_Noreturn void exception_panic(uint64_t vector);

#endif

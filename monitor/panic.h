/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of the machine when the firmware cannot go on.
 */
#ifndef MONITOR_PANIC_H
#define MONITOR_PANIC_H

#include <stdint.h>

#include "monitor/entry.h"

/* Says why and ends QEMU with EXIT_MONITOR_PANIC. */
_Noreturn void panic(const char *why);

/* The same, with the registers of whoever was interrupted. */
_Noreturn void panic_frame(const char *why, const struct frame *frame);

/* Ends QEMU with exit code @code, by semihosting. */
_Noreturn void machine_exit(uint64_t code);

#endif

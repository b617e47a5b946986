/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Answers in the RMM's place that the host arms itself, while it runs: what
 * --fault is in `sim`. SMCs of the monitor in flash-canned.bin; the product's
 * monitor does not know them.
 */
#ifndef TESTS_QEMU_MONITOR_ARMED_H
#define TESTS_QEMU_MONITOR_ARMED_H

#include <stdbool.h>
#include <stdint.h>

#include "monitor/vendor.h"

/*
 * x1 = function of RMI; x2 = which call of it from now on (1 is the next one),
 * and in bits 63:32 how many in a row, 0 for all; x3 to x5 = x0 to x2 of the
 * answer, and x3 and x4 of it are 0. With x1 = 0: nothing is armed any more.
 * x0 = 0, or -1 if there is no room.
 */
#define ARMED_ANSWER VENDOR_CALL(0x100)

/* x0 = how many calls were answered so since nothing was armed. */
#define ARMED_HITS VENDOR_CALL(0x101)

/* Answers the call in @x if that is armed. */
bool armed_answer(uint64_t *x);

#endif

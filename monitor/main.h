/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where start.S enters C, on a stack, with the MMU off.
 */
#ifndef MONITOR_MAIN_H
#define MONITOR_MAIN_H

#include <stdint.h>

_Noreturn void cold_boot(uint64_t index);
_Noreturn void warm_boot(uint64_t index);

#endif

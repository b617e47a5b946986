/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a realm reads as ID registers (HCR_EL2.TID3).
 */
#ifndef RMM_IDREG_H
#define RMM_IDREG_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/rec.h"

/* True if @encoding (SYSREG()) belongs to the group that TID3 traps. */
bool idreg_is(uint32_t encoding);

/* The value that @rec sees; 0 for what idreg.c has no row for. */
uint64_t idreg_read(const struct rec *rec, uint32_t encoding);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Vector registers. The RMM uses none, so those of the host stay where they are
 * until a realm wants to use its own.
 */
#ifndef PLATFORM_QEMU_SIMD_H
#define PLATFORM_QEMU_SIMD_H

#include "rmm/pe.h"

/* This CPU's registers are the host's: keeps them, and loads those of a REC. */
void simd_take(const struct pe_simd *rec);

/* The way back. */
void simd_give_back(struct pe_simd *rec);

#endif

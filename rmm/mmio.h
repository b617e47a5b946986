/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Loads and stores that the host carries out for a realm, as far as the
 * syndrome of their abort (with ISV) describes them.
 */
#ifndef RMM_MMIO_H
#define RMM_MMIO_H

#include <stdint.h>

#include "rmm/pe.h"

/* What the store with this ESR_EL2 stores, cut to its size; 0 for a load. */
uint64_t mmio_value(const struct pe *pe, uint64_t esr);

/*
 * The host has done it: a load gets its register from the low bytes of @value,
 * and PC moves on.
 */
void mmio_complete(struct pe *pe, uint64_t esr, uint64_t value);

#endif

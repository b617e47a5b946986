/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The device tree that a realm finds at the address in x0.
 */
#ifndef VMM_DTB_H
#define VMM_DTB_H

#include "vmm/err.h"
#include "vmm/layout.h"

/*
 * Writes the flattened tree of @layout into @blob, a granule of DTB_SIZE bytes
 * whose rest is zero: it is measured as it stands, so the same layout always
 * gives the same bytes. False if it does not fit.
 */
bool dtb_build(const struct layout *layout, void *blob, struct err *err);

#endif

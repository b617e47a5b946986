/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the RMM refused the kernel, and what it kept of the kernel's memory, in
 * the kernel's own words: "RTT_CREATE=ERROR_RTT:2", as --fault takes it.
 */
#ifndef VMM_REFUSALS_H
#define VMM_REFUSALS_H

#include "vmm/err.h"
#include "vmm/host.h"

/* What there was before this does not count. */
void refusals_start(const struct host *host);

/* Adds to @err what the RMM refused last, if it refused something. */
void refusals_explain(const struct host *host, struct err *err);

/* Prints what was refused and kept, with the numbers since the boot. */
void refusals_report(const struct host *host);

/* Prints the last refusal since the boot, if there was one. */
void refusals_probe(const struct host *host);

#endif

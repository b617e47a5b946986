/* SPDX-License-Identifier: BSD-3-Clause */
/* PSCI 1.1 as a realm gets it (Arm DEN 0022). */
#ifndef RMM_PSCI_H
#define RMM_PSCI_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/rec.h"

/*
 * Answers a PSCI call in x0. True if the host must act, with @exit filled in.
 * PC is past the SMC already.
 */
bool psci_call(struct rec *rec, uint32_t fid, struct rec_exit *exit);

#endif

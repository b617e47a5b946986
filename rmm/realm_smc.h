/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCs of a realm: RSI, PSCI and SMCCC_VERSION. The RMM answers all of them;
 * only RSI_HOST_CALL and some of PSCI go on to the host.
 */
#ifndef RMM_REALM_SMC_H
#define RMM_REALM_SMC_H

#include <stdbool.h>

#include "rmm/rec.h"

/* Answers the SMC at PC. True if @exit is filled in for the host. */
bool realm_smc(struct rec *rec, struct rec_exit *exit);

#endif

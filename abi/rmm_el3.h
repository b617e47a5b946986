/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What RMM and EL3 monitor say to each other, by SMC from Realm EL2.
 */
#ifndef ABI_RMM_EL3_H
#define ABI_RMM_EL3_H

#include "abi_types.h"

#define RMM_EL3_CALL(fnum) (0xc4000000u | (fnum))

/* The answer to an RMI call is ready: x1 and up are its x0 and up. */
#define RMM_RMI_REQ_COMPLETE RMM_EL3_CALL(0x18f)

/* Moves granules [x1, x2) between the Non-secure and the Realm PAS. */
#define RMM_GTSI_DELEGATE RMM_EL3_CALL(0x1b0)
#define RMM_GTSI_UNDELEGATE RMM_EL3_CALL(0x1b1)

#endif

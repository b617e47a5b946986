/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * Realm Services Interface 1.0 (Arm DEN 0137): the numbers, and the RHI calls
 * that RSI_HOST_CALL carries to the host (Arm DEN 0148).
 */
#ifndef ABI_RSI_SMC_H
#define ABI_RSI_SMC_H

#include "abi_types.h"

#define RSI_ABI_VERSION_1_0 0x10000u

#define SMC_RSI_CALL(fnum) (0xc4000000u | (fnum))

#define SMC_RSI_VERSION SMC_RSI_CALL(0x190)
#define SMC_RSI_FEATURES SMC_RSI_CALL(0x191)
#define SMC_RSI_MEASUREMENT_READ SMC_RSI_CALL(0x192)
#define SMC_RSI_MEASUREMENT_EXTEND SMC_RSI_CALL(0x193)
#define SMC_RSI_ATTESTATION_TOKEN_INIT SMC_RSI_CALL(0x194)
#define SMC_RSI_ATTESTATION_TOKEN_CONTINUE SMC_RSI_CALL(0x195)
#define SMC_RSI_REALM_CONFIG SMC_RSI_CALL(0x196)
#define SMC_RSI_IPA_STATE_SET SMC_RSI_CALL(0x197)
#define SMC_RSI_IPA_STATE_GET SMC_RSI_CALL(0x198)
#define SMC_RSI_HOST_CALL SMC_RSI_CALL(0x199)

#define RSI_FNUM_FIRST 0x190
#define RSI_FNUM_LAST 0x1af

enum rsi_status {
	RSI_SUCCESS = 0,
	RSI_ERROR_INPUT = 1,
	RSI_ERROR_STATE = 2,
	RSI_INCOMPLETE = 3,
	RSI_ERROR_UNKNOWN = 4,
};

/* RSI_IPA_STATE_SET: flags, and what the host answered. */
#define RSI_CHANGE_DESTROYED BIT_ULL(0) /* also DESTROYED becomes RAM */
#define RSI_ACCEPT 0
#define RSI_REJECT 1

/* Measurement registers: 0 is the RIM, 1 to 4 are the REMs. */
#define RSI_MEASUREMENTS 5
#define RSI_MEASUREMENT_SIZE 64

/* RHI: function identifiers in gprs[0] of a host call whose imm is 0. */
#define RHI_HOSTCONF_VERSION 0xc500004eu
#define RHI_HOSTCONF_FEATURES 0xc500004fu
#define RHI_HOSTCONF_GET_IPA_CHANGE_ALIGNMENT 0xc5000050u
#define RHI_VERSION_1_0 0x10000u
#define RHI_HOSTCONF_FEATURE_IPA_CHANGE_ALIGNMENT BIT_ULL(0)

#endif

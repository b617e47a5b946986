/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One abort of the realm of realm_kit.h, and what must have become of it.
 */
#ifndef TESTS_RMM_ABORT_KIT_H
#define TESTS_RMM_ABORT_KIT_H

#include "realm_kit.h"

#define DABT ESR_EC_DATA_ABORT_LOWER
#define IABT ESR_EC_INST_ABORT_LOWER
#define ABORT_VA 0xffff000012345678ull /* FAR_EL2 of each */
#define SAS(size) ((uint64_t)(size) << 22)
#define SRT(reg) ((uint64_t)(reg) << 16)

/* REC_ENTER; an abort; then, if the realm gets another run, an FIQ. */
void take(uint64_t ec, uint64_t iss, uint64_t ipa);

/* The host saw this, and nothing else. */
void assert_reported(uint64_t esr, uint64_t far, uint64_t ipa, uint64_t gpr0);

/*
 * The realm went on in its second run, at its vector for an SEA of its own EL,
 * and the host knows nothing of it.
 */
void assert_injected(uint64_t ec);

#endif

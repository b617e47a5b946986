/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One SMC of the realm of realm_kit.h, and what must have become of it.
 */
#ifndef TESTS_RMM_SMC_KIT_H
#define TESTS_RMM_SMC_KIT_H

#include "abi/psci.h"
#include "realm_kit.h"

/* The next run makes this SMC, the one after it ends by IRQ. */
#define SMC(...) (kit_pe.runs = kit_pe.written = 0, kit_pe_smc(__VA_ARGS__))

/* REC_ENTER, and the PE as the run after an SMC that did not leave finds it. */
const struct pe *after(void);

/* That, with x0 to x3 as given, the rest untouched, and PC behind the SMC. */
void assert_answer(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3);

/* The host saw the exit that a load from @ipa would make, and nothing else. */
void assert_absent(uint64_t ipa, unsigned int level);

#endif

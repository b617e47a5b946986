/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A RIPAS change of the realm of realm_kit.h: the realm asks, the host does
 * what it likes, the realm hears of it.
 */
#ifndef TESTS_RMM_RIPAS_KIT_H
#define TESTS_RMM_RIPAS_KIT_H

#include "smc_kit.h"

#define PAGE GRANULE_SIZE
#define BLOCK2 0x200000ull

/* The realm asks, and leaves to the host. */
void ask(uint64_t base, uint64_t top, enum rmi_ripas ripas, uint64_t flags);

/* The host's part: x0 of RTT_SET_RIPAS; out_top is fake_out[1]. */
uint64_t set_ripas(uint64_t base, uint64_t top);

/* It must do [base, out_top). */
void assert_set(uint64_t base, uint64_t top, uint64_t out_top);

/* The next entry brings this answer. */
void assert_response(uint64_t flags, uint64_t new_base, uint64_t response);

/* The entry that translates @ipa. */
void assert_ripas(uint64_t ipa, enum rmi_rtte_state state,
		  enum rmi_ripas ripas);

#endif

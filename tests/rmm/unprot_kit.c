/* SPDX-License-Identifier: BSD-3-Clause */
#include "unprot_kit.h"

uint64_t unprot_rd;

int unprot_setup(void **state)
{
	fixture_setup(state);
	unprot_rd = fixture_realm_default();
	fixture_tables(unprot_rd, BASE, 3);
	return 0;
}

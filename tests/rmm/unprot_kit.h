/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The unprotected half of fixture.h's realm, for tests of RTT_UNPROT_MAP and
 * RTT_UNPROT_UNMAP.
 */
#ifndef TESTS_RMM_UNPROT_KIT_H
#define TESTS_RMM_UNPROT_KIT_H

#include "fixture.h"

#define NONE RMI_OADDR_NONE
#define SINGLE RMI_OADDR_SINGLE
#define BASE FIXTURE_PAR_END
#define ATTR(memattr, s2ap) \
	(FIELD_PREP(RMI_MAP_MEMATTR, memattr) | FIELD_PREP(RMI_MAP_S2AP, s2ap))
#define WB_RW ATTR(RMI_MEMATTR_NORMAL_WB, RMI_S2AP_RW)

/* The default realm, with tables down to level 3 at BASE. */
extern uint64_t unprot_rd;

int unprot_setup(void **state);

#define unprot_test(name) \
	cmocka_unit_test_setup_teardown(name, unprot_setup, fixture_teardown)

#endif

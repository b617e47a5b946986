// SPDX-License-Identifier: BSD-3-Clause
/*
 * The kernel's own suite, here: granules that go to the RMM and come back.
 */
#include "linux/arch/arm64/kvm/kunit/granule_kunit.c"

int main(void)
{
	static const char *const machines[] = { "rme", NULL };

	return kunit_run(kunit_suite, machines);
}

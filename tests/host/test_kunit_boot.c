// SPDX-License-Identifier: BSD-3-Clause
/*
 * The kernel's own suite, here: what is left of the search for an RMM at boot,
 * on each of our machines.
 */
#include "linux/arch/arm64/kvm/kunit/boot_kunit.c"

int main(void)
{
	return kunit_run(kunit_suite, machine_conf_names());
}

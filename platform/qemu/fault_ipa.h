/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where in the IPA space a fault was, when HPFAR_EL2 does not say.
 */
#ifndef PLATFORM_QEMU_FAULT_IPA_H
#define PLATFORM_QEMU_FAULT_IPA_H

#include <stdbool.h>

#include "rmm/pe.h"

/*
 * Completes exit->hpfar of a realm that has just left: its EL1 registers and
 * stage 2 are still loaded. False if the address is not to be had, because the
 * realm has changed its tables meanwhile, or the host has taken their memory:
 * then the instruction runs again, and comes to another end.
 */
bool fault_ipa_complete(struct pe_exit *exit);

#endif

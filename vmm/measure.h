/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * cca measure: the initial measurement that a realm will have.
 */
#ifndef VMM_MEASURE_H
#define VMM_MEASURE_H

#include "vmm/options.h"

/*
 * Prints the RIM of the realm that @options (a struct options) ask for in hex;
 * the exit status of cca. Starts no machine.
 */
int measure_realm(const void *options);

#endif

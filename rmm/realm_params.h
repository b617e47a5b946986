/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The parameters of REALM_CREATE: what this RMM accepts.
 */
#ifndef RMM_REALM_PARAMS_H
#define RMM_REALM_PARAMS_H

#include <stdbool.h>

#include "abi/rmi_layout.h"

/*
 * True if a realm can be made with these parameters on this machine. Asks
 * about values only, not about the granules that they name. Flags that are
 * unknown, and those of features that we do not offer, are refused: a host must
 * not believe that it got what it asked for.
 */
bool realm_params_ok(const struct realm_params *params);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: what C11 has is enough.
 */
#ifndef SIM_LINUX_STDDEF_H
#define SIM_LINUX_STDDEF_H

#include <stdbool.h>
#include <stddef.h>

#endif

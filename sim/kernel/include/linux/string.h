/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header.
 */
#ifndef SIM_LINUX_STRING_H
#define SIM_LINUX_STRING_H

#include <string.h>

#endif

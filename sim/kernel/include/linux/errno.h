/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: arm64 has the generic numbers. The C
 * library's own errno.h includes a file of this name, too.
 */
#ifndef SIM_LINUX_ERRNO_H
#define SIM_LINUX_ERRNO_H

#include <asm-generic/errno.h>

#endif

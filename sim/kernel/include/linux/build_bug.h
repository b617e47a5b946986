/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: checks of the compiler.
 */
#ifndef SIM_LINUX_BUILD_BUG_H
#define SIM_LINUX_BUILD_BUG_H

#ifndef static_assert
#define static_assert _Static_assert
#endif

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: a page is known by its address.
 */
#ifndef TESTS_HOST_LINUX_MM_H
#define TESTS_HOST_LINUX_MM_H

#include "sim/kernel/pages.h"

#define phys_to_page(pa) (pa)
#define page_ref_count(page) pages_users(page)

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host, or a realm with its host's help, can make fault at Realm EL2
 * itself, because memory that was Non-secure or a realm's is so no longer. A
 * data abort in one of these functions makes it answer false (vectors.S).
 */
#ifndef PLATFORM_QEMU_MAY_FAULT_H
#define PLATFORM_QEMU_MAY_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* memcpy(), of which a part is done when it answers false. */
bool ns_copy(void *dst, const void *src, size_t size);

/*
 * AT S1E1R: PAR_EL1 has the answer, which may be a fault of the tables. False
 * if the walk itself did not find memory.
 */
bool translate_stage1(uint64_t va);

#endif

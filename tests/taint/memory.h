/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RAM with secrets in it, wherever a right RMM does not mind, and what the host
 * sees of RAM.
 */
#ifndef TESTS_TAINT_MEMORY_H
#define TESTS_TAINT_MEMORY_H

#include <stdint.h>

/* RAM: a block of level 2, and some. */
#define MEMORY_BASE 0x80000000ull
#define MEMORY_BLOCK 0x200000ull
#define MEMORY_SIZE (MEMORY_BLOCK + 0x80000)
#define MEMORY_PAGES (MEMORY_SIZE / 0x1000)

/* A cold machine, and nothing seen of it yet. */
void memory_reset(void);

/*
 * This DATA granule belongs to a realm without secrets, until it is no longer
 * DATA: it is not filled with any.
 */
void memory_is_public(uint64_t pa);

/* This realm has no secrets. */
void memory_realm_is_public(uint64_t rd);

/*
 * Fills with secrets what is nobody's, what was donated, the memory of realms,
 * their instance and measurements, and the unused rest of every RD and REC.
 */
void memory_taint(void);

/*
 * The host looks at every byte that it can read, and that is new to it. Memory
 * that was the RMM's must be zero.
 */
void memory_watch(void);

/* 1 << enum granule_state of all that came back to the host so far. */
unsigned int memory_came_back(void);

#endif

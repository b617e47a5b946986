/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small realm: the one of the layout vectors in tests/rmm/test_measurement.c,
 * with one measured page and one REC, and after those a page that is not
 * measured and a block that is shared.
 */
#ifndef TESTS_QEMU_NS_REALM_KIT_H
#define TESTS_QEMU_NS_REALM_KIT_H

#include <stdbool.h>
#include <stdint.h>

#define REALM_MEMORY 0x49000000ull /* all that is delegated for it */
#define REALM_PAGES 8
#define REALM_RD REALM_MEMORY
#define REALM_ROOT (REALM_MEMORY + 0x1000)
#define REALM_RTT2 (REALM_MEMORY + 0x2000)
#define REALM_RTT3 (REALM_MEMORY + 0x3000)
#define REALM_DATA (REALM_MEMORY + 0x4000)
#define REALM_REC (REALM_MEMORY + 0x5000)
#define REALM_REC_AUX (REALM_MEMORY + 0x6000)
#define REALM_MORE_DATA (REALM_MEMORY + 0x7000)
#define REALM_IPA_BITS 33
#define REALM_IPA 0x40000000ull
#define REALM_SHARED_IPA 0x100000000ull
#define REALM_PAGE_BYTE 0x5a

/* Each answers the status of its RMI command, or of the first that failed. */
uint64_t realm_delegate(void);
uint64_t realm_create(uint8_t s2sz, uint8_t hash);
uint64_t realm_add_tables(void);
uint64_t realm_add_page(void);
uint64_t realm_add_rec(void);
uint64_t realm_map_page(void);
uint64_t realm_map_shared(void);
uint64_t realm_activate(void);

uint64_t realm_unmap_shared(void);
uint64_t realm_destroy_rec(void);

/* Takes the rest apart, all memory back; true if every step succeeded. */
bool realm_destroy(void);

#endif

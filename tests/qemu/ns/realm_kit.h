/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small realm: the one of the layout vectors in tests/rmm/test_measurement.c,
 * with one measured page.
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
#define REALM_IPA 0x40000000ull
#define REALM_PAGE_BYTE 0x5a

/* Each answers the status of its RMI command. */
uint64_t realm_delegate(void);
uint64_t realm_create(uint8_t s2sz);
uint64_t realm_add_tables(void);
uint64_t realm_add_page(void);
uint64_t realm_activate(void);

/* Takes it apart, all memory back; true if every step succeeded. */
bool realm_destroy(void);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtual machine identifiers: 8 bits, one a realm. The RMM chooses them, so
 * that a host cannot make two realms share translations in a TLB.
 */
#ifndef RMM_VMID_H
#define RMM_VMID_H

#include <stdint.h>

#define VMID_NONE 0 /* never given to a realm */
#define VMID_LAST 255

/* All free. */
void vmid_init(void);

/* A free one, now taken, or VMID_NONE. Any CPU, no lock needed. */
uint16_t vmid_alloc(void);

/* Gives back what vmid_alloc() gave; its translations are gone already. */
void vmid_free(uint16_t vmid);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The virtual GIC of a REC (Arm DEN 0137, chapter "Realm interrupts and
 * timers"). The host leaves its state in the registers of the CPU on which it
 * enters the REC; the RMM sees to it that no interrupt of the realm reaches a
 * device.
 */
#ifndef RMM_VGIC_H
#define RMM_VGIC_H

#include <stdbool.h>
#include <stdint.h>

/*
 * True if the list registers of this CPU may be used for a realm: no valid one
 * is a physical interrupt's, and no two have the same virtual INTID.
 */
bool vgic_lrs_ok(void);

/* ICH_HCR_EL2 for the run: what the host may choose of it, and En. */
uint64_t vgic_hcr(void);

/* The run is over: the virtual CPU interface is off, all else is the host's. */
void vgic_leave(void);

#endif

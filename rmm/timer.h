/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The timers of a REC (Arm DEN 0137, chapter "Realm interrupts and timers").
 * The realm programs them; it is the host that turns their outputs into virtual
 * interrupts, so it is told at every exit, and by an exit when one changes.
 */
#ifndef RMM_TIMER_H
#define RMM_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/rec.h"

/*
 * Bits of CNTHCTL_EL2 for a run of @rec: timers that the host knows to be due
 * are masked, so that they do not end each run at once.
 */
uint64_t timer_masks(const struct rec *rec);

/* True if an output differs from what the host knows. */
bool timer_news(const struct rec *rec);

/* Writes both timers to @exit: the host knows now. */
void timer_report(struct rec *rec, struct rec_exit *exit);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Beginning and end of the conduit, for the machine.
 */
#ifndef SIM_MACHINE_CONDUIT_START_H
#define SIM_MACHINE_CONDUIT_START_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/machine/conf.h"

/* Counts from 0 and adds the canned answers of @conf, which must outlive it. */
bool conduit_start(const struct machine_conf *conf, char *err, size_t size);

/* Forgets all canned answers and the observer. Counts can still be read. */
void conduit_stop(void);

#endif

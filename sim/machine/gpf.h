/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granule protection faults: what happens when the host touches a granule that
 * the GPT does not give it.
 */
#ifndef SIM_MACHINE_GPF_H
#define SIM_MACHINE_GPF_H

void gpf_start(void);
void gpf_stop(void);

#endif

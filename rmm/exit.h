/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What ends a run of a realm's PE, and who it is for (Arm DEN 0137, chapters
 * "Realm exception model" and "REC exit").
 */
#ifndef RMM_EXIT_H
#define RMM_EXIT_H

#include <stdbool.h>

#include "rmm/rec.h"

/*
 * Deals with the end of a run. True if it is for the host, with @exit (zeroed
 * by the caller) filled in; false if the realm can go on at once. Called with
 * no lock held, by the CPU that runs @rec.
 */
bool exit_handle(struct rec *rec, const struct pe_exit *why,
		 struct rec_exit *exit);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a realm has to say, on stdout as it comes.
 */
#ifndef VMM_REPORT_H
#define VMM_REPORT_H

/* A line of the realm's console. */
void report_console(void *context, const char *line);

/* A line that the realm passed to us in memory that it shares. */
void report_message(void *context, const char *line);

#endif

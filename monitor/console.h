/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * EL3's console: the machine's second PL011, which only EL3 can reach.
 */
#ifndef MONITOR_CONSOLE_H
#define MONITOR_CONSOLE_H

void console_init(void);
void console_put(char c);

/* One line, whole even if other CPUs print; see format.h for the letters. */
void say(const char *text, ...);

#endif

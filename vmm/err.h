/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One line that says what went wrong, where, and what the bound is.
 */
#ifndef VMM_ERR_H
#define VMM_ERR_H

#include <stdbool.h>

struct err {
	char text[320];
};

/* Writes the line; always false, so that a function can return it. */
bool err_set(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds to the line, as far as there is room. */
void err_add(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Prints "cca: " and the line on stderr. */
void err_print(const struct err *err);

#endif

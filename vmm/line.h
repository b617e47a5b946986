/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A line that grows; what does not fit is cut off.
 */
#ifndef VMM_LINE_H
#define VMM_LINE_H

#include <stddef.h>

struct line {
	char *text;
	size_t size; /* of the room, at least 1 */
	size_t used;
};

void line_add(struct line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif

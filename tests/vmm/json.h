/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Is a text one JSON value, by RFC 8259?
 */
#ifndef TESTS_VMM_JSON_H
#define TESTS_VMM_JSON_H

#include <stdbool.h>

bool json_valid(const char *text);

#endif

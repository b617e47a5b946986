/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A command line in one string.
 */
#ifndef TESTS_VMM_OPTIONS_KIT_H
#define TESTS_VMM_OPTIONS_KIT_H

#include "vmm/options.h"

/* Parses `cca @line`; the options point into a static copy. */
bool options_of(const char *line, struct options *options, struct err *err);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/* A switch that makes the explorer's locks worthless. */
#ifndef TESTS_EXPLORE_WORD_H
#define TESTS_EXPLORE_WORD_H

#include <stdbool.h>

extern bool word_locks_are_broken;

#endif

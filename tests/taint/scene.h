/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the host does: three realms in a row, one with secrets, two without, of
 * which one lives beside it and one in the memory that it left.
 */
#ifndef TESTS_TAINT_SCENE_H
#define TESTS_TAINT_SCENE_H

#include <stdint.h>

/* All of it, once, with the secrets of secret_run. */
void scene_run(void);

/* PA of the message page of the realm that runs. */
uint64_t scene_message(void);

/* 1 << RMI_EXIT_* of all exits so far. */
unsigned int scene_exits(void);

#endif

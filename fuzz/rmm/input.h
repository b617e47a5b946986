/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the fuzzer gave: bytes, taken from the front. Past the end all are 0, so
 * that every prefix of an input is an input.
 */
#ifndef FUZZ_RMM_INPUT_H
#define FUZZ_RMM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void input_open(const uint8_t *data, size_t size);
bool input_more(void);
uint8_t input_byte(void);
uint64_t input_word(void); /* 8 bytes, little endian */

#endif

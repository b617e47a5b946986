/* SPDX-License-Identifier: BSD-3-Clause */
/* The fuzz target: commands of RMI, and guests, from bytes. */
#ifndef FUZZ_RMM_TARGET_H
#define FUZZ_RMM_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Commands made so far, by all inputs. */
extern uint64_t target_commands;

/* Runs one input; returns 0, or does not return. By libFuzzer's name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif

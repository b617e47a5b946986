/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values for the arguments of commands, by the names that the ABI's tables give
 * them: each name has a way to come to a value that makes sense here and now,
 * and every value may be bent into one that does not.
 */
#ifndef FUZZ_RMM_VALUE_H
#define FUZZ_RMM_VALUE_H

#include "fuzz/rmm/world.h"

/*
 * A value that makes sense as the next argument of @call, whose earlier ones
 * are there; @bits of the input choose. Fills the page that it points to.
 */
typedef uint64_t value_fn(const struct call *call, uint8_t bits);

/* The row for argument @name of command @fid. */
value_fn *value_find(const char *name, uint32_t fid);

/* Something else than @right, for argument @arg of @call; reads the input. */
uint64_t value_bend(const struct call *call, unsigned int arg, uint64_t right);

/* A bent word somewhere in a page of the host; reads the input. */
void value_spoil_page(uint64_t pa);

/* An address in @realm that others are likely to name as well. */
uint64_t value_ipa(const struct realm *realm, uint8_t bits);

#endif

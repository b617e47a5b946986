/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words of a machine file: numbers, choices, and what is said of bad ones.
 */
#ifndef SIM_MACHINE_CONF_PARSE_H
#define SIM_MACHINE_CONF_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/machine/conf.h"

struct conf_parser {
	const char *name; /* of the file */
	unsigned int line; /* 0 when no line is to blame */
	struct machine_conf *conf;
	char *err;
	size_t size;
	unsigned int seen; /* a bit a key */
	unsigned int rme; /* of CPUs that say nothing themselves */
	int cpu_rme[MACHINE_CPU_MAX]; /* -1 where nothing is said */
};

/* Writes "FILE:LINE: ..." to the parser's line; always false. */
bool conf_error(struct conf_parser *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Reads a number, decimal or with 0x, with a suffix K, M or G. The rest of the
 * text, or NULL if there is no number or it does not fit 64 bits.
 */
const char *conf_number(const char *text, uint64_t *number);

/* A whole value that is a number from @min to @max, or yes or no. */
bool conf_uint(struct conf_parser *p, const char *key, const char *value,
	       unsigned int min, unsigned int max, unsigned int *number);
bool conf_bool(struct conf_parser *p, const char *key, const char *value,
	       bool *choice);

/* Cuts blanks off both ends, in place. */
char *conf_trim(char *text);

#endif

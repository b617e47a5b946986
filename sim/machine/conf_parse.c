/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words of a machine file.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/conf_parse.h"

const char *conf_number(const char *text, uint64_t *number)
{
	unsigned int shift = 0;
	unsigned long long n;
	char *rest;

	if (!isdigit((unsigned char)*text))
		return NULL;
	errno = 0;
	n = strtoull(text, &rest, 0);
	if (errno)
		return NULL;
	if (*rest == 'K')
		shift = 10;
	else if (*rest == 'M')
		shift = 20;
	else if (*rest == 'G')
		shift = 30;
	if (n > UINT64_MAX >> shift)
		return NULL;
	*number = (uint64_t)n << shift;
	return rest + (shift != 0);
}

bool conf_uint(struct conf_parser *p, const char *key, const char *value,
	       unsigned int min, unsigned int max, unsigned int *number)
{
	uint64_t n;
	const char *rest = conf_number(value, &n);

	if (!rest || *rest || n < min || n > max)
		return conf_error(p, "%s: '%s' is not %u to %u", key, value,
				  min, max);
	*number = (unsigned int)n;
	return true;
}

bool conf_bool(struct conf_parser *p, const char *key, const char *value,
	       bool *choice)
{
	*choice = strcmp(value, "yes") == 0;
	if (!*choice && strcmp(value, "no") != 0)
		return conf_error(p, "%s: '%s' is not yes or no", key, value);
	return true;
}

char *conf_trim(char *text)
{
	size_t length;

	while (isspace((unsigned char)*text))
		text++;
	length = strlen(text);
	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

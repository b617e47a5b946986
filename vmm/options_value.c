// SPDX-License-Identifier: BSD-3-Clause
/*
 * Values of the command line: sizes, numbers, bytes in hex.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "vmm/options.h"

bool options_size(const char *text, u64 *size)
{
	static const char suffixes[] = "KMGT";
	const char *suffix;
	unsigned int shift = 0;
	char *end;
	u64 value;

	if (!isdigit((unsigned char)*text))
		return false;
	value = strtoull(text, &end, strncmp(text, "0x", 2) ? 10 : 16);
	if (value == ~0ull)
		return false;
	if (*end) {
		suffix = strchr(suffixes, toupper((unsigned char)*end));
		if (!suffix || end[1])
			return false;
		shift = 10 * (unsigned int)(suffix - suffixes + 1);
	}
	if (value > ~0ull >> shift)
		return false;
	*size = value << shift;
	return true;
}

bool options_number(const char *text, unsigned long max, unsigned int *value)
{
	char *end;
	unsigned long n;

	if (!isdigit((unsigned char)*text))
		return false;
	n = strtoul(text, &end, 10);
	if (*end || n > max)
		return false;
	*value = (unsigned int)n;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool options_hex(const char *text, u8 *bytes, size_t max, struct err *err)
{
	size_t digits = strlen(text);

	for (size_t i = 0; i < digits; i++)
		if (hex_digit(text[i]) < 0)
			return err_set(err, "'%c' at digit %zu is not hex",
				       text[i], i + 1);
	if (digits % 2)
		return err_set(err, "%zu hex digits are no whole bytes",
			       digits);
	if (digits > 2 * max)
		return err_set(err, "%zu bytes, at most %zu", digits / 2, max);
	memset(bytes, 0, max);
	for (size_t i = 0; i < digits; i++)
		bytes[i / 2] = (u8)(bytes[i / 2] << 4 | hex_digit(text[i]));
	return true;
}

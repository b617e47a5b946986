// SPDX-License-Identifier: BSD-3-Clause
/*
 * A strict reader of JSON that keeps nothing.
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "tests/vmm/json.h"

/* Each of these reads one thing at @at; where it ends, or NULL if it is not. */
static const char *value(const char *at);

static const char *space(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

static const char *word(const char *at, const char *text)
{
	return strncmp(at, text, strlen(text)) ? NULL : at + strlen(text);
}

static const char *string(const char *at)
{
	if (*at++ != '"')
		return NULL;
	for (; *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			return NULL;
		if (*at == '\\' && !strchr("\"\\/bfnrt", *++at))
			return NULL;
	}
	return at + 1;
}

static const char *digits(const char *at)
{
	if (!isdigit((unsigned char)*at))
		return NULL;
	while (isdigit((unsigned char)*at))
		at++;
	return at;
}

static const char *number(const char *at)
{
	at += *at == '-';
	if (*at == '0' && isdigit((unsigned char)at[1]))
		return NULL;
	at = digits(at);
	return at && *at == '.' ? digits(at + 1) : at;
}

static const char *member(const char *at)
{
	at = string(at);
	at = at ? space(at) : NULL;
	return at && *at == ':' ? value(at + 1) : NULL;
}

static const char *list(const char *at, char end,
			const char *(*one)(const char *at))
{
	at = space(at + 1);
	if (*at == end)
		return at + 1;
	for (;;) {
		at = one(space(at));
		if (!at)
			return NULL;
		at = space(at);
		if (*at == end)
			return at + 1;
		if (*at++ != ',')
			return NULL;
	}
}

static const char *value(const char *at)
{
	at = space(at);
	switch (*at) {
	case '{':
		return list(at, '}', member);
	case '[':
		return list(at, ']', value);
	case '"':
		return string(at);
	case 't':
		return word(at, "true");
	case 'f':
		return word(at, "false");
	case 'n':
		return word(at, "null");
	default:
		return number(at);
	}
}

bool json_valid(const char *text)
{
	const char *end = value(text);

	return end && !*space(end);
}

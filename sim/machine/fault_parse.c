/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Canned answers: how they are written.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/smccc.h"
#include "sim/machine/fault.h"

#define INDEX_MAX 255
#define VALUE_MAX 24 /* characters of a number */

static const struct {
	uint64_t x0;
	const char *name;
} answers[] = {
#define ANSWER_ROW(value, name) { value, #name },
	RMI_STATUS_TABLE(ANSWER_ROW)
#undef ANSWER_ROW
	{ SMCCC_NOT_SUPPORTED, "NOT_SUPPORTED" },
};

static bool is_word(const char *word, size_t length, const char *name)
{
	return strlen(name) == length && memcmp(word, name, length) == 0;
}

/* A decimal number up to @max and then the end of the @length bytes. */
static bool parse_number(const char *text, size_t length, uint64_t max,
			 uint64_t *number)
{
	uint64_t n = 0;

	if (length == 0)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
		n = n * 10 + (uint64_t)(text[i] - '0');
		if (n > max)
			return false;
	}
	*number = n;
	return true;
}

static bool parse_command(const char *text, size_t length, struct fault *fault,
			  char *err, size_t size)
{
	const char *hash = memchr(text, '#', length);
	size_t name = hash ? (size_t)(hash - text) : length;
	size_t number = length - name - 1;

	if (hash && text[length - 1] == '+') {
		fault->later = true;
		number--;
	}
	if (hash && (!parse_number(hash + 1, number, UINT32_MAX,
				   &fault->nth) ||
		     fault->nth == 0)) {
		snprintf(err, size, "'%.*s': no call number (1 to %u)",
			 (int)(length - name), hash, UINT32_MAX);
		return false;
	}

	if (is_word(text, name, "*")) {
		fault->call = CALL_UNKNOWN;
		return true;
	}
	fault->call = call_by_name(text, name);
	if (fault->call == CALL_UNKNOWN) {
		snprintf(err, size, "'%.*s': no RMI command (RTT_CREATE, *)",
			 (int)name, text);
		return false;
	}
	return true;
}

/* Of the @length bytes @text. */
static bool parse_status(const char *text, size_t length, struct fault *fault,
			 char *err, size_t size)
{
	const char *colon = memchr(text, ':', length);
	size_t name = colon ? (size_t)(colon - text) : length;
	unsigned int i, count = sizeof(answers) / sizeof(answers[0]);
	uint64_t index = 0;

	for (i = 0; i < count; i++) {
		if (is_word(text, name, answers[i].name))
			break;
	}
	if (i == count) {
		snprintf(err, size, "'%.*s': no status (ERROR_INPUT, BUSY, "
			 "NOT_SUPPORTED)", (int)name, text);
		return false;
	}
	fault->x0 = answers[i].x0;
	if (!colon)
		return true;

	if (fault->x0 == SMCCC_NOT_SUPPORTED) {
		snprintf(err, size, "'%.*s': NOT_SUPPORTED has no index",
			 (int)length, text);
		return false;
	}
	if (!parse_number(colon + 1, length - name - 1, INDEX_MAX, &index)) {
		snprintf(err, size, "'%.*s': no index (0 to %d)",
			 (int)(length - name), colon, INDEX_MAX);
		return false;
	}
	fault->x0 = RMI_RETURN(fault->x0, index);
	return true;
}

/* "xK" at @text, K below @max: what is behind it, or NULL. */
static const char *parse_reg(const char *text, unsigned int max,
			     unsigned int *reg)
{
	char *end;

	if (text[0] != 'x' || !isdigit((unsigned char)text[1]))
		return NULL;
	*reg = (unsigned int)strtoul(text + 1, &end, 10);
	return *reg < max && end - text <= 3 ? end : NULL;
}

/* A number, in decimal or with 0x; all of the @length bytes. */
static bool parse_any(const char *text, size_t length, uint64_t *number)
{
	char copy[VALUE_MAX + 1], *end;

	if (length == 0 || length > VALUE_MAX ||
	    !isdigit((unsigned char)text[0]))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	*number = strtoull(copy, &end, 0);
	return *end == '\0';
}

/* "xK=VALUE", VALUE being a number, xM, xM+NUMBER or xM-NUMBER. */
static bool parse_set(const char *text, size_t length, struct fault *fault)
{
	const char *end = text + length, *at;
	struct fault_value *value;
	unsigned int reg;
	uint64_t number;

	at = parse_reg(text, FAULT_REGS, &reg);
	if (!at || at == end || *at != '=')
		return false;
	value = &fault->x[reg];
	*value = (struct fault_value){ .set = true, .arg = FAULT_NO_ARG };
	text = at + 1;
	if (text == end || *text != 'x')
		return parse_any(text, (size_t)(end - text), &value->add);

	at = parse_reg(text, FAULT_ARGS, &value->arg);
	if (!at || at == end)
		return at;
	if (!parse_any(at + 1, (size_t)(end - at - 1), &number))
		return false;
	value->add = *at == '-' ? -number : number;
	return *at == '+' || *at == '-';
}

static bool parse_answer(const char *text, struct fault *fault, char *err,
			 size_t size)
{
	size_t length = strcspn(text, ",");

	if (!parse_status(text, length, fault, err, size))
		return false;
	while (text[length]) {
		text += length + 1;
		length = strcspn(text, ",");
		if (!parse_set(text, length, fault)) {
			snprintf(err, size, "'%.*s': not xK=VALUE (x0 to x%d; "
				 "a number, xM, xM+NUMBER or xM-NUMBER)",
				 (int)length, text, FAULT_REGS - 1);
			return false;
		}
	}
	return true;
}

bool fault_parse(const char *spec, struct fault *fault, char *err, size_t size)
{
	size_t length = strcspn(spec, "=~");

	*fault = (struct fault){ .made = spec[length] == '~' };
	if (!spec[length]) {
		snprintf(err, size, "'%s': not COMMAND[#N]=STATUS[:INDEX]",
			 spec);
		return false;
	}
	return parse_command(spec, length, fault, err, size) &&
	       parse_answer(spec + length + 1, fault, err, size);
}

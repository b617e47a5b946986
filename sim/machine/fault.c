/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Canned answers: parsing, matching, answering.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/smccc.h"
#include "sim/machine/fault.h"

#define INDEX_MAX 255

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

	fault->nth = 0;
	if (hash && (!parse_number(hash + 1, length - name - 1, UINT32_MAX,
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

static bool parse_status(const char *text, struct fault *fault, char *err,
			 size_t size)
{
	const char *colon = strchr(text, ':');
	size_t name = colon ? (size_t)(colon - text) : strlen(text);
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
		snprintf(err, size, "'%s': NOT_SUPPORTED has no index", text);
		return false;
	}
	if (!parse_number(colon + 1, strlen(colon + 1), INDEX_MAX, &index)) {
		snprintf(err, size, "'%s': no index (0 to %d)", colon,
			 INDEX_MAX);
		return false;
	}
	fault->x0 = RMI_RETURN(fault->x0, index);
	return true;
}

bool fault_parse(const char *spec, struct fault *fault, char *err, size_t size)
{
	const char *equals = strchr(spec, '=');

	if (!equals) {
		snprintf(err, size, "'%s': not COMMAND[#N]=STATUS[:INDEX]",
			 spec);
		return false;
	}
	return parse_command(spec, (size_t)(equals - spec), fault, err, size) &&
	       parse_status(equals + 1, fault, err, size);
}

bool fault_matches(const struct fault *fault, enum call call,
		   uint64_t nth_call, uint64_t nth_smc)
{
	uint64_t nth = nth_call;

	if (fault->call == CALL_UNKNOWN)
		nth = nth_smc;
	else if (fault->call != call)
		return false;
	return fault->nth == 0 || fault->nth == nth;
}

void fault_answer(const struct fault *fault, uint64_t *x)
{
	x[0] = fault->x0;
	/* An unknown function changes no other register. */
	if (fault->x0 != SMCCC_NOT_SUPPORTED)
		memset(&x[1], 0, 4 * sizeof(x[0]));
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Texts for the report.
 */
#include "tests/suite/text.h"

#include "abi/rmi_smc.h"
#include "abi/smccc.h"

void text_clear(struct text *text)
{
	text->length = 0;
	text->s[0] = '\0';
}

static void add_char(struct text *text, char c)
{
	if (text->length + 1 >= sizeof(text->s))
		return;
	text->s[text->length++] = c;
	text->s[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
	while (*string)
		add_char(text, *string++);
}

static void add_digits(struct text *text, uint64_t number, unsigned int base)
{
	if (number >= base)
		add_digits(text, number / base, base);
	add_char(text, "0123456789abcdef"[number % base]);
}

void text_hex(struct text *text, uint64_t number)
{
	text_add(text, "0x");
	add_digits(text, number, 16);
}

void text_number(struct text *text, uint64_t number)
{
	add_digits(text, number, 10);
}

static const char *status_name(uint64_t status)
{
	static const char *const names[] = {
#define STATUS_NAME(value, name) [value] = #name,
		RMI_STATUS_TABLE(STATUS_NAME)
#undef STATUS_NAME
	};

	return status < sizeof(names) / sizeof(names[0]) ? names[status] : NULL;
}

static void add_index(struct text *text, uint64_t x0)
{
	static const char *const requests[] = {
		"+NONE", "+DONATE", "+RECLAIM", "+3"
	};

	if (RMI_RETURN_STATUS(x0) == RMI_INCOMPLETE) {
		text_add(text, requests[RMI_RETURN_MEMREQ(x0)]);
	} else if (RMI_RETURN_INDEX(x0) ||
		   RMI_RETURN_STATUS(x0) == RMI_ERROR_RTT) {
		add_char(text, ':');
		text_number(text, RMI_RETURN_INDEX(x0));
	}
}

void text_result(struct text *text, uint64_t x0)
{
	const char *name = status_name(RMI_RETURN_STATUS(x0));

	if (x0 == SMCCC_NOT_SUPPORTED) {
		text_add(text, "-1");
	} else if (!name || x0 >> 16) {
		text_hex(text, x0);
	} else {
		text_add(text, name);
		add_index(text, x0);
	}
}

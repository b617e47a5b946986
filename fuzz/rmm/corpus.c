/* SPDX-License-Identifier: BSD-3-Clause */
/* Kept inputs as lines of text; see corpus.h. */
#include "fuzz/rmm/corpus.h"

#include <stdlib.h>
#include <string.h>

static _Noreturn void bad_line(unsigned int line)
{
	fprintf(stderr, "corpus: line %u is not up to %d bytes in hex\n", line,
		CORPUS_INPUT_MAX);
	exit(1);
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static long decode(const char *text, uint8_t *data)
{
	long size = 0;

	for (; *text && *text != '\n'; text += 2, size++) {
		int high = digit(text[0]);
		int low = high < 0 ? -1 : digit(text[1]);

		if (low < 0)
			return -1;
		data[size] = (uint8_t)(high << 4 | low);
	}
	return size;
}

long corpus_read(FILE *file, uint8_t data[CORPUS_INPUT_MAX],
		 unsigned int *line)
{
	static char text[2 * CORPUS_INPUT_MAX + 2];
	long size;

	do {
		if (!fgets(text, sizeof(text), file))
			return -1;
		(*line)++;
	} while (text[0] == '#');
	if (!strchr(text, '\n'))
		bad_line(*line);
	size = decode(text, data);
	if (size < 0)
		bad_line(*line);
	return size;
}

void corpus_write(FILE *file, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		fprintf(file, "%02x", data[i]);
	fputc('\n', file);
}

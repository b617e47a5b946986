// SPDX-License-Identifier: BSD-3-Clause
/*
 * A command line in one string.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/vmm/options_kit.h"

#define WORDS_MAX 48

static char words[8192];

bool options_of(const char *line, struct options *options, struct err *err)
{
	static char *argv[WORDS_MAX + 2] = { "cca" };
	int argc = 1;

	snprintf(words, sizeof(words), "%s", line);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
		if (argc > WORDS_MAX)
			abort();
		argv[argc++] = word;
	}
	argv[argc] = NULL;
	return options_parse(argc, argv, options, err);
}

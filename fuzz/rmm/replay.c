/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fuzz target without a fuzzer, under any compiler: runs what is kept, or
 * shows again what was found.
 *
 *	replay			runs fuzz/corpus/rmm.txt, and answers as a test
 *	replay FILE...		runs raw inputs, one a file
 *	replay -u DIR		writes each kept input to a file in DIR
 *	replay -p FILE...	prints a corpus of raw inputs
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/rmm/corpus.h"
#include "fuzz/rmm/target.h"

#define CORPUS "fuzz/corpus/rmm.txt"

static uint8_t data[CORPUS_INPUT_MAX];

static FILE *open_file(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);

	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

/* Whoever dies in an input has said which one. */
static int run_corpus(void)
{
	FILE *file = open_file(CORPUS, "r");
	unsigned int inputs = 0, line = 0;
	long size;

	while ((size = corpus_read(file, data, &line)) >= 0) {
		fprintf(stderr, "# %s:%u\n", CORPUS, line);
		LLVMFuzzerTestOneInput(data, (size_t)size);
		inputs++;
	}
	fclose(file);
	printf("1..1\n%sok 1 - %u inputs, %llu commands end well\n",
	       inputs ? "" : "not ", inputs,
	       (unsigned long long)target_commands);
	return inputs ? 0 : 1;
}

static size_t read_raw(const char *path)
{
	FILE *file = open_file(path, "r");
	size_t size = fread(data, 1, sizeof(data), file);

	fclose(file);
	return size;
}

static int unpack(const char *dir)
{
	FILE *file = open_file(CORPUS, "r");
	unsigned int line = 0;
	long size;

	while ((size = corpus_read(file, data, &line)) >= 0) {
		char path[512];
		FILE *raw;

		snprintf(path, sizeof(path), "%s/%04u", dir, line);
		raw = open_file(path, "w");
		fwrite(data, 1, (size_t)size, raw);
		fclose(raw);
	}
	fclose(file);
	return 0;
}

int main(int argc, char **argv)
{
	bool pack = argc > 1 && !strcmp(argv[1], "-p");

	if (argc == 1)
		return run_corpus();
	if (argc == 3 && !strcmp(argv[1], "-u"))
		return unpack(argv[2]);
	if (pack)
		printf("# SPDX-License-Identifier: BSD-3-Clause\n"
		       "# Inputs of fuzz/rmm that are kept: see "
		       "fuzz/rmm/corpus.h.\n");
	for (int i = pack ? 2 : 1; i < argc; i++) {
		size_t size = read_raw(argv[i]);

		if (pack)
			corpus_write(stdout, data, size);
		else
			LLVMFuzzerTestOneInput(data, size);
	}
	return 0;
}

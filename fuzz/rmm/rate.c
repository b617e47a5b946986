/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What libFuzzer's run was worth: commands a second of CPU time, all of it, the
 * fuzzer's own included. CPU time, because cores are shared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fuzz/rmm/target.h"

static void say_rate(void)
{
	double seconds = (double)clock() / CLOCKS_PER_SEC;

	fprintf(stderr, "fuzz: %llu commands, %.1f s, %.0f a second\n",
		(unsigned long long)target_commands, seconds,
		(double)target_commands / seconds);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return atexit(say_rate);
}

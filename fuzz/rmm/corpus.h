/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inputs that are kept, as text: one a line, two digits a byte; lines that
 * begin with # say something.
 */
#ifndef FUZZ_RMM_CORPUS_H
#define FUZZ_RMM_CORPUS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CORPUS_INPUT_MAX 4096 /* bytes */

/*
 * The next input of @file into @data: its size, or -1 at the end. *@line is
 * counted on. What is not as above ends the program with a message.
 */
long corpus_read(FILE *file, uint8_t data[CORPUS_INPUT_MAX],
		 unsigned int *line);

void corpus_write(FILE *file, const uint8_t *data, size_t size);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fault matrix as a table: a row a command, a column a kind of answer, all
 * scenarios together.
 */
#ifndef TESTS_FAULTS_TABLE_H
#define TESTS_FAULTS_TABLE_H

#include <stdio.h>

#include "tests/faults/judge.h"

#define TABLE_ROWS_MAX 64

/* Of a row's cells in one column. */
struct table_mark {
	unsigned int cells;
	unsigned int failed;
	unsigned int felt; /* a step failed */
	u64 lost; /* the most */
};

struct table {
	const char *row[TABLE_ROWS_MAX];
	unsigned int rows;
	struct table_mark mark[TABLE_ROWS_MAX][COLUMN_COUNT];
	unsigned int cells;
	unsigned int failed;
	unsigned int losing;
};

void table_add(struct table *table, const struct cell *cell,
	       const struct verdict *verdict);
void table_print(const struct table *table, FILE *out);

#endif

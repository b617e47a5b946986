// SPDX-License-Identifier: BSD-3-Clause
/*
 * The fault matrix as a table.
 */
#include "tests/faults/table.h"

#include <string.h>

#include <linux/kernel.h>

static const char *row_of(const struct cell *cell)
{
	if (cell->fail_page)
		return "(pages)";
	if (cell->fail_heap)
		return "(heap)";
	return cell->call.name ? cell->call.name : "(unknown)";
}

static struct table_mark *mark_of(struct table *table, const struct cell *cell)
{
	const char *row = row_of(cell);
	unsigned int n = 0;

	while (n < table->rows && strcmp(table->row[n], row))
		n++;
	if (n == TABLE_ROWS_MAX)
		n--;
	if (n == table->rows)
		table->row[table->rows++] = row;
	return &table->mark[n][cell->answer.column];
}

void table_add(struct table *table, const struct cell *cell,
	       const struct verdict *verdict)
{
	struct table_mark *mark = mark_of(table, cell);

	mark->cells++;
	mark->failed += !verdict->holds;
	mark->felt += !verdict->lived;
	mark->lost = max(mark->lost, verdict->lost);
	table->cells++;
	table->failed += !verdict->holds;
	table->losing += verdict->lost > 0;
}

static void print_mark(const struct table_mark *mark, FILE *out)
{
	if (!mark->cells)
		fprintf(out, "%5s", "");
	else if (mark->failed)
		fprintf(out, "%4uX", mark->failed);
	else if (mark->lost)
		fprintf(out, "%5llu", mark->lost);
	else
		fprintf(out, "%5s", mark->felt ? "-" : ".");
}

static void print_head(const struct table *table, FILE *out)
{
	unsigned int column;

	fprintf(out, "%-24s", "");
	/* Allocations that fail have their mark where SUCCESS would be. */
	for (column = 0; column < COLUMN_COUNT; column++)
		fprintf(out, "%5s", answer_column_name(column));
	fprintf(out, "\n");
}

void table_print(const struct table *table, FILE *out)
{
	unsigned int row, column;

	print_head(table, out);
	for (row = 0; row < table->rows; row++) {
		fprintf(out, "%-24s", table->row[row]);
		for (column = 0; column < COLUMN_COUNT; column++)
			print_mark(&table->mark[row][column], out);
		fprintf(out, "\n");
	}
	fprintf(out, "\n. not felt   - refused, nothing lost   "
		"N granules lost and counted, at most   NX failed\n"
		"%u cells, %u lose granules, %u failed\n", table->cells,
		table->losing, table->failed);
}

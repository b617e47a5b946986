// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often what went wrong since boot, by name. What is counted here is rare,
 * so that a list does.
 */
#include "rmi_internal.h"

static struct rmi_tally_row *tally_row(struct rmi_tally *tally,
				       const char *what, u64 ret)
{
	struct rmi_tally_row *row;

	for (row = tally->rows; row < tally->rows + tally->used; row++) {
		if (!strcmp(row->what, what) && row->ret == ret)
			return row;
	}
	/* The last row is for all that comes when the others are taken. */
	if (tally->used == RMI_TALLY_ROWS)
		return row - 1;
	tally->used++;
	row->what = tally->used < RMI_TALLY_ROWS ? what : "others";
	row->ret = tally->used < RMI_TALLY_ROWS ? ret : 0;
	return row;
}

/**
 * rmi_tally() - count
 * @tally: where
 * @what: its name, a literal
 * @ret: the RMM's answer, or 0 if it is not about a call
 * @count: how often
 */
void rmi_tally(struct rmi_tally *tally, const char *what, u64 ret, u64 count)
{
	unsigned long flags;

	spin_lock_irqsave(&tally->lock, flags);
	tally_row(tally, what, ret)->count += count;
	spin_unlock_irqrestore(&tally->lock, flags);
}

static bool tally_read(struct rmi_tally *tally, unsigned int n,
		       struct rmi_tally_row *row)
{
	unsigned long flags;
	bool there;

	spin_lock_irqsave(&tally->lock, flags);
	there = n < tally->used;
	if (there)
		*row = tally->rows[n];
	spin_unlock_irqrestore(&tally->lock, flags);
	return there;
}

/**
 * rmi_tally_print() - write a line for each row: "2 RTT_CREATE=ERROR_RTT:2"
 * @tally: of what
 * @text: where to
 * @size: bytes at @text
 *
 * Return: how many bytes were written, without the 0 at the end.
 */
int rmi_tally_print(struct rmi_tally *tally, char *text, size_t size)
{
	struct rmi_tally_row row;
	unsigned int n;
	int length = 0;

	for (n = 0; tally_read(tally, n, &row); n++) {
		length += scnprintf(text + length, size - length, "%s%llu %s",
				    n ? "\n" : "", row.count, row.what);
		if (!row.ret)
			continue;
		length += scnprintf(text + length, size - length, "=");
		length += rmi_status_print(row.ret, text + length,
					   size - length);
	}
	return length;
}

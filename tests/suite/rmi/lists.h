/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ways to write descriptors, for the range commands and stateful operations.
 */
#ifndef SUITE_RMI_LISTS_H
#define SUITE_RMI_LISTS_H

#include "tests/suite/table.h"

/* The page at LIST: @count words, of tables. */
static inline void list_put(const uint64_t *words, unsigned int count)
{
	uint64_t *list = port->memory(value_of(LIST_PAGE));

	for (unsigned int i = 0; i < count; i++)
		list[i] = value_of(words[i]);
}

#define list_of(...) \
	list_put((const uint64_t[]){ __VA_ARGS__ }, \
		 COUNT(((const uint64_t[]){ __VA_ARGS__ })))

static inline uint64_t list_get(unsigned int index)
{
	return ((const uint64_t *)port->memory(value_of(LIST_PAGE)))[index];
}

/* Raises the line; skips the condition if the port has none. */
static inline bool irq_is_pending(void)
{
	if (port->irq)
		port->irq(true);
	else
		verdict_skip("no interrupt line");
	return port->irq;
}

/*
 * What every range command refuses of its flags in x4 and the list in x5. The
 * good call has one page.
 */
#define LIST_DEVIATIONS(number, attr) \
	{ number, CHECK_OTHER, "the type of descriptor is 3", \
	  { X(4, (attr) | 3) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OTHER, "the list is empty", \
	  { X(4, (attr) | LIST_OF(0)), X(5, LIST_PAGE) }, \
	  .want = ERR(INPUT) }, \
	{ number, CHECK_OTHER, "the list is not aligned", \
	  { X(4, (attr) | LIST_OF(1)), X(5, LIST_PAGE + 4) }, \
	  .want = ERR(INPUT) }, \
	{ number, CHECK_OTHER, "the list is where no memory is", \
	  { X(4, (attr) | LIST_OF(1)), X(5, NO_RAM) }, \
	  .want = ERR(INPUT) }, \
	{ number, CHECK_OTHER, "the list is delegated", \
	  { X(4, (attr) | LIST_OF(1)), X(5, FRESH + 8 * GRANULE) }, \
	  .want = ERR(INPUT) }

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A reader of flattened device trees (Devicetree Specification 0.4, chapter 5):
 * nodes one after the other, and properties of a node by name. Every offset and
 * size is held against the bounds of the blob before it is used.
 */
#ifndef MONITOR_FDT_H
#define MONITOR_FDT_H

#include <stdbool.h>
#include <stdint.h>

struct fdt {
	const uint8_t *structure;
	uint32_t structure_size;
	const char *strings;
	uint32_t strings_size;
};

struct fdt_node {
	const char *name;
	unsigned int depth; /* the root's is 0 */
	uint32_t properties; /* offset of the first one */
	uint32_t next; /* where to look for the next node */
};

struct fdt_value {
	const uint8_t *bytes;
	uint32_t size;
};

/* False if at most @limit bytes at @blob are no tree of version 17. */
bool fdt_open(struct fdt *fdt, const void *blob, uint32_t limit);

/*
 * Goes to the next node in the order of the blob; the first one if @node is all
 * zero. False past the last, or where the tree is damaged.
 */
bool fdt_next(const struct fdt *fdt, struct fdt_node *node);

/* The property of @node called @name; false if it has none. */
bool fdt_property(const struct fdt *fdt, const struct fdt_node *node,
		  const char *name, struct fdt_value *value);

/* True if the property is there and is the string @want. */
bool fdt_is(const struct fdt *fdt, const struct fdt_node *node,
	    const char *name, const char *want);

/* Big endian numbers out of a value; @offset must be inside it. */
uint32_t fdt_u32(const struct fdt_value *value, uint32_t offset);
uint64_t fdt_u64(const struct fdt_value *value, uint32_t offset);

#endif

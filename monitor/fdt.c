/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The structure block is a row of tokens of four bytes. A cursor reads them,
 * and stops for good at the first one that does not fit.
 */
#include "monitor/fdt.h"

#include <string.h>

#define FDT_MAGIC 0xd00dfeedu
#define FDT_VERSION 17u
#define FDT_HEADER_SIZE 40u

/* Offsets in the header. */
#define HEADER_MAGIC 0
#define HEADER_TOTALSIZE 4
#define HEADER_OFF_STRUCT 8
#define HEADER_OFF_STRINGS 12
#define HEADER_VERSION 20
#define HEADER_COMPATIBLE 24
#define HEADER_SIZE_STRINGS 32
#define HEADER_SIZE_STRUCT 36

enum token {
	TOKEN_BEGIN_NODE = 1,
	TOKEN_END_NODE = 2,
	TOKEN_PROP = 3,
	TOKEN_NOP = 4,
	TOKEN_END = 9,
	TOKEN_DAMAGED = 0,
};

static uint32_t big32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* True if [@offset, @offset + @size) is within @limit. */
static bool within(uint32_t offset, uint32_t size, uint32_t limit)
{
	return offset <= limit && size <= limit - offset;
}

bool fdt_open(struct fdt *fdt, const void *blob, uint32_t limit)
{
	const uint8_t *header = blob;
	uint32_t total, structure, strings;

	if (limit < FDT_HEADER_SIZE ||
	    big32(header + HEADER_MAGIC) != FDT_MAGIC ||
	    big32(header + HEADER_VERSION) < FDT_VERSION ||
	    big32(header + HEADER_COMPATIBLE) > FDT_VERSION)
		return false;

	total = big32(header + HEADER_TOTALSIZE);
	structure = big32(header + HEADER_OFF_STRUCT);
	strings = big32(header + HEADER_OFF_STRINGS);
	fdt->structure_size = big32(header + HEADER_SIZE_STRUCT);
	fdt->strings_size = big32(header + HEADER_SIZE_STRINGS);
	fdt->structure = header + structure;
	fdt->strings = (const char *)header + strings;
	return total <= limit && structure % 4 == 0 &&
	       within(structure, fdt->structure_size, total) &&
	       within(strings, fdt->strings_size, total) &&
	       fdt->strings_size > 0 &&
	       fdt->strings[fdt->strings_size - 1] == '\0';
}

static enum token token_at(const struct fdt *fdt, uint32_t offset)
{
	if (!within(offset, 4, fdt->structure_size))
		return TOKEN_DAMAGED;
	return (enum token)big32(fdt->structure + offset);
}

/* Size of a name with its end and its padding; 0 if it has no end. */
static uint32_t name_size(const struct fdt *fdt, uint32_t offset)
{
	uint32_t size = 0;

	while (within(offset, size + 1, fdt->structure_size))
		if (fdt->structure[offset + size++] == '\0')
			return (size + 3) & ~3u;
	return 0;
}

/* Size of the property token at @offset, all of it; 0 if it does not fit. */
static uint32_t property_size(const struct fdt *fdt, uint32_t offset)
{
	uint32_t size;

	if (!within(offset, 12, fdt->structure_size))
		return 0;
	size = big32(fdt->structure + offset + 4);
	if (!within(offset + 12, size, fdt->structure_size))
		return 0;
	return 12 + ((size + 3) & ~3u);
}

static bool enter_node(const struct fdt *fdt, struct fdt_node *node,
		       uint32_t offset, unsigned int depth)
{
	uint32_t size = name_size(fdt, offset + 4);

	node->name = (const char *)fdt->structure + offset + 4;
	node->depth = depth;
	node->properties = offset + 4 + size;
	node->next = node->properties;
	return size != 0;
}

/* The size of a token that opens no node, 0 to stop. */
static uint32_t skip(const struct fdt *fdt, uint32_t offset)
{
	switch (token_at(fdt, offset)) {
	case TOKEN_PROP:
		return property_size(fdt, offset);
	case TOKEN_END_NODE:
	case TOKEN_NOP:
		return 4;
	default:
		return 0;
	}
}

bool fdt_next(const struct fdt *fdt, struct fdt_node *node)
{
	uint32_t offset = node->next;
	unsigned int depth = node->name ? node->depth + 1 : 0;
	uint32_t size;

	while (token_at(fdt, offset) != TOKEN_BEGIN_NODE) {
		if (token_at(fdt, offset) == TOKEN_END_NODE && depth-- == 0)
			return false;
		size = skip(fdt, offset);
		if (size == 0)
			return false;
		offset += size;
	}
	return enter_node(fdt, node, offset, depth);
}

bool fdt_property(const struct fdt *fdt, const struct fdt_node *node,
		  const char *name, struct fdt_value *value)
{
	uint32_t offset = node->properties;
	uint32_t name_at, size;

	for (;; offset += size) {
		size = skip(fdt, offset);
		if (size == 0 || token_at(fdt, offset) == TOKEN_END_NODE)
			return false;
		if (token_at(fdt, offset) == TOKEN_NOP)
			continue;
		name_at = big32(fdt->structure + offset + 8);
		if (name_at >= fdt->strings_size)
			return false;
		if (strcmp(fdt->strings + name_at, name) == 0)
			break;
	}
	value->bytes = fdt->structure + offset + 12;
	value->size = big32(fdt->structure + offset + 4);
	return true;
}

bool fdt_is(const struct fdt *fdt, const struct fdt_node *node,
	    const char *name, const char *want)
{
	struct fdt_value value;

	return fdt_property(fdt, node, name, &value) &&
	       value.size == strlen(want) + 1 &&
	       memcmp(value.bytes, want, value.size) == 0;
}

uint32_t fdt_u32(const struct fdt_value *value, uint32_t offset)
{
	return big32(value->bytes + offset);
}

uint64_t fdt_u64(const struct fdt_value *value, uint32_t offset)
{
	return (uint64_t)fdt_u32(value, offset) << 32 |
	       fdt_u32(value, offset + 4);
}

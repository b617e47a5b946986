/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory functions in plain C. Words of eight bytes where both sides are
 * aligned: code that runs before the MMU is on must not access memory
 * unaligned, and Mbed TLS hashes whole granules through these.
 *
 * Built so that the compiler does not turn a loop here into a call of itself.
 */
#include <stdint.h>
#include <string.h>

typedef uint64_t __attribute__((may_alias)) word_t;

static int aligned(const void *left, const void *right)
{
	return (((uintptr_t)left | (uintptr_t)right) % sizeof(word_t)) == 0;
}

void *memcpy(void *dst, const void *src, size_t size)
{
	unsigned char *to = dst;
	const unsigned char *from = src;

	if (aligned(to, from)) {
		for (; size >= sizeof(word_t); size -= sizeof(word_t)) {
			*(word_t *)to = *(const word_t *)from;
			to += sizeof(word_t);
			from += sizeof(word_t);
		}
	}
	while (size--)
		*to++ = *from++;
	return dst;
}

void *memmove(void *dst, const void *src, size_t size)
{
	unsigned char *to = dst;
	const unsigned char *from = src;

	if (to <= from || to >= from + size)
		return memcpy(dst, src, size);
	while (size--)
		to[size] = from[size];
	return dst;
}

void *memset(void *dst, int byte, size_t size)
{
	word_t word = 0x0101010101010101ull * (unsigned char)byte;
	unsigned char *to = dst;

	for (; size && !aligned(to, to); size--)
		*to++ = (unsigned char)byte;
	for (; size >= sizeof(word_t); size -= sizeof(word_t)) {
		*(word_t *)to = word;
		to += sizeof(word_t);
	}
	while (size--)
		*to++ = (unsigned char)byte;
	return dst;
}

int memcmp(const void *left, const void *right, size_t size)
{
	const unsigned char *l = left;
	const unsigned char *r = right;

	for (; size; size--, l++, r++)
		if (*l != *r)
			return *l - *r;
	return 0;
}

size_t strlen(const char *string)
{
	const char *end = string;

	while (*end)
		end++;
	return (size_t)(end - string);
}

int strcmp(const char *left, const char *right)
{
	for (; *left && *left == *right; left++)
		right++;
	return (unsigned char)*left - (unsigned char)*right;
}

size_t strnlen(const char *string, size_t most)
{
	const char *end = memchr(string, '\0', most);

	return end ? (size_t)(end - string) : most;
}

char *strrchr(const char *string, int c)
{
	const char *found = NULL;

	do {
		if (*string == (char)c)
			found = string;
	} while (*string++);
	return (char *)found;
}

void *memchr(const void *bytes, int c, size_t size)
{
	const unsigned char *at = bytes;

	for (; size; size--, at++)
		if (*at == (unsigned char)c)
			return (void *)at;
	return NULL;
}

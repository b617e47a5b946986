/* SPDX-License-Identifier: BSD-3-Clause */
/* What was seen, as one long string of bytes; see watch.h. */
#include "tests/taint/watch.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/taint/secret.h"

static struct {
	uint8_t *bytes;
	size_t size, room;
	size_t at; /* in the second run */
} seen;

static char finding[200];
static bool found;
static const char *call;
static unsigned int calls;

void watch_begin(void)
{
	calls = 0;
	call = "nothing";
	seen.at = 0;
	if (secret_run == 0) {
		seen.size = 0;
		found = false;
	}
}

void watch_call(const char *name)
{
	call = name;
	calls++;
}

const char *watch_finding(void)
{
	return found ? finding : NULL;
}

void watch_wrong(const char *what, uint64_t at)
{
	if (found)
		return;
	found = true;
	snprintf(finding, sizeof(finding), "call %u, %s: %s 0x%llx", calls,
		 call, what, (unsigned long long)at);
}

void watch_end(void)
{
	if (secret_run && seen.at != seen.size)
		watch_wrong("the second run ends early", seen.at);
}

static void keep(const void *bytes, size_t size)
{
	if (seen.size + size > seen.room) {
		seen.room = 2 * (seen.size + size);
		seen.bytes = realloc(seen.bytes, seen.room);
		if (!seen.bytes)
			abort();
	}
	memcpy(seen.bytes + seen.size, bytes, size);
	seen.size += size;
}

static void compare(const char *what, uint64_t at, const uint8_t *bytes,
		    size_t size)
{
	if (seen.size - seen.at < size) {
		watch_wrong("the second run sees more", at);
		return;
	}
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != seen.bytes[seen.at + i]) {
			watch_wrong(what, at + i);
			return;
		}
	}
	seen.at += size;
}

void watch_see(const char *what, uint64_t at, const void *bytes, size_t size)
{
	if (found)
		return;
	if (secret_run == 0) {
		keep(&at, sizeof(at));
		keep(bytes, size);
	} else {
		compare(what, at, (const uint8_t *)&at, sizeof(at));
		compare(what, at, bytes, size);
	}
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The least that a page can cost: clearing it, hashing it.
 */
#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include <asm/page.h>

#include "bench/bench.h"

#define PAGES 4096

static u8 *memory(void)
{
	u8 *pages = aligned_alloc(PAGE_SIZE, PAGES * PAGE_SIZE);

	if (!pages)
		abort();
	memset(pages, 0x5a, PAGES * PAGE_SIZE);
	return pages;
}

void bench_memset(struct sample *sample)
{
	u8 *pages = memory();

	bench_start(sample);
	memset(pages, 0, PAGES * PAGE_SIZE);
	__asm__ volatile("" : : "r"(pages) : "memory");
	bench_stop(sample, PAGES);
	free(pages);
}

void bench_sha256(struct sample *sample)
{
	u8 *pages = memory(), digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx context;
	unsigned int i;

	bench_start(sample);
	for (i = 0; i < PAGES; i++) {
		sha256_init(&context);
		sha256_update(&context, PAGE_SIZE, pages + i * PAGE_SIZE);
		sha256_digest(&context, sizeof(digest), digest);
	}
	bench_stop(sample, PAGES);
	free(pages);
}

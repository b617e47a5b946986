/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory as the RMM reaches it: RAM ranges, its own view, copies to and from
 * Non-secure memory, and the GPT.
 */
#include <string.h>

#include "rmm/platform.h"
#include "sim/machine/conduit.h"
#include "sim/machine/die.h"
#include "sim/machine/executor.h"
#include "sim/machine/gpt.h"
#include "sim/machine/machine.h"
#include "sim/machine/views.h"

#define L0GPT_SHIFT 30

bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size)
{
	const struct machine_conf *conf = machine_conf();

	if (index >= conf->ram_count)
		return false;
	*base = conf->ram[index].base;
	*size = conf->ram[index].size;
	return true;
}

void *plat_realm_view(uint64_t pa)
{
	uint64_t offset;

	if (!views_offset(pa, 1, &offset))
		machine_die("RMM: PA 0x%llx is no RAM", (unsigned long long)pa);
	return view_base(VIEW_RMM) + offset;
}

/* The RMM's view of Non-secure memory, which stays so until ns_end(). */
static void *ns_begin(uint64_t pa, size_t size, uint64_t *offset)
{
	if (!views_offset(pa, size, offset) || !gpt_ns_enter(*offset))
		return NULL;
	return view_base(VIEW_RMM) + *offset;
}

static void ns_end(uint64_t offset)
{
	gpt_ns_leave(offset);
}

/* Bytes from @pa on, of @size, that lie in one granule of the GPT. */
static size_t ns_part(uint64_t pa, size_t size)
{
	size_t room = VIEW_GRANULE - pa % VIEW_GRANULE;

	return size < room ? size : room;
}

bool ns_read(void *dst, uint64_t pa, size_t size)
{
	while (size) {
		size_t part = ns_part(pa, size);
		uint64_t offset;
		const void *src = ns_begin(pa, part, &offset);

		if (!src)
			return false;
		memcpy(dst, src, part);
		ns_end(offset);
		dst = (uint8_t *)dst + part;
		pa += part;
		size -= part;
	}
	return true;
}

bool ns_write(uint64_t pa, const void *src, size_t size)
{
	while (size) {
		size_t part = ns_part(pa, size);
		uint64_t offset;
		void *dst = ns_begin(pa, part, &offset);

		if (!dst)
			return false;
		memcpy(dst, src, part);
		ns_end(offset);
		src = (const uint8_t *)src + part;
		pa += part;
		size -= part;
	}
	return true;
}

bool plat_gpt_to_realm(uint64_t base, uint64_t size)
{
	if (!gpt_to_realm(base, size, conduit_current()))
		return false;
	executors_forget(base, size);
	return true;
}

bool plat_gpt_to_ns(uint64_t base, uint64_t size)
{
	if (!gpt_to_ns(base, size))
		return false;
	executors_forget(base, size);
	return true;
}

unsigned int plat_l0gpt_shift(void)
{
	return L0GPT_SHIFT;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Where things lie in a realm's IPA space.
 */
#include <inttypes.h>

#include "vmm/layout.h"

u64 layout_shared(const struct layout *layout)
{
	return BIT_ULL(layout->ipa_bits - 1);
}

u64 layout_ram_top(const struct layout *layout)
{
	return RAM_BASE + layout->ram_size;
}

u64 layout_dtb(const struct layout *layout)
{
	return (layout_ram_top(layout) - 1) & ~(DTB_ALIGN - 1);
}

/* Aff0 has 4 bits, as an SGI's list of targets has 16. */
u64 layout_mpidr(unsigned int cpu)
{
	return (cpu & 0xf) | (u64)(cpu >> 4 & 0xff) << 8;
}

bool layout_check(const struct layout *layout, struct err *err)
{
	u64 room;

	if (layout->ipa_bits < IPA_BITS_MIN || layout->ipa_bits > IPA_BITS_MAX)
		return err_set(err, "--ipa-bits %u: from %d to %d",
			       layout->ipa_bits, IPA_BITS_MIN, IPA_BITS_MAX);
	if (!layout->cpus || layout->cpus > CPUS_MAX)
		return err_set(err, "--cpus %u: from 1 to %d", layout->cpus,
			       CPUS_MAX);
	if (!layout->ram_size)
		return err_set(err, "--memory 0: a realm needs RAM");
	if (layout->ram_size % GRANULE_SIZE)
		return err_set(err,
			       "--memory 0x%" PRIx64
			       ": not a multiple of a granule (0x%llx)",
			       layout->ram_size, GRANULE_SIZE);
	room = layout_shared(layout) - RAM_BASE;
	if (layout->ram_size > room)
		return err_set(err,
			       "--memory 0x%" PRIx64 ": with %u IPA bits the "
			       "protected half has room for 0x%" PRIx64,
			       layout->ram_size, layout->ipa_bits, room);
	return true;
}

struct part {
	const char *name;
	u64 base;
	u64 size;
};

static bool check_part(const struct part *part, u64 ipa, u64 size,
		       struct err *err)
{
	if (ipa < part->base + part->size && part->base < ipa + size)
		return err_set(err,
			       "0x%" PRIx64 " bytes at 0x%" PRIx64
			       " overlap %s (0x%" PRIx64 ", 0x%" PRIx64
			       " bytes)",
			       size, ipa, part->name, part->base, part->size);
	return true;
}

/* @size is in whole granules. */
static bool check_parts(const struct layout *layout, u64 ipa, u64 size,
			struct err *err)
{
	const struct part parts[] = {
		{ "RAM", RAM_BASE, layout->ram_size },
		{ "the GIC's distributor", GIC_DIST_BASE, GIC_DIST_SIZE },
		{ "the GIC's redistributors", GIC_REDIST_BASE,
		  CPUS_MAX * GIC_REDIST_SIZE },
		{ "the console", PL011_BASE, PL011_SIZE },
		{ "the exit register", EXITREG_BASE, GRANULE_SIZE },
		{ "the mailbox", MAILBOX_BASE, GRANULE_SIZE },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!check_part(&parts[i], ipa, size, err))
			return false;
	for (unsigned int i = 0; i < layout->share_count; i++) {
		const struct part other = {
			"another file",
			layout->shares[i].ipa,
			granule_up(layout->shares[i].size),
		};

		if (!check_part(&other, ipa, size, err))
			return false;
	}
	return true;
}

bool layout_add_share(struct layout *layout, u64 ipa, u64 size,
		      struct err *err)
{
	u64 limit = layout_shared(layout);

	if (ipa % GRANULE_SIZE)
		return err_set(err,
			       "0x%" PRIx64 " is not a multiple of a granule "
			       "(0x%llx)",
			       ipa, GRANULE_SIZE);
	if (ipa >= limit || size > limit - ipa)
		return err_set(err,
			       "0x%" PRIx64 " bytes at 0x%" PRIx64
			       " end past 0x%" PRIx64
			       ", the end of the shared half",
			       size, ipa, limit);
	if (!check_parts(layout, ipa, granule_up(size), err))
		return false;
	layout->shares[layout->share_count++] =
		(struct layout_share){ ipa, size };
	return true;
}

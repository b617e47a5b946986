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

bool layout_check(const struct layout *layout, struct err *err)
{
	u64 room;

	if (layout->ipa_bits < IPA_BITS_MIN || layout->ipa_bits > IPA_BITS_MAX)
		return err_set(err, "--ipa-bits %u: from %d to %d",
			       layout->ipa_bits, IPA_BITS_MIN, IPA_BITS_MAX);
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

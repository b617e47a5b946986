// SPDX-License-Identifier: BSD-3-Clause
/*
 * Which SMCCC functions of a guest go where.
 */
#include <linux/errno.h>

#include "sim/kernel/smccc_filter.h"

long smccc_filter_add(struct smccc_filter *filter,
		      const struct kvm_smccc_filter *entry)
{
	u64 top = (u64)entry->base + entry->nr_functions;
	long ret;

	if (!entry->nr_functions || top > 1ull << 32 ||
	    entry->action > KVM_SMCCC_FILTER_FWD_TO_USER)
		return -EINVAL;
	if (ranges_overlap(&filter->named, entry->base, top))
		return -EEXIST;
	ret = ranges_set(&filter->named, entry->base, top, true);
	if (!ret && entry->action == KVM_SMCCC_FILTER_FWD_TO_USER)
		ret = ranges_set(&filter->forwarded, entry->base, top, true);
	if (!ret && entry->action == KVM_SMCCC_FILTER_DENY)
		ret = ranges_set(&filter->denied, entry->base, top, true);
	return ret;
}

void smccc_filter_free(struct smccc_filter *filter)
{
	ranges_free(&filter->named);
	ranges_free(&filter->forwarded);
	ranges_free(&filter->denied);
}

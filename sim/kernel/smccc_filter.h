/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which SMCCC functions of a guest go to its VMM, and which to nobody. What was
 * named by neither is answered by KVM, which knows none.
 */
#ifndef SIM_KERNEL_SMCCC_FILTER_H
#define SIM_KERNEL_SMCCC_FILTER_H

#include "abi/kvm_uapi.h"
#include "sim/kernel/ranges.h"

struct smccc_filter {
	struct ranges named; /* by any entry */
	struct ranges forwarded;
	struct ranges denied;
};

/* -EINVAL, -ENOMEM, or -EEXIST if a function was named before. */
long smccc_filter_add(struct smccc_filter *filter,
		      const struct kvm_smccc_filter *entry);
void smccc_filter_free(struct smccc_filter *filter);

#endif

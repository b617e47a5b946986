// SPDX-License-Identifier: BSD-3-Clause
/*
 * KVM in this process, on the simulated machine.
 */
#include "sim/kvm/sim_kvm.h"
#include "vmm/backend_sim.h"

const struct kvm_backend backend_sim = {
	.name = "sim",
	.open = sim_kvm_open,
	.ioctl = sim_kvm_ioctl,
	.mmap = sim_kvm_mmap,
	.munmap = sim_kvm_munmap,
	.close = sim_kvm_close,
	.kick = sim_kvm_kick,
};

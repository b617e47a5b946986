// SPDX-License-Identifier: BSD-3-Clause
/*
 * All vCPUs of a realm.
 */
#include "vmm/gic.h"
#include "vmm/vcpus.h"

bool vcpus_create(struct vcpus *vcpus, struct vm *vm,
		  const struct mmio_bus *bus, const struct vcpu_entry *entry,
		  struct err *err)
{
	*vcpus = (struct vcpus){ .vm = vm };
	while (vcpus->count < vm->layout.cpus) {
		unsigned int index = vcpus->count;

		if (!vcpu_create(&vcpus->vcpu[index], vm, bus, index,
				 index ? NULL : entry, err))
			break;
		vcpus->count++;
	}
	if (vcpus->count == vm->layout.cpus && gic_init(vm, err))
		return true;
	vcpus_destroy(vcpus);
	return false;
}

void vcpus_destroy(struct vcpus *vcpus)
{
	while (vcpus->count)
		vcpu_destroy(&vcpus->vcpu[--vcpus->count]);
}

bool vcpus_start(struct vcpus *vcpus, struct err *err)
{
	for (unsigned int i = 0; i < vcpus->count; i++) {
		if (!vcpu_start(&vcpus->vcpu[i], err)) {
			vcpus_stop(vcpus);
			return false;
		}
		vcpus->running++;
	}
	return true;
}

void vcpus_stop(struct vcpus *vcpus)
{
	for (unsigned int i = 0; i < vcpus->running; i++)
		vcpu_stop(&vcpus->vcpu[i]);
	while (vcpus->running)
		vcpu_join(&vcpus->vcpu[--vcpus->running]);
}

const struct vcpu *vcpus_ended(const struct vcpus *vcpus)
{
	int ended = atomic_load(&vcpus->vm->ended);

	return ended < 0 ? NULL : &vcpus->vcpu[ended];
}

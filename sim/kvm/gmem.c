// SPDX-License-Identifier: BSD-3-Clause
/*
 * guest_memfd: memory without a mapping in the VMM.
 */
#include <stdlib.h>

#include <asm/kvm_realm.h>
#include <asm/page.h>
#include <linux/errno.h>

#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"

/* Takes the file off its slots; what a realm has of it comes back first. */
static void gmem_unbind(struct gmem *gmem)
{
	struct vm *vm = gmem->vm;
	struct memslot *slot;

	for_each_memslot(slot, &vm->memory) {
		if (slot->file != &gmem->memory)
			continue;
		mutex_lock(&vm->kvm.slots_lock);
		slot->file = NULL;
		mutex_unlock(&vm->kvm.slots_lock);
		if (kvm_is_realm(&vm->kvm))
			kvm_realm_unmap_private(&vm->kvm, slot->gpa,
						slot->gpa + slot->size);
	}
}

static void gmem_release(void *object)
{
	struct gmem *gmem = object;
	struct vm *vm = gmem->vm;

	mutex_lock(&vm->kvm.lock);
	gmem_unbind(gmem);
	mutex_unlock(&vm->kvm.lock);

	memfile_free(&gmem->memory);
	free(gmem);
	vm_put(vm);
}

static const struct file_ops gmem_ops = {
	.release = gmem_release,
};

long gmem_create(struct vm *vm, const struct kvm_create_guest_memfd *create)
{
	struct gmem *gmem;
	long fd = -ENOMEM;

	if (create->flags & ~KVM_GUEST_MEMFD_BLOCKS || !create->size ||
	    !PAGE_ALIGNED(create->size) || create->size >> 48)
		return -EINVAL;

	gmem = calloc(1, sizeof(*gmem));
	if (!gmem)
		return -ENOMEM;
	gmem->vm = vm;
	if (memfile_init(&gmem->memory, create->size,
			 create->flags & KVM_GUEST_MEMFD_BLOCKS))
		fd = file_install(&gmem_ops, gmem);
	if (fd < 0) {
		memfile_free(&gmem->memory);
		free(gmem);
		return fd;
	}
	vm_get(vm);
	return fd;
}

struct gmem *gmem_of_file(const struct file *file)
{
	return file && file->ops == &gmem_ops ? file->object : NULL;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * guest_memfd: memory without a mapping in the VMM, allocated a page at a time
 * when the guest first needs it.
 */
#include <stdlib.h>

#include <asm/kvm_realm.h>
#include <asm/page.h>
#include <linux/errno.h>

#include "sim/kernel/pages.h"
#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"

/* Takes the file off its slots; what a realm has of it comes back first. */
static void gmem_unbind(struct gmem *gmem)
{
	struct vm *vm = gmem->vm;
	struct slot *slot;

	for (slot = vm->slot; slot < vm->slot + VM_SLOTS; slot++) {
		if (slot->gmem != gmem)
			continue;
		mutex_lock(&vm->kvm.slots_lock);
		slot->gmem = NULL;
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
	u64 i;

	mutex_lock(&vm->kvm.lock);
	gmem_unbind(gmem);
	mutex_unlock(&vm->kvm.lock);

	for (i = 0; i < gmem->count; i++) {
		if (gmem->page[i] != PAGES_NONE)
			pages_put(gmem->page[i], gmem->page[i] + PAGE_SIZE);
	}
	free(gmem->page);
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
	u64 i;

	if (create->flags || !create->size || !PAGE_ALIGNED(create->size) ||
	    create->size >> 48)
		return -EINVAL;

	gmem = calloc(1, sizeof(*gmem));
	if (!gmem)
		return -ENOMEM;
	gmem->vm = vm;
	gmem->count = create->size / PAGE_SIZE;
	gmem->page = malloc(gmem->count * sizeof(*gmem->page));
	if (!gmem->page)
		goto fail;
	for (i = 0; i < gmem->count; i++)
		gmem->page[i] = PAGES_NONE;

	fd = file_install(&gmem_ops, gmem);
	if (fd < 0)
		goto fail;
	vm_get(vm);
	return fd;
fail:
	free(gmem->page);
	free(gmem);
	return fd;
}

struct gmem *gmem_of_file(const struct file *file)
{
	return file && file->ops == &gmem_ops ? file->object : NULL;
}

int gmem_page(struct gmem *gmem, u64 offset, phys_addr_t *pa)
{
	u64 i = offset / PAGE_SIZE;

	if (gmem->page[i] == PAGES_NONE)
		gmem->page[i] = pages_alloc(1, 1);
	*pa = gmem->page[i];
	return *pa == PAGES_NONE ? -ENOMEM : 0;
}

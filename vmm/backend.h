/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a VMM gets its KVM from: the kernel's, or the one of sim/kvm in the
 * same process. Only this structure tells the two apart.
 */
#ifndef VMM_BACKEND_H
#define VMM_BACKEND_H

#include <stddef.h>

struct kvm_backend {
	const char *name;

	/* Opens /dev/kvm: a descriptor, or -errno. */
	int (*open)(void);

	/* As ioctl(2) on a descriptor of KVM: the result, or -errno. */
	long (*ioctl)(int fd, unsigned long request, unsigned long arg);

	/*
	 * Maps @size bytes: of a vCPU's struct kvm_run, or with @fd -1 fresh,
	 * zeroed memory that a guest may be given and that ioctls may point to.
	 * NULL if there is none. In `sim` this is simulated Non-secure RAM.
	 */
	void *(*mmap)(int fd, size_t size);
	void (*munmap)(void *addr, size_t size);

	int (*close)(int fd);

	/*
	 * Makes a KVM_RUN of this vCPU in another thread return soon, also one
	 * that is only about to begin.
	 */
	void (*kick)(int vcpu_fd);
};

#endif

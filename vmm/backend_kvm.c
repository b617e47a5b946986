// SPDX-License-Identifier: BSD-3-Clause
/*
 * The kernel's KVM, by system calls.
 *
 * What a kick needs beyond them is kept here: which thread is in KVM_RUN of
 * which vCPU. A thread that is about to enter KVM_RUN sees immediate_exit
 * there; one that is in it gets a signal, which ends it.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "abi/kvm_uapi.h"
#include "vmm/backend_kvm.h"
#include "vmm/layout.h"

/* Ends a system call, and does nothing else. */
#define KICK_SIGNAL SIGUSR1

/* A vCPU with its struct kvm_run mapped. */
struct running {
	int fd;
	struct kvm_run *run; /* NULL: no vCPU */
	bool inside; /* KVM_RUN, in: */
	pthread_t thread;
};

static struct running table[CPUS_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- vCPUs that run: with the lock --------------------------------------- */

static struct running *find(int fd)
{
	for (unsigned int i = 0; i < CPUS_MAX; i++)
		if (table[i].run && table[i].fd == fd)
			return &table[i];
	return NULL;
}

static bool add(int fd, struct kvm_run *run)
{
	bool added = false;

	pthread_mutex_lock(&lock);
	for (unsigned int i = 0; i < CPUS_MAX && !added; i++) {
		if (table[i].run)
			continue;
		table[i] = (struct running){ .fd = fd, .run = run };
		added = true;
	}
	pthread_mutex_unlock(&lock);
	return added;
}

static void forget(const void *run)
{
	pthread_mutex_lock(&lock);
	for (unsigned int i = 0; i < CPUS_MAX; i++)
		if (table[i].run == run)
			table[i].run = NULL;
	pthread_mutex_unlock(&lock);
}

static void enter(int fd)
{
	struct running *running;

	pthread_mutex_lock(&lock);
	running = find(fd);
	if (running) {
		running->thread = pthread_self();
		running->inside = true;
	}
	pthread_mutex_unlock(&lock);
}

/* The kernel reads it at any time. */
static void set_immediate_exit(struct kvm_run *run, u8 value)
{
	__atomic_store_n(&run->immediate_exit, value, __ATOMIC_SEQ_CST);
}

/* A kick that came meanwhile has had its effect. */
static void leave(int fd)
{
	struct running *running;

	pthread_mutex_lock(&lock);
	running = find(fd);
	if (running) {
		running->inside = false;
		set_immediate_exit(running->run, 0);
	}
	pthread_mutex_unlock(&lock);
}

static void kvm_kick(int fd)
{
	struct running *running;

	pthread_mutex_lock(&lock);
	running = find(fd);
	if (running) {
		set_immediate_exit(running->run, 1);
		if (running->inside)
			pthread_kill(running->thread, KICK_SIGNAL);
	}
	pthread_mutex_unlock(&lock);
}

/* ---- The capability's number --------------------------------------------- */

/* A kernel may have moved KVM_CAP_ARM_RMI; then it says where to. */
static u32 rmi_cap(void)
{
	FILE *file = fopen("/sys/module/kvm/parameters/arm_rmi_cap", "re");
	u32 cap = KVM_CAP_ARM_RMI;

	if (!file)
		return cap;
	if (fscanf(file, "%u", &cap) != 1)
		cap = KVM_CAP_ARM_RMI;
	fclose(file);
	return cap;
}

/* ---- System calls -------------------------------------------------------- */

static void nothing(int number)
{
	(void)number;
}

static int kvm_open(void)
{
	struct sigaction action = { .sa_handler = nothing };
	sigset_t kick;
	int fd;

	sigaction(KICK_SIGNAL, &action, NULL);
	sigemptyset(&kick);
	sigaddset(&kick, KICK_SIGNAL);
	pthread_sigmask(SIG_UNBLOCK, &kick, NULL);
	fd = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static long call(int fd, unsigned long request, unsigned long arg)
{
	long ret = ioctl(fd, request, arg);

	return ret < 0 ? -errno : ret;
}

static long run(int fd)
{
	long ret;

	enter(fd);
	ret = call(fd, KVM_RUN, 0);
	leave(fd);
	return ret;
}

static long enable_cap(int fd, const struct kvm_enable_cap *cap)
{
	struct kvm_enable_cap here = *cap;

	if (here.cap == KVM_CAP_ARM_RMI)
		here.cap = rmi_cap();
	return call(fd, KVM_ENABLE_CAP, (uintptr_t)&here);
}

static long kvm_ioctl(int fd, unsigned long request, unsigned long arg)
{
	switch (request) {
	case KVM_RUN:
		return run(fd);
	case KVM_ENABLE_CAP:
		return enable_cap(fd, (const void *)(uintptr_t)arg);
	case KVM_CHECK_EXTENSION:
		return call(fd, request,
			    arg == KVM_CAP_ARM_RMI ? rmi_cap() : arg);
	default:
		return call(fd, request, arg);
	}
}

static void *kvm_mmap(int fd, size_t size)
{
	int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE :
			     MAP_SHARED;
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);

	if (at == MAP_FAILED)
		return NULL;
	if (fd < 0 || add(fd, at))
		return at;
	munmap(at, size);
	return NULL;
}

static void kvm_munmap(void *at, size_t size)
{
	forget(at);
	munmap(at, size);
}

static int kvm_close(int fd)
{
	return close(fd) ? -errno : 0;
}

const struct kvm_backend backend_kvm = {
	.name = "kvm",
	.open = kvm_open,
	.ioctl = kvm_ioctl,
	.mmap = kvm_mmap,
	.munmap = kvm_munmap,
	.close = kvm_close,
	.kick = kvm_kick,
};

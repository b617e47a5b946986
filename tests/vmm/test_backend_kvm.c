// SPDX-License-Identifier: BSD-3-Clause
/*
 * The kernel's KVM as a backend: errors, memory, and kicks of vCPUs that run,
 * that do not, and that are about to. KVM_RUN is played here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "abi/kvm_uapi.h"
#include "vmm/backend_kvm.h"
#include "vmm/layout.h"

#define SIZE 4096
#define ROUNDS 2000
#define PATIENCE_S 10

int ioctl(int fd, unsigned long request, ...);

/* The struct kvm_run of the vCPU that is played, or NULL. */
static struct kvm_run *played;

/* As the kernel: a signal that came since the last look at it counts. */
static int play_run(void)
{
	const struct timespec patience = { .tv_sec = PATIENCE_S };
	sigset_t all, before;
	int ret = -1;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	errno = EINTR;
	if (!__atomic_load_n(&played->immediate_exit, __ATOMIC_SEQ_CST))
		ret = ppoll(NULL, 0, &patience, &before);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ret;
}

/* In place of the C library's. */
int ioctl(int fd, unsigned long request, ...)
{
	va_list list;
	long arg;

	va_start(list, request);
	arg = va_arg(list, long);
	va_end(list);
	if (request == KVM_RUN && played)
		return play_run();
	return (int)syscall(SYS_ioctl, fd, request, arg);
}

/* Has a struct kvm_run to map, and no more of a vCPU. */
static int open_vcpu(void)
{
	int fd = memfd_create("vcpu", MFD_CLOEXEC);

	assert_true(fd >= 0 && !ftruncate(fd, SIZE));
	return fd;
}

static void close_vcpu(int fd, void *run)
{
	played = NULL;
	backend_kvm.munmap(run, SIZE);
	assert_int_equal(backend_kvm.close(fd), 0);
}

static void errors_are_negative_numbers(void **state)
{
	(void)state;
	assert_int_equal(backend_kvm.ioctl(-1, KVM_CREATE_VM, 0), -EBADF);
	assert_int_equal(backend_kvm.ioctl(-1, KVM_RUN, 0), -EBADF);
	assert_int_equal(backend_kvm.close(-1), -EBADF);
}

static void memory_is_zero_and_ours(void **state)
{
	u64 *memory = backend_kvm.mmap(-1, 16 * SIZE);
	u64 any = 0;

	(void)state;
	assert_non_null(memory);
	for (size_t i = 0; i < 16 * SIZE / sizeof(u64); i++) {
		any |= memory[i];
		memory[i] = i;
	}
	assert_int_equal(any, 0);
	backend_kvm.munmap(memory, 16 * SIZE);
}

static void more_vcpus_than_a_realm_has_are_refused(void **state)
{
	void *runs[CPUS_MAX];
	int fd = open_vcpu();

	(void)state;
	for (unsigned int i = 0; i < CPUS_MAX; i++) {
		runs[i] = backend_kvm.mmap(fd, SIZE);
		assert_non_null(runs[i]);
	}
	assert_null(backend_kvm.mmap(fd, SIZE));
	for (unsigned int i = 1; i < CPUS_MAX; i++)
		backend_kvm.munmap(runs[i], SIZE);
	close_vcpu(fd, runs[0]);
}

static void a_kick_of_no_vcpu_is_nothing(void **state)
{
	(void)state;
	backend_kvm.kick(-1);
	backend_kvm.kick(STDIN_FILENO);
}

/* Once: a run after that is a new one. */
static void a_kick_before_the_run_ends_it(void **state)
{
	int fd = open_vcpu();

	(void)state;
	played = backend_kvm.mmap(fd, SIZE);
	assert_non_null(played);
	backend_kvm.kick(fd);
	assert_int_equal(played->immediate_exit, 1);
	assert_int_equal(backend_kvm.ioctl(fd, KVM_RUN, 0), -EINTR);
	assert_int_equal(played->immediate_exit, 0);
	close_vcpu(fd, played);
}

static void *run_once(void *context)
{
	return (void *)(intptr_t)backend_kvm.ioctl(*(int *)context, KVM_RUN, 0);
}

static void a_kick_at_any_moment_ends_the_run(void **state)
{
	int fd = open_vcpu();
	int kvm = backend_kvm.open(); /* makes signals ready; may be absent */

	(void)state;
	played = backend_kvm.mmap(fd, SIZE);
	assert_non_null(played);
	for (unsigned int round = 0; round < ROUNDS; round++) {
		pthread_t thread;
		void *ret;

		assert_int_equal(pthread_create(&thread, NULL, run_once, &fd),
				 0);
		for (volatile unsigned int i = 0; i < round * 8; i++)
			;
		backend_kvm.kick(fd);
		pthread_join(thread, &ret);
		assert_int_equal((intptr_t)ret, -EINTR);
		played->immediate_exit = 0;
	}
	close_vcpu(fd, played);
	if (kvm >= 0)
		backend_kvm.close(kvm);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_are_negative_numbers),
		cmocka_unit_test(memory_is_zero_and_ours),
		cmocka_unit_test(more_vcpus_than_a_realm_has_are_refused),
		cmocka_unit_test(a_kick_of_no_vcpu_is_nothing),
		cmocka_unit_test(a_kick_before_the_run_ends_it),
		cmocka_unit_test(a_kick_at_any_moment_ends_the_run),
	};

	return cmocka_run_group_tests_name("backend_kvm", tests, NULL, NULL);
}

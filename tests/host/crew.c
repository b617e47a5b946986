// SPDX-License-Identifier: BSD-3-Clause
/*
 * The threads of a VMM that runs several vCPUs.
 */
#include "tests/host/crew.h"

#include <string.h>
#include <unistd.h>

#include <linux/errno.h>

static void crew_keep(struct crew *crew, const struct kvm_run *run)
{
	if (run->mmio.is_write && crew->values < ARRAY_SIZE(crew->value))
		memcpy(&crew->value[crew->values++], run->mmio.data,
		       sizeof(crew->value[0]));
}

static long crew_convert(struct crew *crew, const struct kvm_run *run)
{
	return guest_attributes(crew->guest, run->memory_fault.gpa,
				run->memory_fault.size,
				run->memory_fault.flags &
				KVM_MEMORY_EXIT_FLAG_PRIVATE ?
				KVM_MEMORY_ATTRIBUTE_PRIVATE : 0);
}

static void crew_kick_all(struct crew *crew)
{
	unsigned int i;

	crew->stop = true;
	for (i = 0; i < crew->guest->cpus; i++)
		sim_kvm_kick(crew->guest->vcpus[i]);
}

/* True to go on. Called with the lock. */
static bool crew_handle(struct crew *crew, struct kvm_run *run, long ret)
{
	if (ret == -EAGAIN || (ret == -EINTR && !crew->stop))
		return true;
	if (ret == -EFAULT && run->exit_reason == KVM_EXIT_MEMORY_FAULT)
		ret = crew_convert(crew, run);
	else if (!ret && run->exit_reason == KVM_EXIT_MMIO)
		crew_keep(crew, run);
	else if (!ret && run->exit_reason == KVM_EXIT_SYSTEM_EVENT)
		crew->off = true;
	else if (!ret && run->exit_reason != KVM_EXIT_SHUTDOWN)
		ret = -EIO;
	if (ret && ret != -EINTR)
		crew->failed = ret;
	if (ret || run->exit_reason == KVM_EXIT_SYSTEM_EVENT ||
	    run->exit_reason == KVM_EXIT_SHUTDOWN)
		crew_kick_all(crew);
	return !crew->stop;
}

static unsigned int crew_number(const struct crew *crew)
{
	unsigned int i = 0;

	while (!pthread_equal(crew->thread[i], pthread_self()))
		i++;
	return i;
}

static void *crew_main(void *context)
{
	struct crew *crew = context;
	struct kvm_run *run;
	bool more = true;
	long ret;
	int fd;

	pthread_mutex_lock(&crew->lock);
	fd = crew->guest->vcpus[crew_number(crew)];
	pthread_mutex_unlock(&crew->lock);
	run = sim_kvm_mmap(fd, PAGE_SIZE);
	while (more) {
		ret = SIM_IOCTL(fd, KVM_RUN, 0);
		pthread_mutex_lock(&crew->lock);
		more = crew_handle(crew, run, ret);
		pthread_mutex_unlock(&crew->lock);
	}
	return NULL;
}

void crew_start(struct crew *crew, struct guest *guest)
{
	unsigned int i;

	*crew = (struct crew) { .guest = guest };
	alarm(20);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_mutex_lock(&crew->lock);
	for (i = 0; i < guest->cpus; i++)
		assert_int_equal(pthread_create(&crew->thread[i], NULL,
						crew_main, crew), 0);
	pthread_mutex_unlock(&crew->lock);
}

static void crew_join(struct crew *crew)
{
	unsigned int i;

	for (i = 0; i < crew->guest->cpus; i++)
		pthread_join(crew->thread[i], NULL);
	pthread_mutex_destroy(&crew->lock);
	alarm(0);
}

void crew_stop(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	crew_kick_all(crew);
	pthread_mutex_unlock(&crew->lock);
	crew_join(crew);
}

void crew_run(struct crew *crew, struct guest *guest)
{
	crew_start(crew, guest);
	crew_join(crew);
	assert_int_equal(crew->failed, 0);
	assert_true(crew->off);
}

void crew_wait(struct crew *crew, unsigned int values)
{
	bool done = false;

	while (!done) {
		usleep(1000);
		pthread_mutex_lock(&crew->lock);
		done = crew->values >= values;
		pthread_mutex_unlock(&crew->lock);
	}
}

bool crew_is_off(struct crew *crew)
{
	bool off;

	pthread_mutex_lock(&crew->lock);
	off = crew->off;
	pthread_mutex_unlock(&crew->lock);
	return off;
}

bool crew_saw(const struct crew *crew, u64 value)
{
	unsigned int i;

	for (i = 0; i < crew->values; i++) {
		if (crew->value[i] == value)
			return true;
	}
	return false;
}

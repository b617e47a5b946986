/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Programs that never end, and vCPUs that are off, would keep the one thread of
 * a sequence for ever, and so would a vCPU that a thread of its own has in
 * KVM_RUN, if anything else is wanted of it: it is called back. That takes long
 * enough not to happen to others on a busy machine.
 */
#include <time.h>

#include "fuzz/ioctl/vmm.h"

#define PATIENCE_MS 80
#define LOOK_MS 10

static struct {
	pthread_t thread;
	pthread_mutex_t lock;
	bool end;
	int fd; /* of the system call; -1: none */
	unsigned int looks; /* of the watch, since */
} watch = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void look(void)
{
	if (watch.fd >= 0 && ++watch.looks * LOOK_MS >= PATIENCE_MS) {
		vmm.kvm->kick(watch.fd);
		watch.looks = 0;
		vmm.kicks++;
	}
}

static void *watch_main(void *context)
{
	const struct timespec nap = { .tv_nsec = LOOK_MS * 1000000 };
	bool end = false;

	(void)context;
	while (!end) {
		nanosleep(&nap, NULL);
		pthread_mutex_lock(&watch.lock);
		look();
		end = watch.end;
		pthread_mutex_unlock(&watch.lock);
	}
	return NULL;
}

void watch_start(void)
{
	watch.fd = -1;
	watch.end = false;
	pthread_create(&watch.thread, NULL, watch_main, NULL);
}

void watch_begin(int fd)
{
	pthread_mutex_lock(&watch.lock);
	watch.fd = fd;
	watch.looks = 0;
	pthread_mutex_unlock(&watch.lock);
}

void watch_end(void)
{
	pthread_mutex_lock(&watch.lock);
	watch.fd = -1;
	pthread_mutex_unlock(&watch.lock);
}

void watch_stop(void)
{
	pthread_mutex_lock(&watch.lock);
	watch.end = true;
	pthread_mutex_unlock(&watch.lock);
	pthread_join(watch.thread, NULL);
}

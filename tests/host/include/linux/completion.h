/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header.
 */
#ifndef TESTS_HOST_LINUX_COMPLETION_H
#define TESTS_HOST_LINUX_COMPLETION_H

#include <semaphore.h>

struct completion {
	sem_t done;
};

#define init_completion(completion) sem_init(&(completion)->done, 0, 0)
#define complete(completion) sem_post(&(completion)->done)
#define wait_for_completion(completion) sem_wait(&(completion)->done)

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: threads that are a CPU of the machine.
 */
#ifndef TESTS_HOST_LINUX_KTHREAD_H
#define TESTS_HOST_LINUX_KTHREAD_H

#include <stdbool.h>

struct task_struct;

/* As in a kernel: it runs when it is woken up. NULL, and no error, if not. */
struct task_struct *kthread_create_on_cpu(int (*function)(void *), void *arg,
					  unsigned int cpu, const char *name);
void wake_up_process(struct task_struct *task);

#define IS_ERR(pointer) (!(pointer))

#define num_online_cpus() machine_conf()->cpus
#define for_each_online_cpu(cpu) \
	for ((cpu) = 0; (cpu) < machine_conf()->cpus; (cpu)++)

#endif

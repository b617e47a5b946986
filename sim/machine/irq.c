/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPUs' physical interrupt lines.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "sim/machine/irq.h"
#include "sim/machine/machine.h"

static atomic_bool lines[MACHINE_CPU_MAX];

/* For those who sleep; who runs just looks. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t raised = PTHREAD_COND_INITIALIZER;

void irq_start(void)
{
	for (unsigned int cpu = 0; cpu < MACHINE_CPU_MAX; cpu++)
		atomic_store(&lines[cpu], false);
}

void machine_irq_raise(unsigned int cpu)
{
	pthread_mutex_lock(&lock);
	atomic_store(&lines[cpu], true);
	pthread_cond_broadcast(&raised);
	pthread_mutex_unlock(&lock);
}

void machine_irq_lower(unsigned int cpu)
{
	atomic_store(&lines[cpu], false);
}

bool machine_irq_pending(unsigned int cpu)
{
	return atomic_load_explicit(&lines[cpu], memory_order_acquire);
}

void irq_wait(unsigned int cpu)
{
	pthread_mutex_lock(&lock);
	while (!machine_irq_pending(cpu))
		pthread_cond_wait(&raised, &lock);
	pthread_mutex_unlock(&lock);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granule protection faults. A guarded page of the host's view raises a signal;
 * the GPT then says whether the touch was wrong, or came just before the
 * granule's return to the host and may be tried again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <ucontext.h>
#include <unistd.h>

#include "sim/machine/die.h"
#include "sim/machine/gpf.h"
#include "sim/machine/gpt.h"
#include "sim/machine/machine.h"
#include "sim/machine/views.h"

/* Touches in a row that the GPT allows and the view does not. */
#define RETRIES_MAX 100000u

static const int signals[] = { SIGSEGV, SIGBUS };

#define SIGNALS (sizeof(signals) / sizeof(signals[0]))

static struct sigaction previous[SIGNALS];
static _Atomic uint64_t gpfs;

static _Thread_local sigjmp_buf *probe;
static _Thread_local unsigned int retries;
static _Thread_local uint64_t retries_moves;

static const char *access_kind(const ucontext_t *context)
{
#if defined(__x86_64__)
	return context->uc_mcontext.gregs[REG_ERR] & 2 ? "write" : "read";
#else
	(void)context;
	return "touch";
#endif
}

/* Gives the signal to whoever had it before us. */
static void pass_on(int sig, siginfo_t *info, void *context)
{
	const struct sigaction *old = &previous[sig == SIGBUS];

	if (old->sa_flags & SA_SIGINFO)
		old->sa_sigaction(sig, info, context);
	else if (old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN)
		old->sa_handler(sig);
	else
		signal(sig, SIG_DFL); /* and the touch is made again */
}

/* A line, without stdio: the signal may have come from within it. */
static _Noreturn void die_of(const char *format, const char *kind, uint64_t pa,
			     uint64_t call)
{
	char line[160];
	int length = snprintf(line, sizeof(line), format, kind,
			      (unsigned long long)pa,
			      (unsigned long long)call);

	if (write(STDERR_FILENO, line, (size_t)length) < 0)
		_exit(MACHINE_EXIT);
	_exit(MACHINE_EXIT);
}

/*
 * The GPT allows the touch, so it raced with a move and is made again. If
 * nothing has moved for very long, no race can be the reason.
 */
static void retry(uint64_t pa)
{
	uint64_t moves = gpt_moves();

	if (moves != retries_moves)
		retries = 0;
	retries_moves = moves;
	if (++retries > RETRIES_MAX)
		die_of("machine: the host's view and the GPT disagree: %s of "
		       "PA 0x%llx (%llu retries)\n", "touch", pa, retries);
}

static void handler(int sig, siginfo_t *info, void *context)
{
	int saved_errno = errno;
	ucontext_t *uc = context;
	uint64_t pa, call;

	if (!machine_host_pa(info->si_addr, &pa)) {
		pass_on(sig, info, context);
		return;
	}
	if (!gpt_is_realm((uint64_t)((uint8_t *)info->si_addr -
				     view_base(VIEW_HOST)), &call)) {
		retry(pa);
		errno = saved_errno;
		return;
	}
	atomic_fetch_add(&gpfs, 1);
	if (probe) {
		/* Not left to sigsetjmp(): a probe that passes is then fast. */
		pthread_sigmask(SIG_SETMASK, &uc->uc_sigmask, NULL);
		siglongjmp(*probe, 1);
	}
	die_of("granule protection fault: %s of PA 0x%llx (granule delegated "
	       "by RMI call #%llu)\n", access_kind(uc), pa, call);
}

void gpf_start(void)
{
	struct sigaction action = {
		.sa_sigaction = handler,
		.sa_flags = SA_SIGINFO | SA_NODEFER,
	};

	atomic_store(&gpfs, 0);
	for (unsigned int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &action, &previous[i]);
}

void gpf_stop(void)
{
	for (unsigned int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &previous[i], NULL);
}

uint64_t machine_gpf_count(void)
{
	return atomic_load(&gpfs);
}

bool machine_probe_read(uint64_t pa, uint8_t *value)
{
	sigjmp_buf here;
	uint8_t *at = machine_host_view(pa);
	volatile bool passed = true;

	if (!at)
		return false;
	if (sigsetjmp(here, 0) == 0) {
		probe = &here;
		atomic_signal_fence(memory_order_seq_cst);
		*value = __atomic_load_n(at, __ATOMIC_RELAXED);
		atomic_signal_fence(memory_order_seq_cst);
	} else {
		passed = false;
	}
	probe = NULL;
	return passed;
}

bool machine_probe_write(uint64_t pa, uint8_t value)
{
	sigjmp_buf here;
	uint8_t *at = machine_host_view(pa);
	volatile bool passed = true;

	if (!at)
		return false;
	if (sigsetjmp(here, 0) == 0) {
		probe = &here;
		atomic_signal_fence(memory_order_seq_cst);
		__atomic_store_n(at, value, __ATOMIC_RELAXED);
		atomic_signal_fence(memory_order_seq_cst);
	} else {
		passed = false;
	}
	probe = NULL;
	return passed;
}

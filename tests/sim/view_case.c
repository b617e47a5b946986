/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cases about memory and faults.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/machine/gpf.h"
#include "sim/machine/views.h"
#include "tests/sim/view_case.h"

bool view_case_mprotect;

int view_case_setup(void **state)
{
	views_without_guard_regions(view_case_mprotect);
	return start_machine(state);
}

int view_case_guards(void **state)
{
	(void)state;
	view_case_mprotect = false;
	return 0;
}

int view_case_no_guards(void **state)
{
	(void)state;
	view_case_mprotect = true;
	return 0;
}

void view_case_run(void **state)
{
	CMUnitTestFunction test = (CMUnitTestFunction)*state;

	/* cmocka has just taken SIGSEGV for itself: take it back. */
	gpf_start();
	test(state);
}

int in_child(void (*body)(void), char *said, size_t size)
{
	int fds[2], status;
	ssize_t got, n = 0;
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(fds[1], STDERR_FILENO);
		body();
		_exit(0);
	}
	close(fds[1]);
	while ((got = read(fds[0], said + n, size - 1 - (size_t)n)) > 0)
		n += got;
	said[n] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

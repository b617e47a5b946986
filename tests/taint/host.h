/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host: every call that it makes is made in a machine full of secrets, and
 * afterwards it looks at everything that it can see.
 */
#ifndef TESTS_TAINT_HOST_H
#define TESTS_TAINT_HOST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "abi/rmi_smc.h"

/* x0 to x17 after the last call. */
extern uint64_t host_out[18];

/*
 * An RMM that leaks: called after each command of the real one, and may change
 * what came of it. @in and @x are x0 to x17 before and after. NULL is honest.
 */
typedef void host_leak_fn(uint32_t fid, const uint64_t in[18], uint64_t x[18]);
extern host_leak_fn *host_leak;

/* Before a run: no command was made. */
void host_reset(void);

/* host_try(NAME, x1, ...): x0. Missing arguments are 0. */
#define host_try(NAME, ...) \
	host_call_array(SMC_RMI_##NAME, (const uint64_t[6]){ __VA_ARGS__ })
uint64_t host_call_array(uint32_t fid, const uint64_t args[6]);

/* The same: must be SUCCESS; INCOMPLETE; or anything else. */
#define host_ok(NAME, ...) \
	assert_int_equal(host_try(NAME, __VA_ARGS__), RMI_SUCCESS)
#define host_opens(NAME, ...) \
	assert_int_equal(RMI_RETURN_STATUS(host_try(NAME, __VA_ARGS__)), \
			 RMI_INCOMPLETE)
#define host_no(NAME, ...) \
	assert_true(host_failed(host_try(NAME, __VA_ARGS__)))

static inline bool host_failed(uint64_t x0)
{
	return RMI_RETURN_STATUS(x0) != RMI_SUCCESS &&
	       RMI_RETURN_STATUS(x0) != RMI_INCOMPLETE;
}

/*
 * Every command of the ABI's table, but REC_DESTROY, with arguments that it can
 * only refuse: each of @values in all places, then behind the realm @rd.
 */
void host_refusals(uint64_t rd, const uint64_t *values, unsigned int count);

/*
 * The first command of the ABI's table that this run has not seen succeed, or
 * not fail, though it can; NULL if there is none.
 */
const char *host_not_covered(void);

#endif

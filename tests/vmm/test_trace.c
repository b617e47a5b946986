// SPDX-License-Identifier: BSD-3-Clause
/*
 * Calls in words: arguments and results by name, statuses with their index.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "vmm/trace.h"

static const struct row {
	const char *name;
	struct conduit_call call;
	int exit_reason;
	const char *line;
} rows[] = {
	{ "version",
	  { .number = 1,
	    .name = "VERSION",
	    .in = { SMC_RMI_VERSION, 0x20000 },
	    .out = { RMI_SUCCESS, 0x20000, 0x20000 } },
	  TRACE_NO_EXIT,
	  "1 cpu0 VERSION req=0x20000 -> SUCCESS lower=0x20000 "
	  "higher=0x20000" },
	{ "error with an index",
	  { .number = 12,
	    .cpu = 3,
	    .name = "RTT_CREATE",
	    .in = { SMC_RMI_RTT_CREATE, 0x80001000, 0x80002000, 0x40000000, 2 },
	    .out = { RMI_RETURN(RMI_ERROR_RTT, 1) } },
	  TRACE_NO_EXIT,
	  "12 cpu3 RTT_CREATE rd=0x80001000 rtt=0x80002000 ipa=0x40000000 "
	  "level=0x2 -> ERROR_RTT:1 (walk ended at level 1)" },
	{ "error with index 0",
	  { .number = 2,
	    .name = "REALM_ACTIVATE",
	    .in = { SMC_RMI_REALM_ACTIVATE, 0x1000 },
	    .out = { RMI_ERROR_REALM } },
	  TRACE_NO_EXIT,
	  "2 cpu0 REALM_ACTIVATE rd=0x1000 -> ERROR_REALM:0" },
	{ "no arguments, no results",
	  { .number = 3,
	    .name = "RMM_ACTIVATE",
	    .in = { SMC_RMI_RMM_ACTIVATE },
	    .out = { RMI_SUCCESS } },
	  TRACE_NO_EXIT,
	  "3 cpu0 RMM_ACTIVATE -> SUCCESS" },
	{ "exit reason",
	  { .number = 4,
	    .name = "REC_ENTER",
	    .in = { SMC_RMI_REC_ENTER, 0x1000, 0x2000 },
	    .out = { RMI_SUCCESS } },
	  RMI_EXIT_HOST_CALL,
	  "4 cpu0 REC_ENTER rec=0x1000 run=0x2000 -> SUCCESS "
	  "exit=HOST_CALL" },
	{ "unknown exit reason",
	  { .number = 4,
	    .name = "REC_ENTER",
	    .in = { SMC_RMI_REC_ENTER, 0x1000, 0x2000 },
	    .out = { RMI_SUCCESS } },
	  200,
	  "4 cpu0 REC_ENTER rec=0x1000 run=0x2000 -> SUCCESS exit=200" },
	{ "wants memory",
	  { .number = 5,
	    .name = "REC_CREATE",
	    .in = { SMC_RMI_REC_CREATE, 1, 2, 3 },
	    .out = { RMI_RETURN(RMI_INCOMPLETE, RMI_OP_MEM_REQ_DONATE), 7,
		     0x40 } },
	  TRACE_NO_EXIT,
	  "5 cpu0 REC_CREATE rd=0x1 rec=0x2 params=0x3 -> INCOMPLETE:donate "
	  "handle=0x7 request=0x40 [1 granule DELEGATED > REC]" },
	{ "gives memory back",
	  { .number = 6,
	    .name = "REC_DESTROY",
	    .in = { SMC_RMI_REC_DESTROY, 2 },
	    .out = { RMI_RETURN(RMI_INCOMPLETE, 4 | RMI_OP_MEM_REQ_RECLAIM),
		     7 } },
	  TRACE_NO_EXIT,
	  "6 cpu0 REC_DESTROY rec=0x2 -> INCOMPLETE:reclaim handle=0x7 "
	  "[1 granule REC > DELEGATED]" },
	{ "a range changes hands as far as the RMM came",
	  { .number = 20,
	    .name = "GRANULE_RANGE_DELEGATE",
	    .in = { SMC_RMI_GRANULE_RANGE_DELEGATE, 0x80000000, 0x80400000 },
	    .out = { RMI_SUCCESS, 0x80200000 } },
	  TRACE_NO_EXIT,
	  "20 cpu0 GRANULE_RANGE_DELEGATE base=0x80000000 top=0x80400000 -> "
	  "SUCCESS out_top=0x80200000 "
	  "[512 granules UNDELEGATED > DELEGATED]" },
	{ "mapping gives a realm data",
	  { .number = 21,
	    .name = "RTT_DATA_MAP",
	    .in = { SMC_RMI_RTT_DATA_MAP, 1, 0x40000000, 0x40003000, 1, 2 },
	    .out = { RMI_SUCCESS, 0x40003000 } },
	  TRACE_NO_EXIT,
	  "21 cpu0 RTT_DATA_MAP rd=0x1 base=0x40000000 top=0x40003000 "
	  "flags=0x1 oaddr=0x2 -> SUCCESS out_top=0x40003000 "
	  "[3 granules DELEGATED > DATA]" },
	{ "unmapping takes what the descriptor says",
	  { .number = 22,
	    .name = "RTT_DATA_UNMAP",
	    .in = { SMC_RMI_RTT_DATA_UNMAP, 1, 0x40000000, 0x40600000, 1 },
	    .out = { RMI_SUCCESS, 0x40600000, 0x90000000 | 2 << 2 | 1 } },
	  TRACE_NO_EXIT,
	  "22 cpu0 RTT_DATA_UNMAP rd=0x1 base=0x40000000 top=0x40600000 "
	  "flags=0x1 oaddr=0x0 -> SUCCESS out_top=0x40600000 "
	  "range=0x90000009 count=0x0 [1024 granules DATA > DELEGATED]" },
	{ "donated memory is what was taken",
	  { .number = 23,
	    .name = "OP_MEM_DONATE",
	    .in = { SMC_RMI_OP_MEM_DONATE, 7, 0x80000000, 4 },
	    .out = { RMI_RETURN(RMI_INCOMPLETE, RMI_OP_MEM_REQ_NONE), 4 } },
	  TRACE_NO_EXIT,
	  "23 cpu0 OP_MEM_DONATE handle=0x7 list=0x80000000 count=0x4 -> "
	  "INCOMPLETE:none taken=0x4 request=0x0 "
	  "[4 granules DELEGATED > REC_AUX]" },
	{ "nothing changes hands on an error",
	  { .number = 24,
	    .name = "RTT_DATA_MAP",
	    .in = { SMC_RMI_RTT_DATA_MAP, 1, 2, 3, 4, 5 },
	    .out = { RMI_RETURN(RMI_ERROR_INPUT, 0), 0x9000 } },
	  TRACE_NO_EXIT,
	  "24 cpu0 RTT_DATA_MAP rd=0x1 base=0x2 top=0x3 flags=0x4 oaddr=0x5 "
	  "-> ERROR_INPUT:0 out_top=0x9000" },
	{ "nothing changes hands by a canned answer",
	  { .number = 25,
	    .name = "RTT_CREATE",
	    .in = { SMC_RMI_RTT_CREATE, 1, 2, 3, 4 },
	    .out = { RMI_SUCCESS },
	    .canned = true },
	  TRACE_NO_EXIT,
	  "25 cpu0 RTT_CREATE rd=0x1 rtt=0x2 ipa=0x3 level=0x4 -> SUCCESS "
	  "(canned)" },
	{ "not supported",
	  { .number = 7,
	    .name = "GPT_INFO",
	    .in = { SMC_RMI_GPT_INFO },
	    .out = { SMCCC_NOT_SUPPORTED, 1 } },
	  TRACE_NO_EXIT,
	  "7 cpu0 GPT_INFO -> NOT_SUPPORTED" },
	{ "a command without an answer has a name",
	  { .number = 8,
	    .name = "RTT_FOLD",
	    .in = { SMC_RMI_RTT_FOLD, 1, 2, 3 },
	    .out = { SMCCC_NOT_SUPPORTED } },
	  TRACE_NO_EXIT,
	  "8 cpu0 RTT_FOLD rd=0x1 ipa=0x2 level=0x3 -> NOT_SUPPORTED" },
	{ "unknown command",
	  { .number = 9,
	    .in = { 0xc40001ff, 1, 2 },
	    .out = { SMCCC_NOT_SUPPORTED } },
	  TRACE_NO_EXIT,
	  "9 cpu0 0xc40001ff -> NOT_SUPPORTED" },
	{ "SVE hint",
	  { .number = 10,
	    .name = "FEATURES",
	    .in = { SMC_RMI_FEATURES | SMCCC_SVE_HINT, 1 },
	    .out = { RMI_SUCCESS, 0x3ff } },
	  TRACE_NO_EXIT,
	  "10 cpu0 FEATURES index=0x1 -> SUCCESS value=0x3ff" },
	{ "unknown status",
	  { .number = 11,
	    .name = "FEATURES",
	    .in = { SMC_RMI_FEATURES, 1 },
	    .out = { 0x99 } },
	  TRACE_NO_EXIT,
	  "11 cpu0 FEATURES index=0x1 -> 0x99 value=0x0" },
	{ "canned answer",
	  { .number = 13,
	    .name = "REALM_DESTROY",
	    .in = { SMC_RMI_REALM_DESTROY, 0x1000 },
	    .out = { RMI_BUSY },
	    .canned = true },
	  TRACE_NO_EXIT,
	  "13 cpu0 REALM_DESTROY rd=0x1000 -> BUSY:0 (canned)" },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void line_is(void **state)
{
	const struct row *row = *state;
	char line[TRACE_LINE_MAX];

	trace_format(&row->call, row->exit_reason, line, sizeof(line));
	assert_string_equal(line, row->line);
}

static void a_line_that_does_not_fit_is_cut_off(void **state)
{
	const struct row *row = &rows[1];
	char line[TRACE_LINE_MAX];

	(void)state;
	for (size_t size = 1; size < sizeof(line); size++) {
		memset(line, '!', sizeof(line));
		trace_format(&row->call, TRACE_NO_EXIT, line, size);
		assert_true(strlen(line) < size);
		assert_memory_equal(line, row->line, strlen(line));
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS + 1] = {
		cmocka_unit_test(a_line_that_does_not_fit_is_cut_off),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[i + 1] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = line_is,
			.initial_state = (void *)&rows[i],
		};
	return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}

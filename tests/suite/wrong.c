/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lies, one a condition.
 */
#include "tests/suite/wrong.h"

#include <string.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_table.h"
#include "tests/suite/agent.h"

#define CONDITIONS_MAX 2048
#define RESULTS 5 /* x0 to x4 */

static const struct suite_port *inner;
static struct suite_port outer;
static uint64_t granule; /* its size */
static enum wrong kind;
static unsigned int condition;
static bool is_subject; /* the next call */
static bool is_over; /* it was made: there is one a condition */
static bool applied;
static uint64_t victim; /* a granule that is DELEGATED */
static uint64_t box; /* PA of the last REC's box */

static struct {
	uint64_t fid; /* of the call that it is about; 0: there was none */
	uint64_t x[RESULTS];
} honest[CONDITIONS_MAX];

const char *wrong_text(enum wrong wrong)
{
	static const char *const texts[] = {
#define WRONG_TEXT(name, what) [WRONG_##name] = what,
		WRONG_TABLE(WRONG_TEXT)
#undef WRONG_TEXT
	};

	return texts[wrong];
}

static bool has_results(uint64_t fid)
{
	switch (fid) {
#define RESULTS_CASE(NAME, name, args, results) \
	case SMC_RMI_##NAME: \
		return (results)[0];
	RMI_CALL_TABLE(RESULTS_CASE)
#undef RESULTS_CASE
	default:
		return false;
	}
}

/* True for commands that only look. */
static bool is_query(uint64_t fid)
{
	return fid == SMC_RMI_VERSION || fid == SMC_RMI_FEATURES ||
	       fid == SMC_RMI_RTT_READ_ENTRY ||
	       fid == SMC_RMI_GRANULE_TRACKING_GET;
}

/* What calls before the condition's own have shown. */
static void watch(const uint64_t in[], const uint64_t out[])
{
	const struct rec_params *params;

	if (in[0] == SMC_RMI_GRANULE_RANGE_DELEGATE &&
	    out[0] == RMI_SUCCESS && in[2] - in[1] == 16 * granule)
		victim = in[1];
	if (in[0] == SMC_RMI_REC_CREATE && !box &&
	    in[3] % RMI_PARAMS_SIZE == 0) {
		params = inner->memory(in[3]);
		if (params)
			box = params->gprs[1];
	}
}

static bool is_open(uint64_t x0)
{
	return RMI_RETURN_STATUS(x0) == RMI_INCOMPLETE;
}

bool wrong_applies(void)
{
	uint64_t fid = honest[condition].fid, x0 = honest[condition].x[0];

	switch (fid ? kind : WRONGS) {
	case WRONG_STATUS:
		return true;
	case WRONG_SUCCESS:
	case WRONG_HARM:
		return x0 != RMI_SUCCESS;
	case WRONG_INDEX:
		return RMI_RETURN_STATUS(x0) == RMI_ERROR_RTT;
	case WRONG_RESULT:
		return x0 == RMI_SUCCESS && has_results(fid);
	case WRONG_IDLE:
		return (x0 == RMI_SUCCESS || is_open(x0)) && !is_query(fid);
	case WRONG_EXIT:
	case WRONG_REALM:
		return x0 == RMI_SUCCESS && fid == SMC_RMI_REC_ENTER;
	default:
		return false;
	}
}

static bool do_harm(void)
{
	uint64_t call[SUITE_SMC_REGS] = { SMC_RMI_GRANULE_RANGE_UNDELEGATE,
					  victim, victim + granule };

	if (victim)
		inner->smc(call);
	return victim && call[0] == RMI_SUCCESS;
}

static bool zero_exit(uint64_t run_pa)
{
	struct rec_run *run = inner->memory(run_pa);

	memset(&run->exit, 0, sizeof(run->exit));
	return true;
}

static bool change_box(void)
{
	struct agent_box *realm = box ? inner->memory(box) : NULL;

	if (!realm)
		return false;
	realm->x[0] ^= 1;
	realm->x[1] ^= 1;
	return true;
}

/* The call was made; makes its answer, or what it did, a lie. */
static bool lie(const uint64_t in[], uint64_t x[])
{
	switch (kind) {
	case WRONG_SUCCESS:
		x[0] = RMI_SUCCESS;
		return true;
	case WRONG_STATUS:
		x[0] = x[0] == RMI_ERROR_INPUT ? RMI_ERROR_REALM :
						 RMI_ERROR_INPUT;
		return true;
	case WRONG_INDEX:
		x[0] += 1 << 8;
		return true;
	case WRONG_RESULT:
		x[1] += granule;
		return true;
	case WRONG_HARM:
		return do_harm();
	case WRONG_EXIT:
		return zero_exit(in[2]);
	case WRONG_REALM:
		return change_box();
	default:
		return false;
	}
}

static void note(const uint64_t in[], const uint64_t x[])
{
	honest[condition].fid = in[0];
	memcpy(honest[condition].x, x, sizeof(honest[condition].x));
}

static void wrong_smc(uint64_t x[SUITE_SMC_REGS])
{
	uint64_t in[SUITE_SMC_REGS];

	memcpy(in, x, sizeof(in));
	if (!is_subject || is_over || condition >= CONDITIONS_MAX) {
		inner->smc(x);
		watch(in, x);
		return;
	}
	is_over = true;
	if (kind == WRONG_IDLE && wrong_applies()) {
		memcpy(x, honest[condition].x, sizeof(honest[condition].x));
		applied = true;
		return;
	}
	inner->smc(x);
	if (kind == WRONG_NOTHING)
		note(in, x);
	else if (wrong_applies())
		applied = lie(in, x);
}

static void wrong_subject(void)
{
	is_subject = true;
}

const struct suite_port *wrong_port(const struct suite_port *port,
				    uint64_t size, enum wrong wrong)
{
	inner = port;
	granule = size;
	outer = *port;
	outer.smc = wrong_smc;
	outer.subject = wrong_subject;
	kind = wrong;
	condition = 0;
	if (wrong == WRONG_NOTHING)
		memset(honest, 0, sizeof(honest));
	return &outer;
}

bool wrong_next(void)
{
	bool was = applied;

	condition++;
	is_subject = false;
	is_over = false;
	applied = false;
	victim = 0;
	box = 0;
	return was;
}

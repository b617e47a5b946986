/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A few answers, each for some calls of one function, shared by all CPUs. The
 * linker gives the monitor's calls of psci_call(), which is asked last of all,
 * to __wrap_psci_call().
 */
#include "tests/qemu/monitor/armed.h"

#include <stddef.h>

#include "abi/smccc.h"
#include "monitor/cpu.h"
#include "monitor/lock.h"

#define ARMED_MAX 8

struct armed {
	uint32_t fid; /* 0: free */
	uint32_t wait; /* calls that go to the RMM before */
	uint32_t left; /* answers, ARMED_ALL: no end */
	uint64_t x[3];
};

#define ARMED_ALL UINT32_MAX

static struct lock armed_lock;
static struct armed armed[ARMED_MAX];
static uint64_t hits;

int64_t __real_psci_call(struct cpu *cpu, uint32_t fid);
int64_t __wrap_psci_call(struct cpu *cpu, uint32_t fid);

static void disarm(void)
{
	for (unsigned int i = 0; i < ARMED_MAX; i++)
		armed[i].fid = 0;
	hits = 0;
}

static int64_t arm(const uint64_t *x)
{
	uint32_t nth = (uint32_t)x[2], count = (uint32_t)(x[2] >> 32);

	for (unsigned int i = 0; i < ARMED_MAX; i++) {
		if (armed[i].fid)
			continue;
		armed[i] = (struct armed){
			.fid = (uint32_t)x[1],
			.wait = nth ? nth - 1 : 0,
			.left = count ? count : ARMED_ALL,
			.x = { x[3], x[4], x[5] },
		};
		return 0;
	}
	return -1;
}

int64_t __wrap_psci_call(struct cpu *cpu, uint32_t fid)
{
	const uint64_t *x = cpu->frame->x;
	int64_t ret = 0;

	if (fid != ARMED_ANSWER && fid != ARMED_HITS)
		return __real_psci_call(cpu, fid);
	lock(&armed_lock);
	if (fid == ARMED_HITS)
		ret = (int64_t)hits;
	else if (x[1])
		ret = arm(x);
	else
		disarm();
	unlock(&armed_lock);
	return ret;
}

/* Counts the call down, of all answers for it; the first that is due. */
static struct armed *due(uint32_t fid)
{
	struct armed *found = NULL;

	for (unsigned int i = 0; i < ARMED_MAX; i++) {
		if (armed[i].fid != fid)
			continue;
		if (armed[i].wait)
			armed[i].wait--;
		else if (!found)
			found = &armed[i];
	}
	return found;
}

bool armed_answer(uint64_t *x)
{
	uint32_t fid = (uint32_t)x[0] & ~(uint32_t)SMCCC_SVE_HINT;
	struct armed *row;

	lock(&armed_lock);
	row = due(fid);
	if (row) {
		hits++;
		x[0] = row->x[0];
		x[1] = row->x[1];
		x[2] = row->x[2];
		x[3] = 0;
		x[4] = 0;
		if (row->left != ARMED_ALL && --row->left == 0)
			row->fid = 0;
	}
	unlock(&armed_lock);
	return row;
}

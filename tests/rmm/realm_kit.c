/* SPDX-License-Identifier: BSD-3-Clause */
/* Realms, RECs and a PE by script; see realm_kit.h. */
#include <string.h>

#include "realm_kit.h"
#include "rmm/rtt.h"

struct kit kit;
struct kit_pe kit_pe;

static void run_script(struct pe *pe, struct pe_simd *simd,
		       const struct pe_regime *regime, struct pe_exit *exit)
{
	unsigned int at = kit_pe.runs++;
	const struct kit_run *run = &kit_pe.run[at];

	(void)simd;
	assert_true(at < KIT_RUNS);
	kit_pe.found[at] = *pe;
	kit_pe.regime = *regime;
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
	if (at >= kit_pe.written)
		return;
	memcpy(pe->x, run->x, run->args * sizeof(run->x[0]));
	if (run->hook)
		run->hook(pe);
	*exit = run->exit;
}

static struct kit_run *next_run(void)
{
	struct kit_run *run = &kit_pe.run[kit_pe.written++];

	assert_true(kit_pe.written <= KIT_RUNS);
	memset(run, 0, sizeof(*run));
	return run;
}

struct kit_run *kit_pe_exit(enum pe_exit_kind kind, uint64_t esr, uint64_t far,
			    uint64_t ipa)
{
	struct kit_run *run = next_run();

	run->exit.kind = kind;
	run->exit.esr = esr;
	run->exit.far = far;
	run->exit.hpfar = IPA_TO_HPFAR(ipa);
	return run;
}

struct kit_run *kit_pe_smc_array(const uint64_t *x, unsigned int count)
{
	struct kit_run *run = kit_pe_exit(PE_EXIT_SYNC,
					  KIT_ESR(ESR_EC_SMC64, 0), 0, 0);

	memcpy(run->x, x, count * sizeof(x[0]));
	run->args = count;
	return run;
}

uint64_t kit_realm_params(uint64_t root)
{
	uint64_t page = fake_ns_page();
	struct realm_params *params = fake_view(page);

	params->s2sz = KIT_IPA_BITS;
	params->num_bps = 5;
	params->num_wps = 3;
	params->hash_algo = RMI_HASH_SHA_256;
	for (unsigned int i = 0; i < sizeof(params->rpv); i++)
		params->rpv[i] = (uint8_t)(0xa0 + i);
	params->rtt_base = root;
	params->rtt_level_start = 1;
	params->rtt_num_start = 1;
	return page;
}

uint64_t kit_rec_params(uint64_t mpidr, uint64_t flags)
{
	uint64_t page = fake_ns_page();
	struct rec_params *params = fake_view(page);

	params->mpidr = mpidr;
	params->flags = flags;
	params->pc = KIT_CODE;
	for (unsigned int i = 0; i < REC_CREATE_NR_GPRS; i++)
		params->gprs[i] = 0x1000 + i;
	return page;
}

uint64_t kit_rec_create(uint64_t rd, uint64_t rec, uint64_t params)
{
	uint64_t list = fake_ns_page();
	uint64_t handle, ret;

	ret = rmi(REC_CREATE, rd, rec, params);
	if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
		return ret;
	handle = fake_out[1];
	*(uint64_t *)fake_view(list) =
		fake_delegate(REC_AUX_GRANULES) |
		FIELD_PREP(RMI_ADDR_RANGE_COUNT, REC_AUX_GRANULES);
	assert_int_equal(rmi(OP_MEM_DONATE, handle, list, 1), RET(INCOMPLETE));
	ret = rmi(OP_CONTINUE, handle, 0);
	if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
		return ret;
	assert_int_equal(rmi(OP_MEM_RECLAIM, handle, list, 1),
			 RET(INCOMPLETE));
	return rmi(OP_CONTINUE, handle, 0);
}

uint64_t kit_rec_destroy(uint64_t rec)
{
	uint64_t list = fake_ns_page();
	uint64_t ret = rmi(REC_DESTROY, rec);
	uint64_t handle = fake_out[1];

	if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
		return ret;
	assert_int_equal(rmi(OP_MEM_RECLAIM, handle, list, 512),
			 RET(INCOMPLETE));
	return rmi(OP_CONTINUE, handle, 0);
}

void kit_start_new(void)
{
	uint64_t end;

	memset(&kit, 0, sizeof(kit));
	memset(&kit_pe, 0, sizeof(kit_pe));
	fake_reset();
	fake_activate();
	fake.pe_run = run_script;
	kit.rd = fake_delegate(1);
	kit.root = fake_delegate(1);
	assert_int_equal(rmi(REALM_CREATE, kit.rd, kit_realm_params(kit.root)),
			 RET(SUCCESS));
	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), KIT_CODE, 2),
			 RET(SUCCESS));
	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), KIT_CODE, 3),
			 RET(SUCCESS));
	end = KIT_EMPTY;
	for (uint64_t at = KIT_CODE; at < end; at = fake_out[1])
		assert_int_equal(rmi(RTT_INIT_RIPAS, kit.rd, at, end),
				 RET(SUCCESS));
	kit.data = fake_delegate(1);
	assert_int_equal(rmi(RTT_DATA_MAP_INIT, kit.rd, kit.data, KIT_CODE,
			     fake_ns_page(), 0), RET(SUCCESS));
}

void kit_start(void)
{
	uint64_t params;

	kit_start_new();
	kit.rec = fake_delegate(1);
	kit.run = fake_ns_page();
	params = kit_rec_params(0, RMI_REC_PARAM_FLAG_RUNNABLE);
	assert_int_equal(kit_rec_create(kit.rd, kit.rec, params), RET(SUCCESS));
	assert_int_equal(rmi(REALM_ACTIVATE, kit.rd), RET(SUCCESS));
	kit_rec()->pe.sysreg[PE_VBAR_EL1] = KIT_VECTORS;
}

void kit_end(void)
{
	assert_int_equal(rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_EMPTY, 0, 0),
			 RET(SUCCESS));
	assert_int_equal(rmi(RTT_DESTROY, kit.rd, KIT_CODE, 3), RET(SUCCESS));
	assert_int_equal(rmi(RTT_DESTROY, kit.rd, KIT_CODE, 2), RET(SUCCESS));
	assert_int_equal(rmi(REALM_TERMINATE, kit.rd), RET(SUCCESS));
	assert_int_equal(rmi(REALM_DESTROY, kit.rd), RET(SUCCESS));
}

struct rd *kit_rd(void)
{
	return fake_view(kit.rd);
}

struct rec *kit_rec(void)
{
	return fake_view(kit.rec);
}

enum granule_state kit_state(uint64_t pa)
{
	return granule_state(granule_find(pa));
}

uint64_t kit_map(uint64_t ipa)
{
	uint64_t page = fake_delegate(1);

	assert_int_equal(rmi(RTT_DATA_MAP, kit.rd, ipa, ipa + GRANULE_SIZE,
			     RMI_OADDR_SINGLE, page | 1 << 2), RET(SUCCESS));
	return page;
}

void kit_set_ripas(uint64_t ipa, enum rmi_ripas ripas)
{
	struct rd *rd = realm_lock(kit.rd);
	struct rtt_walk walk;
	struct rtte entry;

	assert_non_null(rd);
	rtt_walk(rd, ipa, RTT_LEVEL_LAST, &walk);
	entry = walk.entry;
	entry.ripas = ripas;
	rtt_write(&walk, &entry);
	realm_unlock(rd);
}

void kit_remember(struct kit_world *world)
{
	rmm_ledger_count(world->counts, GRANULE_STATES);
	memcpy(world->rd, fake_view(kit.rd), GRANULE_SIZE);
	memset(world->rec, 0, GRANULE_SIZE);
	if (kit.rec)
		memcpy(world->rec, fake_view(kit.rec), GRANULE_SIZE);
}

void kit_assert_same(const struct kit_world *world)
{
	struct kit_world now;

	kit_remember(&now);
	assert_memory_equal(now.counts, world->counts, sizeof(now.counts));
	assert_memory_equal(now.rd, world->rd, GRANULE_SIZE);
	assert_memory_equal(now.rec, world->rec, GRANULE_SIZE);
	assert_true(rmm_ledger_ok());
}

struct rec_enter *kit_said(void)
{
	return &((struct rec_run *)fake_view(kit.run))->enter;
}

const struct rec_exit *kit_exit(void)
{
	return &((struct rec_run *)fake_view(kit.run))->exit;
}

uint64_t kit_enter(uint64_t flags)
{
	kit_said()->flags = flags;
	return rmi(REC_ENTER, kit.rec, kit.run);
}

void kit_assert_exit(const struct rec_exit *want)
{
	assert_memory_equal(kit_exit(), want, sizeof(*want));
}

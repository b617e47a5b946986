/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Scenes, built by the calls of a host that makes no mistake.
 */
#include "tests/suite/scene.h"

#include <string.h>

#include "tests/suite/call.h"
#include "tests/suite/guest.h"
#include "tests/suite/expect.h"

#define ok(call, name) expect_result(name, RMI_SUCCESS, call)

/* ---- Without a realm ----------------------------------------------------- */

void scene_config(uint64_t page)
{
	struct rmm_config *config = port->memory(page);

	memset(config, 0, sizeof(*config));
	config->rmi_granule_size = GRANULE_CONFIG;
}

bool scene_activate_rmm(void)
{
	uint64_t config = pool_take(1, GRANULE);

	scene_config(config);
	return ok(driven(RMM_CONFIG_SET, config), "RMM_CONFIG_SET") &&
	       ok(driven(RMM_ACTIVATE), "RMM_ACTIVATE");
}

static bool build_memory(void)
{
	value_set(NAME_NS, pool_take(8, GRANULE));
	value_set(NAME_PARAMS, pool_take(1, GRANULE));
	value_set(NAME_LIST, pool_take(1, GRANULE));
	value_set(NAME_RUN, pool_take(1, GRANULE));
	value_set(NAME_SRC, pool_take(1, GRANULE));
	return !verdict.failed;
}

static bool build_fresh(void)
{
	value_set(NAME_FRESH, pool_take_delegated(16, 16 * GRANULE));
	return !verdict.failed;
}

bool scene_block(void)
{
	value_set(NAME_BLOCK, pool_take_delegated(BLOCK / GRANULE, BLOCK));
	return !verdict.failed && !verdict.skipped;
}

void scene_host_block(void)
{
	value_set(NAME_MINE, pool_base() / BLOCK * BLOCK);
}

/* ---- The realm ----------------------------------------------------------- */

void scene_realm_params(uint64_t page, uint64_t root)
{
	struct realm_params *params = port->memory(page);

	memset(params, 0, sizeof(*params));
	params->s2sz = IPA_BITS;
	params->num_bps = 1;
	params->num_wps = 1;
	params->hash_algo = RMI_HASH_SHA_256;
	params->rtt_base = root;
	params->rtt_level_start = LEVEL_START;
	params->rtt_num_start = 1;
	memcpy(params->rpv, "personalisation value", 22);
}

static bool create_realm(enum value_name rd, enum value_name root)
{
	value_set(rd, pool_take_delegated(1, GRANULE));
	value_set(root, pool_take_delegated(1, GRANULE));
	scene_realm_params(value_of(PARAMS), value_of((uint64_t)root << 56));
	return ok(driven(REALM_CREATE, value_of((uint64_t)rd << 56),
			 value_of(PARAMS)),
		  "REALM_CREATE");
}

static bool table(uint64_t pa, uint64_t ipa, uint64_t level)
{
	return ok(driven(RTT_CREATE, value_of(RD), pa, ipa, level),
		  "RTT_CREATE");
}

static bool build_tables(void)
{
	value_set(NAME_TABLE, pool_take_delegated(1, GRANULE));
	value_set(NAME_EMPTY_TABLE, pool_take_delegated(1, GRANULE));
	return table(pool_take_delegated(1, GRANULE), G_TABLE, 2) &&
	       table(value_of(TABLE), P_CODE, 3) &&
	       table(value_of(EMPTY_TABLE), B_TABLE, 3) &&
	       table(pool_take_delegated(1, GRANULE), UG_TABLE, 2) &&
	       table(pool_take_delegated(1, GRANULE), U_BOX, 3) &&
	       table(pool_take_delegated(1, GRANULE), UB_TABLE, 3);
}

static bool ram(uint64_t base, uint64_t top)
{
	return ok(ranged(RTT_INIT_RIPAS, 2, value_of(RD), base, top),
		  "RTT_INIT_RIPAS");
}

static bool map(enum value_name name, uint64_t ipa)
{
	uint64_t pa = pool_take_delegated(1, GRANULE);

	value_set(name, pa);
	return ok(driven(RTT_DATA_MAP, value_of(RD), ipa, ipa + GRANULE,
			 RMI_OADDR_SINGLE, PAGES(pa, 1)),
		  "RTT_DATA_MAP");
}

static bool unmap(uint64_t ipa)
{
	return ok(driven(RTT_DATA_UNMAP, value_of(RD), ipa, ipa + GRANULE,
			 RMI_OADDR_NONE),
		  "RTT_DATA_UNMAP");
}

/* What is unmapped while it is RAM is DESTROYED, and stays so. */
static bool build_pages(void)
{
	return ram(P_VOID_RAM, P_VOID_DESTROYED + GRANULE) &&
	       ram(P_DATA_RAM, P_BUFFER + GRANULE) &&
	       ram(B_RAM, B_RAM + BLOCK) &&
	       map(NAME_MINE, P_VOID_DESTROYED) && unmap(P_VOID_DESTROYED) &&
	       map(NAME_DATA_EMPTY, P_DATA_EMPTY) &&
	       map(NAME_DATA_RAM, P_DATA_RAM) &&
	       map(NAME_MINE, P_DATA_DESTROYED) && unmap(P_DATA_DESTROYED) &&
	       map(NAME_DATA_DESTROYED, P_DATA_DESTROYED) &&
	       map(NAME_BUFFER, P_BUFFER);
}

static bool build_code(void)
{
	uint64_t src = value_of(SRC);

	value_set(NAME_CODE, pool_take_delegated(1, GRANULE));
	guest_put_agent(port->memory(src));
	return ok(driven(RTT_DATA_MAP_INIT, value_of(RD), value_of(CODE),
			 P_CODE, src, RMI_MEASURE_CONTENT),
		  "RTT_DATA_MAP_INIT");
}

static bool share(enum value_name name, uint64_t ipa, uint64_t s2ap)
{
	uint64_t pa = pool_take(1, GRANULE);

	value_set(name, pa);
	return ok(driven(RTT_UNPROT_MAP, value_of(RD), ipa, ipa + GRANULE,
			 RMI_OADDR_SINGLE | ATTR(RMI_MEMATTR_NORMAL_WB, s2ap),
			 PAGES(pa, 1) | UNDELEGATED),
		  "RTT_UNPROT_MAP");
}

static bool build_shared(void)
{
	return share(NAME_BOX, U_BOX, RMI_S2AP_RW) &&
	       share(NAME_BOX2, U_BOX2, RMI_S2AP_RW) &&
	       share(NAME_SHARED, U_RO, RMI_S2AP_READ);
}

static bool map_block(uint64_t ipa)
{
	return ok(driven(RTT_DATA_MAP, value_of(RD), ipa, ipa + BLOCK,
			 RMI_OADDR_SINGLE, BLOCKS(value_of(BLOCK_PA), 1)),
		  "RTT_DATA_MAP of a block");
}

bool scene_block_at(uint64_t ipa)
{
	return scene_block() && map_block(ipa);
}

bool scene_empty_block(void)
{
	return scene_block_at(B_DATA);
}

bool scene_ram_block(void)
{
	return scene_block_at(B_RAM);
}

bool scene_lost_block(void)
{
	return scene_ram_block() &&
	       ok(driven(RTT_DATA_UNMAP, value_of(RD), B_RAM, B_RAM + BLOCK,
			 RMI_OADDR_NONE),
		  "RTT_DATA_UNMAP of a block");
}

bool scene_destroyed_block(void)
{
	return scene_lost_block() && map_block(B_RAM);
}

bool scene_data_block(void)
{
	return ram(B_DATA, B_DATA + BLOCK) && scene_block_at(B_DATA);
}

static bool build_realm(void)
{
	return build_tables() && build_pages() && build_code() &&
	       build_shared();
}

/* ---- RECs ---------------------------------------------------------------- */

void scene_rec_params(uint64_t page, uint64_t mpidr, uint64_t flags,
		      uint64_t box_ipa, uint64_t box)
{
	struct rec_params *params = port->memory(page);

	memset(params, 0, sizeof(*params));
	params->flags = flags;
	params->mpidr = mpidr;
	params->pc = P_CODE;
	params->gprs[0] = box_ipa;
	params->gprs[1] = box;
	for (unsigned int i = 2; i < REC_CREATE_NR_GPRS; i++)
		params->gprs[i] = 0x1111111111111111ull * i;
}

static bool create_rec(uint64_t rd, enum value_name name, uint64_t mpidr,
		       uint64_t flags, uint64_t box_ipa, uint64_t box)
{
	uint64_t rec = pool_take_delegated(1, GRANULE);

	value_set(name, rec);
	scene_rec_params(value_of(PARAMS), mpidr, flags, box_ipa, box);
	return ok(driven(REC_CREATE, rd, rec, value_of(PARAMS)), "REC_CREATE");
}

static bool build_recs(void)
{
	return create_rec(value_of(RD), NAME_REC, 0,
			  RMI_REC_PARAM_FLAG_RUNNABLE, U_BOX, value_of(BOX)) &&
	       create_rec(value_of(RD), NAME_REC2, 1, 0, U_BOX2,
			  value_of(BOX2));
}

bool scene_other(void)
{
	return create_realm(NAME_OTHER_RD, NAME_MINE) &&
	       create_rec(value_of(OTHER_RD), NAME_OTHER_REC, 0,
			  RMI_REC_PARAM_FLAG_RUNNABLE, 0, 0);
}

/*
 * Skips the condition if the RMM wants no memory for a REC, or none that can be
 * given by the granule.
 */
bool scene_donated(void)
{
	uint64_t rec = pool_take_delegated(1, GRANULE);
	uint64_t pa = pool_take_delegated(1, GRANULE);
	uint64_t list = pool_take(1, GRANULE);
	uint64_t params = pool_take(1, GRANULE);
	uint64_t ret, handle, request;

	scene_rec_params(params, 2, 0, 0, 0);
	ret = rmi(REC_CREATE, value_of(RD), rec, params);
	handle = answer[1];
	request = answer[2];
	if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE ||
	    RMI_RETURN_MEMREQ(ret) != RMI_OP_MEM_REQ_DONATE ||
	    request & (RMI_DONATE_CONTIG | RMI_DONATE_UNDELEGATED |
		       RMI_DONATE_SIZE)) {
		verdict_skip("a REC wants no memory by the granule");
		return false;
	}
	*(uint64_t *)port->memory(list) = PAGES(pa, 1);
	rmi(OP_MEM_DONATE, handle, list, 1);
	value_set(NAME_DONATED, pa);
	return expect_value("granules taken", 1, answer[1]);
}

/* ---- Together ------------------------------------------------------------ */

bool scene_activate(void)
{
	return ok(driven(REALM_ACTIVATE, value_of(RD)), "REALM_ACTIVATE");
}

bool scene_terminate(void)
{
	return ok(driven(REALM_TERMINATE, value_of(RD)), "REALM_TERMINATE");
}

static bool build_active(enum scene scene)
{
	if (!scene_activate())
		return false;
	switch (scene) {
	case SCENE_RUN:
		return guest_begin();
	case SCENE_OFF:
		return guest_begin() && guest_system_off();
	case SCENE_ZOMBIE:
		return scene_terminate();
	default:
		return true;
	}
}

static bool build(enum scene scene)
{
	if (!build_memory())
		return false;
	if (scene == SCENE_BOOT)
		return true;
	if (!build_fresh())
		return false;
	if (scene == SCENE_RMM)
		return true;
	if (!create_realm(NAME_RD, NAME_ROOT))
		return false;
	if (scene == SCENE_BARE)
		return true;
	if (scene == SCENE_DEAD)
		return scene_terminate();
	if (!build_realm())
		return false;
	if (scene == SCENE_NEW)
		return true;
	return build_recs() && (scene == SCENE_RECS || build_active(scene));
}

bool scene_build(enum scene scene)
{
	bool built;

	verdict_setup(true);
	built = build(scene);
	verdict_setup(false);
	return built;
}

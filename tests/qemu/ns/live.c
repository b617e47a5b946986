/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm that runs, by RMI calls.
 */
#include "tests/qemu/ns/live.h"

#include <string.h>

#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/ns.h"
#include "tests/suite/sha256.h"

#define PAGE 0x1000ull
#define MEMORY LIVE_RD /* all that is delegated for it */
#define PAGES 512 /* this whole image, and what is made for it */
#define AT(page) (MEMORY + (page) * PAGE)
#define RD LIVE_RD
#define ROOT AT(1)
#define RTT2 AT(2)
#define RTT3 AT(3)
#define SHARED_RTT2 AT(4)
#define SHARED_RTT3 AT(5)
#define REC(n) AT(6 + (n))
#define AUX(n) AT(8 + (n))
#define HOLE(ipa) AT(10 + ((ipa) - LIVE_HOLE_IPA) / PAGE)
#define HOLES_END (LIVE_HOLE2_IPA + PAGE)
#define DATA AT(16)

#define BOUNCE 0x49800000ull /* the host's own */
#define MPIDR(n) (n)
#define NOTHING (~0ull)

extern uint8_t _start[], __image_end[];

struct rec_run live_run[LIVE_RECS] __attribute__((aligned(4096)));
uint64_t live_rim[4];

static union {
	struct realm_params realm;
	struct rec_params rec;
} params __attribute__((aligned(4096)));

/* ---- The measurement, computed a second time ---- */

/* As RmmMeasurementDescriptorData and ...Rec lie in memory. */
static struct {
	uint64_t type;
	uint64_t size;
	uint64_t rim[8];
	uint64_t rest[22];
} desc;

static void rim_extend(uint64_t type)
{
	desc.type = type;
	desc.size = sizeof(desc);
	memcpy(desc.rim, live_rim, sizeof(live_rim));
	sha256(&desc, sizeof(desc), live_rim);
	memset(&desc, 0, sizeof(desc));
}

static void rim_extend_page(uint64_t ipa)
{
	desc.rest[0] = ipa;
	desc.rest[1] = RMI_MEASURE_CONTENT;
	sha256((const void *)BOUNCE, PAGE, &desc.rest[2]);
	rim_extend(0);
}

/* All of struct rec_params but mpidr. */
static void rim_extend_rec(void)
{
	uint64_t mpidr = params.rec.mpidr;

	params.rec.mpidr = 0;
	sha256(&params, sizeof(params), desc.rest);
	params.rec.mpidr = mpidr;
	rim_extend(1);
}

/* ---- Building ---- */

static bool ok(uint64_t status)
{
	if (status != RMI_SUCCESS)
		print("     RMI answered %x\n", status);
	return status == RMI_SUCCESS;
}

static bool over_range(uint32_t fid, uint64_t rd, uint64_t base, uint64_t top)
{
	while (base < top) {
		struct answer a = rd ? call(fid, rd, base, top, 0, 0) :
				       call2(fid, base, top);

		if (!ok(a.x[0]))
			return false;
		base = a.x[1];
	}
	return true;
}

static bool create(void)
{
	memset(&params, 0, sizeof(params));
	params.realm.s2sz = LIVE_IPA_BITS;
	params.realm.num_bps = 1;
	params.realm.num_wps = 1;
	params.realm.hash_algo = RMI_HASH_SHA_256;
	sha256(&params, sizeof(params), live_rim);
	params.realm.rtt_base = ROOT;
	params.realm.rtt_level_start = 1;
	params.realm.rtt_num_start = 1;
	return ok(call2(SMC_RMI_REALM_CREATE, RD, (uint64_t)&params).x[0]);
}

static bool add_table(uint64_t rtt, uint64_t ipa, uint64_t level)
{
	return ok(call(SMC_RMI_RTT_CREATE, RD, rtt, ipa, level, 0).x[0]);
}

#define GIB_OF(ipa) ((ipa) & ~((1ull << 30) - 1))
#define BLOCK_OF(ipa) ((ipa) & ~((1ull << 21) - 1))

static bool add_tables(void)
{
	return add_table(RTT2, GIB_OF(LIVE_HOLE_IPA), 2) &&
	       add_table(RTT3, BLOCK_OF(LIVE_HOLE_IPA), 3) &&
	       add_table(SHARED_RTT2, GIB_OF(LIVE_SHARED_IPA), 2) &&
	       add_table(SHARED_RTT3, BLOCK_OF(LIVE_SHARED_IPA), 3);
}

/*
 * By way of a copy: computing the measurement changes variables of this image,
 * of which the page may hold some.
 */
static bool add_page(uint64_t ipa)
{
	uint64_t data = DATA + (ipa - (uint64_t)_start);

	memcpy((void *)BOUNCE, (const void *)ipa, PAGE);
	rim_extend_page(ipa);
	return ok(call(SMC_RMI_RTT_DATA_MAP_INIT, RD, data, ipa, BOUNCE,
		       RMI_MEASURE_CONTENT)
			  .x[0]);
}

static bool add_image(void)
{
	uint64_t ipa = (uint64_t)_start;

	if (!over_range(SMC_RMI_RTT_INIT_RIPAS, RD, ipa,
			(uint64_t)__image_end) ||
	    !over_range(SMC_RMI_RTT_INIT_RIPAS, RD, LIVE_HOLE_IPA, HOLES_END))
		return false;
	for (; ipa < (uint64_t)__image_end; ipa += PAGE)
		if (!add_page(ipa))
			return false;
	return true;
}

static bool add_rec(unsigned int n)
{
	uint64_t list = AUX(n) | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1);
	struct answer a;
	uint64_t handle;

	memset(&params, 0, sizeof(params));
	params.rec.flags = n == 0 ? RMI_REC_PARAM_FLAG_RUNNABLE : 0;
	params.rec.mpidr = MPIDR(n);
	params.rec.pc = (uint64_t)inside_start;
	params.rec.gprs[0] = n;
	if (n == 0)
		rim_extend_rec();
	a = call(SMC_RMI_REC_CREATE, RD, REC(n), (uint64_t)&params, 0, 0);
	handle = a.x[1];
	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return ok(a.x[0]);
	a = call(SMC_RMI_OP_MEM_DONATE, handle, (uint64_t)&list, 1, 0, 0);
	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return ok(a.x[0]);
	return ok(call2(SMC_RMI_OP_CONTINUE, handle, 0).x[0]);
}

bool live_build(void)
{
	memset(live_run, 0, sizeof(live_run));
	return over_range(SMC_RMI_GRANULE_RANGE_DELEGATE, 0, MEMORY,
			  MEMORY + PAGES * PAGE) &&
	       create() && add_tables() && add_image() && add_rec(0) &&
	       add_rec(1) && ok(call1(SMC_RMI_REALM_ACTIVATE, RD).x[0]);
}

/* ---- Taking apart ---- */

static bool remove_rec(unsigned int n)
{
	struct answer a = call1(SMC_RMI_REC_DESTROY, REC(n));
	uint64_t handle = a.x[1], list;

	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return ok(a.x[0]);
	a = call(SMC_RMI_OP_MEM_RECLAIM, handle, (uint64_t)&list, 1, 0, 0);
	if (RMI_RETURN_STATUS(a.x[0]) != RMI_INCOMPLETE)
		return ok(a.x[0]);
	return ok(call2(SMC_RMI_OP_CONTINUE, handle, 0).x[0]);
}

static bool remove_table(uint64_t ipa, uint64_t level)
{
	return ok(call(SMC_RMI_RTT_DESTROY, RD, ipa, level, 0, 0).x[0]);
}

static bool remove_memory(void)
{
	uint64_t ipa = (uint64_t)_start;

	return over_range(SMC_RMI_RTT_DATA_UNMAP, RD, ipa,
			  (uint64_t)__image_end) &&
	       over_range(SMC_RMI_RTT_DATA_UNMAP, RD, LIVE_HOLE_IPA,
			  HOLES_END) &&
	       remove_table(BLOCK_OF(LIVE_HOLE_IPA), 3) &&
	       remove_table(GIB_OF(LIVE_HOLE_IPA), 2) &&
	       remove_table(BLOCK_OF(LIVE_SHARED_IPA), 3) &&
	       remove_table(GIB_OF(LIVE_SHARED_IPA), 2);
}

bool live_destroy(void)
{
	return ok(call1(SMC_RMI_REALM_TERMINATE, RD).x[0]) && remove_rec(0) &&
	       remove_rec(1) && remove_memory() &&
	       ok(call1(SMC_RMI_REALM_DESTROY, RD).x[0]) &&
	       over_range(SMC_RMI_GRANULE_RANGE_UNDELEGATE, 0, MEMORY,
			  MEMORY + PAGES * PAGE);
}

/* ---- Running ---- */

uint64_t live_psci_complete(uint64_t status)
{
	return call(SMC_RMI_PSCI_COMPLETE, REC(0), REC(1), status, 0, 0).x[0];
}

uint64_t live_fill(uint64_t hole_ipa)
{
	return call(SMC_RMI_RTT_DATA_MAP, RD, hole_ipa, hole_ipa + PAGE,
		    FIELD_PREP(RMI_MAP_OADDR_TYPE, RMI_OADDR_SINGLE),
		    HOLE(hole_ipa) | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1))
		.x[0];
}

uint64_t live_empty(uint64_t hole_ipa)
{
	return call(SMC_RMI_RTT_DATA_UNMAP, RD, hole_ipa, hole_ipa + PAGE, 0,
		    0)
		.x[0];
}

uint64_t live_set_ripas(void)
{
	const struct rec_exit *exit = &live_run[0].exit;

	return call(SMC_RMI_RTT_SET_RIPAS, RD, REC(0), exit->ripas_base,
		    exit->ripas_top, 0)
		.x[0];
}

static uint64_t share(uint64_t pa, uint64_t s2ap)
{
	return call(SMC_RMI_RTT_UNPROT_MAP, RD, LIVE_SHARED_IPA,
		    LIVE_SHARED_IPA + PAGE,
		    FIELD_PREP(RMI_MAP_OADDR_TYPE, RMI_OADDR_SINGLE) |
			    FIELD_PREP(RMI_MAP_MEMATTR,
				       RMI_MEMATTR_NORMAL_WB) |
			    FIELD_PREP(RMI_MAP_S2AP, s2ap),
		    pa | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1) |
			    RMI_ADDR_RANGE_UNDELEGATED)
		.x[0];
}

uint64_t live_share(uint64_t pa)
{
	return share(pa, RMI_S2AP_RW);
}

uint64_t live_show(uint64_t pa)
{
	return share(pa, RMI_S2AP_READ);
}

uint64_t live_unshare(void)
{
	return call(SMC_RMI_RTT_UNPROT_UNMAP, RD, LIVE_SHARED_IPA,
		    LIVE_SHARED_IPA + PAGE, 0, 0)
		.x[0];
}

uint64_t live_enter(unsigned int rec, uint64_t flags)
{
	live_run[rec].enter.flags = flags;
	dsb();
	return call2(SMC_RMI_REC_ENTER, REC(rec), (uint64_t)&live_run[rec])
		.x[0];
}

void live_ask(unsigned int rec, inside_function *function, uint64_t a,
	      uint64_t b, uint64_t c)
{
	uint64_t *gprs = live_run[rec].enter.gprs;

	gprs[0] = (uint64_t)function;
	gprs[1] = a;
	gprs[2] = b;
	gprs[3] = c;
}

uint64_t live_begin(unsigned int rec, inside_function *function, uint64_t a,
		    uint64_t b, uint64_t c)
{
	live_ask(rec, function, a, b, c);
	return live_enter(rec, 0);
}

bool live_exit_is(unsigned int rec, unsigned int reason)
{
	return live_run[rec].exit.exit_reason == reason;
}

bool live_exit_class(unsigned int rec, uint64_t class)
{
	return live_exit_is(rec, RMI_EXIT_SYNC) &&
	       FIELD_GET(ESR_EC, live_run[rec].exit.esr) == class;
}

uint64_t live_exit_ipa(unsigned int rec)
{
	const struct rec_exit *exit = &live_run[rec].exit;

	return HPFAR_TO_IPA(exit->hpfar) | (exit->far & (PAGE - 1));
}

bool live_done(unsigned int rec, uint64_t value)
{
	return live_exit_is(rec, RMI_EXIT_HOST_CALL) &&
	       live_run[rec].exit.gprs[0] == value;
}

uint64_t live_eval(unsigned int rec, inside_function *function, uint64_t a,
		   uint64_t b, uint64_t c)
{
	uint64_t status = live_begin(rec, function, a, b, c);
	const struct rec_exit *exit = &live_run[rec].exit;

	if (status == RMI_SUCCESS && live_exit_is(rec, RMI_EXIT_HOST_CALL))
		return exit->gprs[0];
	print("     REC_ENTER %x reason %u ESR %x HPFAR %x\n", status,
	      (unsigned int)exit->exit_reason, exit->esr, exit->hpfar);
	return NOTHING;
}

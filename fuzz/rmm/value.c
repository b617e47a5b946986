/* SPDX-License-Identifier: BSD-3-Clause */
/* Values by the names of arguments; see value.h. */
#include "fuzz/rmm/value.h"

#include <string.h>

#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"

/* ---- Granules and objects ---------------------------------------------- */

static uint64_t any_page(const struct call *call, uint8_t bits)
{
	(void)call;
	return machine_page((bits * 3u) % ram.pages);
}

static uint64_t free_granule(const struct call *call, uint8_t bits)
{
	uint64_t pa = host_free_granule(bits * 3u);

	return pa ? pa : any_page(call, bits);
}

static uint64_t rd_of(const struct call *call, uint8_t bits)
{
	const struct realm *realm = world_realm(bits);

	return realm ? realm->rd : any_page(call, bits);
}

static uint64_t rec_of(const struct call *call, uint8_t bits)
{
	const struct rec_known *rec = world_rec(bits);

	return rec ? rec->rec : any_page(call, bits);
}

static uint64_t handle_of(const struct call *call, uint8_t bits)
{
	const struct op *op = world_op(bits);

	(void)call;
	return op ? op->handle : bits % 4;
}

/* The realm that the command is about. */
static const struct realm *realm_of(const struct call *call)
{
	const struct realm *realm = world_realm_at(call->in[1]);

	return realm ? realm : world_realm(0);
}

/* ---- Ranges ------------------------------------------------------------ */

static uint64_t pa_top(const struct call *call, uint8_t bits)
{
	return call->in[1] + (bits + 1) * PAGE;
}

static uint64_t l0_base(const struct call *call, uint8_t bits)
{
	(void)call;
	return (uint64_t)(bits % 8) << 30;
}

/* Sizes that entries translate, of level 3 first: 4 KiB, 2 MiB, 1 GiB... */
static unsigned int size_shift(unsigned int bits)
{
	return machine_entry_shift(3 - (int)(bits % 4));
}

uint64_t value_ipa(const struct realm *realm, uint8_t bits)
{
	unsigned int shift = size_shift(bits >> 3);
	uint64_t offset = (uint64_t)(bits & 3) << shift;
	uint64_t half = 1ull << ((realm ? realm->ipa_bits : 40) - 1);
	uint64_t start = bits & 0x40 ? half : 0;

	if (bits & 0x80)
		return start + half - (1ull << shift) - offset % half;
	if (bits & 4)
		return start + (1ull << 30) + offset;
	return start + offset;
}

static uint64_t ipa_of(const struct call *call, uint8_t bits)
{
	return value_ipa(realm_of(call), bits);
}

static uint64_t ipa_top(const struct call *call, uint8_t bits)
{
	const struct realm *realm = realm_of(call);
	unsigned int ipa_bits = realm ? realm->ipa_bits : 40;

	/* From where the previous argument starts. */
	uint64_t base = call->fid == SMC_RMI_RTT_SET_RIPAS ? call->in[3] :
							     call->in[2];

	if (bits == 0xff)
		return 1ull << (base >> (ipa_bits - 1) ? ipa_bits :
							 ipa_bits - 1);
	return base + ((uint64_t)(bits % 8 + 1) << size_shift(bits >> 4)) +
	       (bits & 8 ? PAGE : 0);
}

static uint64_t level_of(const struct call *call, uint8_t bits)
{
	static const uint8_t levels[8] = { 3, 2, 3, 2, 1, 3, 0, 4 };

	(void)call;
	return levels[bits % 8];
}

/* What the REC last asked for: its RIPAS change, as far as it is known. */
static uint64_t ripas_base(const struct call *call, uint8_t bits)
{
	const struct rec_known *rec = world_rec_at(call->in[2]);

	return rec && bits < 0xf0 ? rec->ripas_base : ipa_of(call, bits);
}

static uint64_t ripas_top(const struct call *call, uint8_t bits)
{
	const struct rec_known *rec = world_rec_at(call->in[2]);

	return rec && bits < 0x80 ? rec->ripas_top : ipa_top(call, bits);
}

/* ---- Pages that the host fills ----------------------------------------- */

static uint64_t config_page(const struct call *call, uint8_t bits)
{
	uint64_t pa = host_page(HOST_CONFIG);

	(void)call;
	host_write(pa, bits < 0xe0 ? 0 : bits & 3);
	host_write(pa + 8, bits < 0xe0 ? 0 : bits >> 2 & 3);
	return pa;
}

static uint64_t realm_params(const struct call *call, uint8_t bits)
{
	uint64_t roots = host_free_run(bits * 3u, host_realm_roots(bits));

	(void)call;
	host_realm_params(bits, roots);
	return host_page(HOST_PARAMS);
}

static uint64_t rec_params(const struct call *call, uint8_t bits)
{
	host_rec_params(realm_of(call), bits & 1 ? 0 : 1,
			ipa_of(call, bits));
	return host_page(HOST_PARAMS);
}

static uint64_t src_page(const struct call *call, uint8_t bits)
{
	uint64_t pa = host_page(HOST_SRC);
	void *page = machine_host_view(pa);

	(void)call;
	if (page)
		memset(page, bits | 1, PAGE);
	return pa;
}

/* Each CPU its own page, with flags and a value for the realm. */
static uint64_t run_page(const struct call *call, uint8_t bits)
{
	uint64_t pa = host_page(HOST_RUN) + machine.cpu * PAGE;

	(void)call;
	host_write(pa, bits & 0x1f);
	for (uint64_t i = 0; i < 4; i++)
		host_write(pa + 0x200 + 8 * i, bits * 0x0101010101010101ull);
	return pa;
}

/* Delegated granules in @count descriptors of one page each. */
static void list_granules(uint64_t list, unsigned int count, uint8_t bits)
{
	for (unsigned int i = 0; i < count; i++) {
		uint64_t pa = host_free_granule(bits * 3u + i * 5);

		host_write(list + i * 8ull,
			   pa | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1));
	}
}

static uint64_t list_page(const struct call *call, uint8_t bits)
{
	uint64_t pa = host_page(HOST_LIST);

	if (call->fid == SMC_RMI_OP_MEM_DONATE)
		list_granules(pa, 16, bits);
	return pa;
}

/* Counts that begin at 0 and end at what no page can hold. */
static uint64_t list_count(const struct call *call, uint8_t bits)
{
	const uint64_t most = PAGE / 8;
	const uint64_t counts[8] = {
		1, 16, 2, 4, 0, most, most + 1, 0xffff,
	};

	(void)call;
	return counts[bits % 8];
}

/* ---- Flags and what they say of the next argument ---------------------- */

static uint64_t oaddr_flags(uint8_t bits)
{
	if (bits & 1)
		return FIELD_PREP(RMI_MAP_LIST_COUNT, bits >> 1 & 7) |
		       RMI_OADDR_LIST;
	return RMI_OADDR_SINGLE;
}

static uint64_t map_flags(const struct call *call, uint8_t bits)
{
	(void)call;
	return oaddr_flags(bits);
}

static uint64_t unprot_flags(const struct call *call, uint8_t bits)
{
	(void)call;
	return oaddr_flags(bits) |
	       FIELD_PREP(RMI_MAP_MEMATTR, (bits & 0x70 ? 6 : bits >> 1)) |
	       FIELD_PREP(RMI_MAP_S2AP, bits & 0x80 ? bits >> 4 & 3 : 3);
}

static uint64_t unmap_flags(const struct call *call, uint8_t bits)
{
	(void)call;
	return bits % 4 == 3 ? RMI_OADDR_NONE : oaddr_flags(bits);
}

static uint64_t measure_flags(const struct call *call, uint8_t bits)
{
	(void)call;
	return bits & 1;
}

static uint64_t continue_flags(const struct call *call, uint8_t bits)
{
	(void)call;
	return bits < 0xc0 ? 0 : RMI_CONTINUE_STOP;
}

/* A run of pages or one block, as its PA and what kind it is. */
static uint64_t descriptor(uint64_t pa, unsigned int size, unsigned int count)
{
	return pa | FIELD_PREP(RMI_ADDR_RANGE_SIZE, size) |
	       FIELD_PREP(RMI_ADDR_RANGE_COUNT, count);
}

static uint64_t map_descriptor(const struct call *call, uint8_t bits)
{
	bool protected = call->fid == SMC_RMI_RTT_DATA_MAP;
	uint64_t state = protected ? 0 : RMI_ADDR_RANGE_UNDELEGATED;
	unsigned int count = 1 + (bits & 3);

	if (bits >= 0xe0 && !protected)
		return state | descriptor((uint64_t)(bits & 3) << 30,
					  1 + (bits >> 2 & 1), count);
	if (bits >= 0xe0)
		return descriptor(RAM0_BASE, 1, 1);
	return state | descriptor(protected ? host_free_run(bits, count) :
					      any_page(call, bits),
				  0, count);
}

static uint64_t map_oaddr(const struct call *call, uint8_t bits)
{
	uint64_t list = host_page(HOST_LIST);

	if (FIELD_GET(RMI_MAP_OADDR_TYPE, call->in[4]) != RMI_OADDR_LIST)
		return map_descriptor(call, bits);
	for (uint64_t i = 0; i < 8; i++)
		host_write(list + 8 * i,
			   map_descriptor(call, (uint8_t)(bits + 16 * i)));
	return list;
}

static uint64_t unmap_oaddr(const struct call *call, uint8_t bits)
{
	(void)bits;
	return FIELD_GET(RMI_MAP_OADDR_TYPE, call->in[4]) == RMI_OADDR_LIST ?
	       host_page(HOST_LIST) : 0;
}

/* ---- Numbers ----------------------------------------------------------- */

static uint64_t small(const struct call *call, uint8_t bits)
{
	(void)call;
	return bits % 8;
}

static uint64_t version(const struct call *call, uint8_t bits)
{
	(void)call;
	return RMI_ABI_VERSION(bits >> 4 & 3, bits & 3);
}

static uint64_t psci_status(const struct call *call, uint8_t bits)
{
	(void)call;
	return bits & 1 ? (uint64_t)-3 : 0;
}

/* ---- By name ----------------------------------------------------------- */

/* The first row that fits: of one command, or of all. */
static const struct row {
	const char *name;
	uint32_t fid; /* 0: any */
	value_fn *value;
} rows[] = {
	{ "rd", SMC_RMI_REALM_CREATE, free_granule },
	{ "rec", SMC_RMI_REC_CREATE, free_granule },
	{ "base", SMC_RMI_GRANULE_RANGE_DELEGATE, any_page },
	{ "base", SMC_RMI_GRANULE_RANGE_UNDELEGATE, any_page },
	{ "base", SMC_RMI_GRANULE_TRACKING_GET, any_page },
	{ "base", SMC_RMI_GRANULE_TRACKING_SET, l0_base },
	{ "base", SMC_RMI_GPT_L1_CREATE, l0_base },
	{ "base", SMC_RMI_GPT_L1_DESTROY, l0_base },
	{ "base", SMC_RMI_RTT_SET_RIPAS, ripas_base },
	{ "top", SMC_RMI_GRANULE_RANGE_DELEGATE, pa_top },
	{ "top", SMC_RMI_GRANULE_RANGE_UNDELEGATE, pa_top },
	{ "top", SMC_RMI_GRANULE_TRACKING_GET, pa_top },
	{ "top", SMC_RMI_RTT_SET_RIPAS, ripas_top },
	{ "params", SMC_RMI_REC_CREATE, rec_params },
	{ "flags", SMC_RMI_RTT_DATA_MAP_INIT, measure_flags },
	{ "flags", SMC_RMI_OP_CONTINUE, continue_flags },
	{ "flags", SMC_RMI_RTT_DATA_MAP, map_flags },
	{ "flags", SMC_RMI_RTT_UNPROT_MAP, unprot_flags },
	{ "oaddr", SMC_RMI_RTT_DATA_MAP, map_oaddr },
	{ "oaddr", SMC_RMI_RTT_UNPROT_MAP, map_oaddr },
	{ "req", 0, version },
	{ "config", 0, config_page },
	{ "rd", 0, rd_of },
	{ "rec", 0, rec_of },
	{ "calling", 0, rec_of },
	{ "target", 0, rec_of },
	{ "status", 0, psci_status },
	{ "params", 0, realm_params },
	{ "run", 0, run_page },
	{ "rtt", 0, free_granule },
	{ "data", 0, free_granule },
	{ "src", 0, src_page },
	{ "ipa", 0, ipa_of },
	{ "level", 0, level_of },
	{ "base", 0, ipa_of },
	{ "top", 0, ipa_top },
	{ "flags", 0, unmap_flags },
	{ "oaddr", 0, unmap_oaddr },
	{ "handle", 0, handle_of },
	{ "list", 0, list_page },
	{ "count", 0, list_count },
	{ "index", 0, small },
	{ "category", 0, small },
	{ "state", 0, small },
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

value_fn *value_find(const char *name, uint32_t fid)
{
	for (unsigned int i = 0; i < ROWS; i++) {
		if ((!rows[i].fid || rows[i].fid == fid) &&
		    !strcmp(rows[i].name, name))
			return rows[i].value;
	}
	/* A new argument of the ABI has to say here what it may be. */
	machine_fail(name, fid);
}

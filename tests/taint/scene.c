/* SPDX-License-Identifier: BSD-3-Clause */
/* The host's day, from boot to the last granule; see scene.h. */
#include "tests/taint/scene.h"

#include <string.h>

#include "abi/psci.h"
#include "abi/rmi_layout.h"
#include "abi/rsi_table.h"
#include "tests/rmm/fake_platform.h"
#include "tests/taint/guest.h"
#include "tests/taint/host.h"
#include "tests/taint/memory.h"
#include "tests/taint/realm.h"
#include "tests/taint/secret.h"
#include "tests/taint/watch.h"

#define BLOCK MEMORY_BLOCK
#define BLOCK_PA MEMORY_BASE
#define BLOCK_IPA (GUEST_BASE + BLOCK)
#define NO_RAM 0x10000000ull

static struct taint_realm secretive, neighbour, heir;
static const struct taint_realm *running;
static unsigned int exits;

uint64_t scene_message(void)
{
	return running->data[1];
}

unsigned int scene_exits(void)
{
	return exits;
}

static void delegate(uint64_t base, uint64_t size)
{
	for (uint64_t at = base; at < base + size; at = host_out[1])
		host_ok(GRANULE_RANGE_DELEGATE, at, base + size);
}

static void undelegate(uint64_t base, uint64_t size)
{
	for (uint64_t at = base; at < base + size; at = host_out[1])
		host_ok(GRANULE_RANGE_UNDELEGATE, at, base + size);
}

/* ---- The RMM itself ---------------------------------------------------- */

static void boot(void)
{
	uint64_t page = fake_ns_page();

	host_ok(VERSION, RMI_ABI_VERSION(RMI_ABI_MAJOR_VERSION,
					 RMI_ABI_MINOR_VERSION));
	host_no(VERSION, 0);
	host_ok(FEATURES, 0);
	host_ok(FEATURES, 1);
	host_no(GRANULE_RANGE_DELEGATE, MEMORY_BASE, MEMORY_BASE + TAINT_PAGE);
	host_ok(RMM_CONFIG_GET, page);
	host_no(RMM_CONFIG_GET, NO_RAM);
	host_ok(RMM_CONFIG_SET, page);
	host_ok(RMM_ACTIVATE);
	host_no(RMM_ACTIVATE);
	host_ok(GRANULE_TRACKING_GET, MEMORY_BASE, MEMORY_BASE + TAINT_PAGE);
	host_ok(GRANULE_TRACKING_SET, 0, RMI_MEM_CATEGORY_CONVENTIONAL,
		RMI_TRACKING_NONE);
}

/* ---- Running ----------------------------------------------------------- */

static const struct rec_exit *exit_of(const struct taint_realm *realm)
{
	return &((const struct rec_run *)fake_view(realm->run))->exit;
}

static void look_at_memory(void)
{
	for (unsigned int i = 0; i < TAINT_DATA; i++)
		watch_see("a realm reads a secret at", running->data[i],
			  fake_view(running->data[i]), TAINT_PAGE);
}

static void enter(const struct taint_realm *realm, unsigned int rec,
		  uint64_t flags, const struct guest_end *end)
{
	struct rec_run *page = fake_view(realm->run);

	memset(&page->enter, 0, sizeof(page->enter));
	page->enter.flags = flags;
	for (unsigned int i = 0; i < REC_RUN_GPRS; i++)
		page->enter.gprs[i] = 0x5eb000 + i;
	running = realm;
	guest_script.public = realm->public;
	guest_script.end = end;
	guest_script.look = look_at_memory;
	host_ok(REC_ENTER, realm->rec[rec], realm->run);
	exits |= 1u << exit_of(realm)->exit_reason;
}

/* What the realm asked for, before it can run again. */
static void serve(const struct taint_realm *realm)
{
	const struct rec_exit *exit = exit_of(realm);

	if (exit->exit_reason == RMI_EXIT_RIPAS_CHANGE) {
		host_ok(RTT_SET_RIPAS, realm->rd, realm->rec[0],
			exit->ripas_base, exit->ripas_base + TAINT_PAGE);
	} else if (exit->exit_reason == RMI_EXIT_PSCI && exit->gprs[1]) {
		host_no(REC_ENTER, realm->rec[0], realm->run);
		host_no(PSCI_COMPLETE, realm->rec[0], realm->rec[1], 1);
		host_ok(PSCI_COMPLETE, realm->rec[0], realm->rec[1],
			PSCI_SUCCESS);
	}
}

static void leave_and_return(const struct taint_realm *realm,
			     const struct guest_end *end)
{
	enter(realm, 0, 0, end);
	serve(realm);
	enter(realm, 0, end->answer, NULL);
}

#define SMC(...) \
	(const struct guest_end){ "an SMC", PE_EXIT_SYNC, \
		.esr = (uint64_t)ESR_EC_SMC64 << 26, .fixed = ESR_EC, \
		.args = sizeof((uint64_t[]){ __VA_ARGS__ }) / 8, \
		.x = { __VA_ARGS__ } }

/* Each RSI call, with a few first arguments; what follows is secret, or 0. */
static void call_rsi(const struct taint_realm *realm)
{
	static const uint64_t fids[] = {
#define RSI_FID(NAME, name, args, results) SMC_RSI_##NAME,
		RSI_CALL_TABLE(RSI_FID)
#undef RSI_FID
	};
	static const uint64_t first[] = {
		0, 1, RSI_ABI_VERSION_1_0, GUEST_BASE, GUEST_MESSAGE,
		GUEST_ABSENT,
	};

	for (unsigned int i = 0; i < sizeof(fids) / sizeof(fids[0]); i++) {
		for (unsigned int n = 0; n < sizeof(first) / 8; n++) {
			struct guest_end end = SMC(fids[i], first[n]);

			/* A message of secrets would be the realm's choice. */
			if (fids[i] == SMC_RSI_HOST_CALL &&
			    first[n] < GUEST_ABSENT)
				continue;
			leave_and_return(realm, &end);
		}
	}
}

/* The other REC was turned on. */
static void run_other(const struct taint_realm *realm)
{
	guest_script.fresh = true;
	enter(realm, 1, 0, NULL);
	enter(realm, 1, 0, &SMC(PSCI_CPU_OFF));
	host_no(REC_ENTER, realm->rec[1], realm->run);
}

/* Everything that ends a run, and the other REC, which starts twice. */
static void run_all(const struct taint_realm *realm)
{
	guest_script.fresh = true;
	for (unsigned int i = 0; i < guest_ends_count; i++)
		leave_and_return(realm, &guest_ends[i]);
	run_other(realm);
	leave_and_return(realm, &SMC(PSCI_64(PSCI_CPU_ON), 1, GUEST_BASE));
	run_other(realm);
	call_rsi(realm);
	/* It has run, and there is nowhere to say how that ended. */
	fake.ns_write_countdown = 1;
	host_no(REC_ENTER, realm->rec[0], realm->run);
}

static void refuse_all(const struct taint_realm *realm)
{
	const uint64_t values[] = {
		realm->rec[0], realm->data[0], realm->base, realm->list,
		NO_RAM, ~0ull, realm->list + 1, 0,
	};

	host_refusals(realm->rd, values, sizeof(values) / sizeof(values[0]));
}

/* ---- A block, with interrupts in the middle ---------------------------- */

static uint64_t drive(uint64_t x0)
{
	uint64_t handle = host_out[1];

	fake.irq_pending = false;
	if (RMI_RETURN_STATUS(x0) == RMI_INCOMPLETE)
		x0 = host_try(OP_CONTINUE, handle);
	return x0;
}

static void a_block(const struct taint_realm *realm)
{
	uint64_t x0;

	delegate(BLOCK_PA, BLOCK);
	fake.irq_countdown = 100;
	x0 = host_try(RTT_DATA_MAP, realm->rd, BLOCK_IPA, BLOCK_IPA + BLOCK,
		      RMI_OADDR_SINGLE,
		      BLOCK_PA | FIELD_PREP(RMI_ADDR_RANGE_SIZE, 1) |
		      FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1));
	assert_int_equal(drive(x0), RMI_SUCCESS);
	watch_see("a realm reads a secret in its block at", BLOCK_PA,
		  (uint8_t *)fake_view(BLOCK_PA) + 100 * TAINT_PAGE,
		  BLOCK - 100 * TAINT_PAGE);
	fake.irq_countdown = 100;
	x0 = host_try(RTT_DATA_UNMAP, realm->rd, BLOCK_IPA, BLOCK_IPA + BLOCK,
		      RMI_OADDR_SINGLE);
	assert_int_equal(drive(x0), RMI_SUCCESS);
	undelegate(BLOCK_PA, BLOCK);
}

/* ---- The day ----------------------------------------------------------- */

static void begin(struct taint_realm *realm, uint64_t base, bool public)
{
	*realm = (struct taint_realm){ .public = public, .base = base };
	taint_realm_make(realm);
}

void scene_run(void)
{
	uint64_t first, second, size = TAINT_GRANULES * TAINT_PAGE;

	memory_reset();
	host_reset();
	watch_begin();
	exits = 0;
	fake.pe_run = guest_run;
	fake.next_granule += BLOCK;
	boot();
	first = fake_granules(TAINT_GRANULES);
	second = fake_granules(TAINT_GRANULES);
	delegate(first, size);
	delegate(second, size);

	begin(&secretive, first, false);
	run_all(&secretive);
	begin(&neighbour, second, true);
	run_all(&neighbour);
	a_block(&neighbour);
	refuse_all(&secretive);
	enter(&neighbour, 0, 0, &SMC(PSCI_SYSTEM_RESET));
	enter(&secretive, 0, 0, &SMC(PSCI_SYSTEM_OFF));
	taint_realm_end(&secretive);

	begin(&heir, first, true);
	run_all(&heir);
	taint_realm_end(&heir);
	taint_realm_end(&neighbour);
	undelegate(first, size);
	undelegate(second, size);
	watch_end();
}

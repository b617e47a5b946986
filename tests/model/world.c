/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine to be put back; see world.h. After a call only that is put back
 * which it can have changed: pages that it had in hand, and those lines of the
 * RMM's static memory that any call was ever seen to change. Now and then all
 * is compared, and a line that was missed is learnt.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "cover.h"
#include "machine.h"
#include "rmm/rmm.h"

/* What the RMM itself remembers: see build.mk. */
extern uint8_t __start_rmm_bss[], __stop_rmm_bss[];
extern uint8_t __start_rmm_data[], __stop_rmm_data[];

#define LINE 64
#define LINES 2048

/* Lines of rmm_bss that change: for all processes, and as a list for this. */
static uint8_t *learnt;
static unsigned int hot[LINES], hot_count;

uint64_t world_out[18];

struct world_snapshot {
	struct machine machine;
	uint8_t data[64];
	uint8_t bss[];
};

static size_t bss_size(void)
{
	return (size_t)(__stop_rmm_bss - __start_rmm_bss);
}

static size_t data_size(void)
{
	return (size_t)(__stop_rmm_data - __start_rmm_data);
}

void *world_shared(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		abort();
	return memory;
}

struct world_snapshot *world_snapshot_new(void)
{
	struct world_snapshot *snapshot =
		malloc(sizeof(*snapshot) + bss_size());

	if (!snapshot)
		abort();
	return snapshot;
}

void world_save(struct world_snapshot *snapshot)
{
	snapshot->machine = machine;
	memcpy(snapshot->bss, __start_rmm_bss, bss_size());
	memcpy(snapshot->data, __start_rmm_data, data_size());
	machine_touched = 0;
}

void world_restore(const struct world_snapshot *snapshot)
{
	machine = snapshot->machine;
	memcpy(__start_rmm_bss, snapshot->bss, bss_size());
	memcpy(__start_rmm_data, snapshot->data, data_size());
	machine_touched = 0;
}

/* ---- After one call ------------------------------------------------------ */

static bool same_metadata(const struct machine *was)
{
	return !memcmp(was->metadata, machine.metadata, MACHINE_METADATA) &&
	       !memcmp(was->realm_pas, machine.realm_pas,
		       sizeof(was->realm_pas));
}

bool world_same_granules(const struct world_snapshot *snapshot)
{
	const struct machine *was = &snapshot->machine;

	for (unsigned int g = 0; g < WORLD_POOL; g++) {
		size_t at = g * WORLD_PAGE;

		if ((machine_touched & 1u << g) &&
		    memcmp(was->ram + at, machine.ram + at, WORLD_PAGE))
			return false;
	}
	return same_metadata(was);
}

static size_t line_size(size_t at)
{
	return bss_size() - at < LINE ? bss_size() - at : LINE;
}

/* Lines are copied often, and are whole but for the last. */
static void copy_line(uint8_t *to, const uint8_t *from, size_t size)
{
	if (size == LINE)
		memcpy(to, from, LINE);
	else
		memcpy(to, from, size);
}

void world_rewind(const struct world_snapshot *snapshot)
{
	const struct machine *was = &snapshot->machine;

	for (; machine_touched; machine_touched &= machine_touched - 1) {
		size_t at = (unsigned int)__builtin_ctz(machine_touched) *
			    WORLD_PAGE;

		memcpy(machine.ram + at, was->ram + at, WORLD_PAGE);
	}
	memcpy(machine.metadata, was->metadata, MACHINE_METADATA);
	memcpy(machine.realm_pas, was->realm_pas, sizeof(was->realm_pas));
	machine.ich_hcr = was->ich_hcr;
	for (unsigned int i = 0; i < hot_count; i++)
		copy_line(__start_rmm_bss + hot[i], snapshot->bss + hot[i],
			  line_size(hot[i]));
	memcpy(__start_rmm_data, snapshot->data, data_size());
}

/* ---- Now and then -------------------------------------------------------- */

void world_recall(void)
{
	hot_count = 0;
	for (unsigned int line = 0; line * LINE < bss_size(); line++) {
		if (learnt[line])
			hot[hot_count++] = line * LINE;
	}
}

enum world_check world_check(const struct world_snapshot *snapshot)
{
	const struct machine *was = &snapshot->machine;
	bool same = true;

	if (memcmp(was->ram, machine.ram, MACHINE_RAM) || !same_metadata(was))
		return WORLD_DIFFERS;
	for (unsigned int line = 0; line * LINE < bss_size(); line++) {
		size_t at = line * LINE;

		if (memcmp(__start_rmm_bss + at, snapshot->bss + at,
			   line_size(at))) {
			learnt[line] = 1;
			same = false;
		}
	}
	if (same)
		return WORLD_SAME;
	world_recall();
	world_restore(snapshot);
	return WORLD_LEARNT;
}

/* ---- What happens -------------------------------------------------------- */

uint8_t *world_page(unsigned int granule)
{
	machine_touched |= 1u << granule;
	return machine.ram + granule * WORLD_PAGE;
}

const uint8_t *world_look(unsigned int granule)
{
	return machine.ram + granule * WORLD_PAGE;
}

bool world_is_host(unsigned int granule)
{
	return !machine.realm_pas[granule];
}

uint64_t world_smc(uint64_t fid, const uint64_t args[5])
{
	memset(world_out, 0, sizeof(world_out));
	world_out[0] = fid;
	memcpy(&world_out[1], args, 5 * sizeof(args[0]));
	rmm_handle_smc(world_out);
	cover_note(fid, world_out[0]);
	return world_out[0];
}

bool world_ledger_ok(uint64_t *counts, unsigned int states)
{
	rmm_ledger_count(counts, states);
	return rmm_ledger_ok();
}

void world_cold(void)
{
	if (rmm_metadata_size(WORLD_GRANULES) > MACHINE_METADATA ||
	    data_size() > sizeof(((struct world_snapshot *)0)->data) ||
	    bss_size() > LINES * LINE)
		abort();
	if (!learnt)
		learnt = world_shared(LINES);
	memset(&machine, 0, sizeof(machine));
	rmm_init(machine.metadata);
}

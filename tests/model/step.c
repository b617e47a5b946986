/* SPDX-License-Identifier: BSD-3-Clause */
/* One call, made twice and compared; see step.h. */
#include <string.h>

#include "step.h"

/* What realms leave in their memory, and the host in its own. */
#define SECRET 0x5ec2e75ec2e75ec2ull
#define HOST_DATA 0x4057da7a4057da7aull

static uint64_t *words(unsigned int granule)
{
	return (uint64_t *)world_page(granule);
}

static bool is_zero(unsigned int granule)
{
	const uint8_t *page = world_look(granule);

	return page[0] == 0 && !memcmp(page, page + 1, WORLD_PAGE - 1);
}

/* At the start and at the end of a page. */
static void leave(unsigned int granule, uint64_t value)
{
	words(granule)[0] = value;
	words(granule)[WORLD_PAGE / 8 - 1] = value;
}

static bool holds(unsigned int granule, uint64_t value)
{
	const uint64_t *page = (const uint64_t *)world_look(granule);

	return page[0] == value && page[WORLD_PAGE / 8 - 1] == value;
}

void step_begin(void)
{
	for (unsigned int g = 0; g < WORLD_POOL; g++)
		leave(g, HOST_DATA);
	leave(WORLD_HOST_DATA, HOST_DATA);
}

/* ---- Contents of granules that change hands ----------------------------- */

static const char *came_back(unsigned int granule)
{
	if (!is_zero(granule))
		return "memory came back to the host unwiped";
	leave(granule, HOST_DATA);
	return NULL;
}

static const char *was_mapped(unsigned int granule, bool with_contents)
{
	if (with_contents ? !holds(granule, HOST_DATA) : !is_zero(granule))
		return "a realm got memory with other contents";
	leave(granule, SECRET);
	return NULL;
}

static const char *contents(const struct model *was, const struct model *is,
			    bool with_contents)
{
	const char *wrong = NULL;

	for (unsigned int g = 0; g < WORLD_POOL && !wrong; g++) {
		if (was->granule[g] == is->granule[g])
			continue;
		if (is->granule[g] == GRANULE_UNDELEGATED)
			wrong = came_back(g);
		else if (is->granule[g] == GRANULE_DATA)
			wrong = was_mapped(g, with_contents);
	}
	return wrong;
}

/* ---- One call ------------------------------------------------------------ */

static void learn_handle(struct model *model, const struct model *was)
{
	for (int i = 0; i < MODEL_OPS; i++) {
		if (model->op[i].open && !was->op[i].open)
			model->op[i].handle = (uint8_t)world_out[1];
	}
}

static const char *compare(const struct answer *want, const struct answer *got)
{
	/* Of an error, only the rules know if it ended something. */
	bool error = want->outcome == REFUSED || want->outcome == FAILED;

	if (error && got->outcome == DONE)
		return "accepted, against the rules";
	if (error && got->outcome == OPEN)
		return "opened, against the rules";
	if (!error && got->outcome == REFUSED)
		return "refused, against the rules";
	if (!error && want->outcome != got->outcome)
		return "done or open, and should be the other";
	if (want->granule != WORLD_NONE && want->granule != got->granule)
		return "x1 names another granule";
	return NULL;
}

static const char *make(struct model *model, const struct move *move,
			enum outcome *outcome)
{
	const struct model was = *model;
	struct answer want, got;
	const char *wrong;

	got = calls_make(model, move);
	want = rules_apply(model, move);
	*outcome = want.outcome;
	wrong = compare(&want, &got);
	if (wrong)
		return wrong;
	if (want.outcome == REFUSED)
		return NULL;
	if (want.outcome == OPEN)
		learn_handle(model, &was);
	return contents(&was, model, move->call == MOVE_DATA_MAP_INIT);
}

const char *step(struct model *model, const struct move *move,
		 const struct world_snapshot *before)
{
	enum outcome outcome;
	const char *wrong = make(model, move, &outcome);

	if (!wrong && outcome == REFUSED && !world_same_granules(before))
		return "refused, and yet memory has changed";
	return wrong;
}

const char *step_on(struct model *model, const struct move *move)
{
	enum outcome outcome;

	return make(model, move, &outcome);
}

/* ---- Between two calls --------------------------------------------------- */

static const char *ledger(const struct model *model)
{
	uint64_t counts[GRANULE_STATES], want[GRANULE_STATES] = { 0 };

	if (!world_ledger_ok(counts, GRANULE_STATES))
		return "the RMM's ledger does not agree with itself";
	for (int g = 0; g < WORLD_GRANULES; g++)
		want[model->granule[g]]++;
	if (memcmp(counts, want, sizeof(want)))
		return "the RMM counts other granules than the host";
	return NULL;
}

static const char *views(const struct model *model)
{
	for (unsigned int g = 0; g < WORLD_GRANULES; g++) {
		bool host = model->granule[g] == GRANULE_UNDELEGATED;

		if (host != world_is_host(g))
			return "a granule is in the wrong world";
		if (model->granule[g] == GRANULE_DATA && !holds(g, SECRET))
			return "a realm's memory has changed";
	}
	return NULL;
}

/* RTT_READ_ENTRY of the first page of a half, as the model has it. */
static const char *entry(const struct model_realm *realm, int half)
{
	const unsigned int level = (unsigned int)model_depth(realm, half);
	uint64_t ipa = half == PROTECTED ? 0 : MODEL_UNPROTECTED;
	uint64_t state = RMI_VOID, pa = 0, ripas = RMI_EMPTY;

	if (half == PROTECTED) {
		ripas = realm->ripas[level];
		if (realm->data != WORLD_NONE) {
			state = RMI_DATA;
			pa = world_pa(realm->data);
		}
	} else if (realm->shared) {
		state = RMI_DATA;
		pa = world_pa(WORLD_HOST_DATA);
	}
	world_smc(SMC_RMI_RTT_READ_ENTRY,
		  (uint64_t[5]){ world_pa(realm->rd), ipa, LEVEL_PAGE });
	if (world_out[0] != RMI_SUCCESS || world_out[1] != level ||
	    world_out[2] != state || world_out[4] != ripas ||
	    (world_out[3] & ~(WORLD_PAGE - 1)) != pa)
		return "RTT_READ_ENTRY tells of another entry";
	return NULL;
}

const char *step_invariants(const struct model *model)
{
	const char *wrong = ledger(model);

	if (!wrong)
		wrong = views(model);
	for (int i = 0; i < MODEL_REALMS && !wrong; i++) {
		if (model->realm[i].rd == WORLD_NONE)
			continue;
		wrong = entry(&model->realm[i], PROTECTED);
		if (!wrong)
			wrong = entry(&model->realm[i], UNPROTECTED);
	}
	return wrong;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * cca measure.
 */
#include <stdio.h>

#include "vmm/measure.h"
#include "vmm/payload.h"
#include "vmm/progress.h"
#include "vmm/rim.h"
#include "vmm/supervise.h"

/* What KVM asks of the RMM for every realm: the least there can be. */
#define BREAKPOINTS 1
#define WATCHPOINTS 1

/* So much at a time, for the progress to be seen. */
#define STEP 0x100000ull

struct work {
	struct rim rim;
	struct progress progress;
};

static bool take(void *context, u64 ipa, const void *data, u64 size,
		 struct err *err)
{
	struct work *work = context;

	(void)err;
	for (u64 at = 0; at < size; at += STEP) {
		u64 step = size - at < STEP ? size - at : STEP;

		rim_add_data(&work->rim, ipa + at, (const u8 *)data + at, step);
		progress_add(&work->progress, step);
	}
	return true;
}

static bool measure(const struct options *options,
		    const struct payload *payload, const struct layout *layout,
		    struct rim *rim, struct err *err)
{
	const struct rim_params params = {
		.hash = options->hash,
		.ipa_bits = layout->ipa_bits,
		.breakpoints = BREAKPOINTS,
		.watchpoints = WATCHPOINTS,
	};
	const u64 gprs[RIM_REC_GPRS] = { payload_x0(layout) };
	struct work work;
	bool ok;

	rim_start(&work.rim, &params);
	progress_start(&work.progress, "measuring", payload_size(payload));
	ok = payload_measured(payload, layout, take, &work, err);
	progress_end(&work.progress);
	/* The other vCPUs are off, and not measured. */
	rim_add_rec(&work.rim, payload_entry(payload), gprs);
	*rim = work.rim;
	return ok;
}

int measure_realm(const void *context)
{
	const struct options *options = context;
	struct payload payload;
	struct layout layout;
	struct err err;
	struct rim rim;
	bool ok;

	ok = payload_load(options, &payload, &layout, &err);
	if (ok) {
		ok = measure(options, &payload, &layout, &rim, &err);
		payload_free(&payload);
	}
	if (!ok) {
		err_print(&err);
		return STATUS_USAGE;
	}
	for (size_t i = 0; i < rim_size(&rim); i++)
		printf("%02x", rim.value[i]);
	printf("\n");
	return STATUS_OK;
}

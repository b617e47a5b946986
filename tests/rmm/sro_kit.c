/* SPDX-License-Identifier: BSD-3-Clause */
/* A stateful operation for tests; see sro_kit.h. */
#include "sro_kit.h"

struct sro_kit op;

static uint64_t test_work(struct sro *sro, uint64_t out[5])
{
	(void)out;
	op.worked++;
	if (op.work_status == RMI_SUCCESS) {
		while (sro->held)
			rmm_assert(granule_move(sro_keep(sro),
						GRANULE_INTERNAL,
						GRANULE_DELEGATED));
	}
	return op.work_status;
}

static void test_end(struct sro *sro)
{
	(void)sro;
	op.ends++;
}

static const struct sro_kind kind = { .work = test_work, .end = test_end };

uint64_t *entries(void)
{
	return fake_view(op.list);
}

static void open_for(unsigned int count, bool contiguous)
{
	uint64_t status, request;
	struct sro *sro = sro_open(&kind, &status);

	assert_non_null(sro);
	op.handle = sro_handle(sro);
	sro_donate_first(sro, count, contiguous);
	assert_int_equal(sro_leave(sro, &request), count ? DONATE : NONE);
	assert_int_equal(request, REQUEST(count) |
			 (contiguous ? RMI_DONATE_CONTIG : 0));
}

void sro_kit_open(unsigned int count)
{
	open_for(count, false);
}

void sro_kit_open_contiguous(unsigned int count)
{
	open_for(count, true);
}

int sro_kit_setup(void **state)
{
	(void)state;
	fake_reset();
	fake_activate();
	op.list = fake_ns_page();
	op.pages = fake_delegate(16);
	op.work_status = RMI_SUCCESS;
	op.worked = op.ends = 0;
	sro_kit_open(4);
	return 0;
}

uint64_t page(unsigned int i)
{
	return op.pages + i * GRANULE_SIZE;
}

uint64_t donate(uint64_t count)
{
	return rmi(OP_MEM_DONATE, op.handle, op.list, count);
}

uint64_t reclaim(uint64_t count)
{
	return rmi(OP_MEM_RECLAIM, op.handle, op.list, count);
}

uint64_t proceed(void)
{
	return rmi(OP_CONTINUE, op.handle, 0);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/* Leaks on purpose; see leaks.h. */
#include "tests/taint/leaks.h"

#include <string.h>

#include "abi/rmi_layout.h"
#include "rmm/rec.h"
#include "tests/rmm/fake_platform.h"
#include "tests/taint/memory.h"
#include "tests/taint/realm.h"
#include "tests/taint/secret.h"

static bool succeeded(uint32_t fid, uint32_t which, const uint64_t x[18])
{
	return fid == which && x[0] == RMI_SUCCESS;
}

/* One byte of what was there is still there. */
static void unwiped_byte(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_GRANULE_RANGE_UNDELEGATE, x))
		((uint8_t *)fake_view(in[1]))[0xabc] = (uint8_t)secret(1);
}

/* The same, but nothing of it is secret. */
static void unwiped_public(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_GRANULE_RANGE_UNDELEGATE, x))
		((uint8_t *)fake_view(in[1]))[0xfff] = 1;
}

static void last_register(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	(void)in;
	if (succeeded(fid, SMC_RMI_RTT_CREATE, x))
		x[17] = 0;
}

static void result_of_failure(uint32_t fid, const uint64_t in[18],
			      uint64_t x[18])
{
	(void)in;
	if (fid == SMC_RMI_RTT_DESTROY && host_failed(x[0]))
		x[1] = secret(2) & 1;
}

/* ---- In the exit record ------------------------------------------------ */

static struct rec_exit *exit_of(const uint64_t in[18])
{
	return &((struct rec_run *)fake_view(in[2]))->exit;
}

static const struct rec *rec_of(const uint64_t in[18])
{
	return fake_view(in[1]);
}

static void padding(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_REC_ENTER, x))
		exit_of(in)->pad8[0xfe] = (uint8_t)rec_of(in)->pe.x[30];
}

static bool emulatable(uint32_t fid, const uint64_t in[18],
		       const uint64_t x[18])
{
	return succeeded(fid, SMC_RMI_REC_ENTER, x) &&
	       rec_of(in)->abort == REC_ABORT_EMULATABLE;
}

static void whole_address(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (emulatable(fid, in, x))
		exit_of(in)->far = rec_of(in)->abort_exit.far;
}

static void register_number(uint32_t fid, const uint64_t in[18],
			    uint64_t x[18])
{
	if (emulatable(fid, in, x))
		exit_of(in)->esr |= rec_of(in)->abort_exit.esr & ESR_ABORT_SRT;
}

static void whole_register(uint32_t fid, const uint64_t in[18],
			   uint64_t x[18])
{
	const struct rec *rec = rec_of(in);

	if (emulatable(fid, in, x) && (rec->abort_exit.esr & ESR_ABORT_WNR))
		exit_of(in)->gprs[0] = rec->pe.x[FIELD_GET(
			ESR_ABORT_SRT, rec->abort_exit.esr)];
}

/* Not the secret, but something that hangs on it. */
static void disguised(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_REC_ENTER, x))
		exit_of(in)->plane =
			!(rec_of(in)->pe.sysreg[PE_TTBR0_EL1] & 1);
}

static void second_argument(uint32_t fid, const uint64_t in[18],
			    uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_REC_ENTER, x) &&
	    exit_of(in)->exit_reason == RMI_EXIT_PSCI)
		exit_of(in)->gprs[2] = rec_of(in)->pe.x[2];
}

/* ---- In a list, and in realms ------------------------------------------ */

static void behind_the_list(uint32_t fid, const uint64_t in[18],
			    uint64_t x[18])
{
	if (fid == SMC_RMI_OP_MEM_RECLAIM && !host_failed(x[0]) && x[1])
		((uint64_t *)fake_view(in[2]))[x[1]] = secret(3);
}

static void stale_page(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_RTT_DATA_MAP, x))
		secret_fill((uint8_t *)fake_view(in[5] & ~0xfffull) + 0x800, 1,
			    4);
}

/* The last byte of a block, which is mapped at once or in steps. */
static void stale_block(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	(void)in;
	if ((succeeded(fid, SMC_RMI_RTT_DATA_MAP, x) ||
	     succeeded(fid, SMC_RMI_OP_CONTINUE, x)) &&
	    x[1] && x[1] % MEMORY_BLOCK == 0)
		secret_fill(fake_view(MEMORY_BASE + MEMORY_BLOCK - 1), 1, 5);
}

/* The first time that somebody runs there. */
static void stale_registers(uint32_t fid, const uint64_t in[18],
			    uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_REALM_ACTIVATE, x)) {
		struct rec *rec = fake_view(in[1] + 5 * TAINT_PAGE);

		rec_simd(rec)->fpsr = secret(6);
	}
}

static void stale_stack(uint32_t fid, const uint64_t in[18], uint64_t x[18])
{
	if (succeeded(fid, SMC_RMI_RMM_CONFIG_GET, x))
		secret_fill((uint8_t *)fake_view(in[1]) + 0x20, 8, 7);
}

#define HOST_READS "the host reads a secret at"
#define COMES_BACK "memory comes back with contents at"

const struct leak leaks[] = {
	{ "an unwiped byte", unwiped_byte, COMES_BACK },
	{ "memory unwiped, without a secret", unwiped_public, COMES_BACK },
	{ "x17", last_register, "what is no result is in register 0x11" },
	{ "a result of a failure", result_of_failure,
	  "a secret is in register 0x1" },
	{ "padding of the exit", padding, HOST_READS },
	{ "the whole of FAR_EL2", whole_address, HOST_READS },
	{ "the number of a register", register_number, HOST_READS },
	{ "the whole of a register", whole_register, HOST_READS },
	{ "a bit in disguise", disguised, HOST_READS },
	{ "the second argument of PSCI", second_argument, HOST_READS },
	{ "what is behind a list", behind_the_list, HOST_READS },
	{ "a page that was another's", stale_page, "a realm reads a secret" },
	{ "a block that was another's", stale_block,
	  "a realm reads a secret in its block" },
	{ "registers that were another's", stale_registers,
	  "SIMD register" },
	{ "a page that is not all written", stale_stack, HOST_READS },
};

const unsigned int leaks_count = sizeof(leaks) / sizeof(leaks[0]);

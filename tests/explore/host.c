/* SPDX-License-Identifier: BSD-3-Clause */
/* The host of a world; see host.h. */
#include "tests/explore/host.h"

#include <stdio.h>
#include <string.h>

#include "abi/psci.h"
#include "abi/rmi_layout.h"
#include "abi/rsi_smc.h"

void host_must(const char *name, uint32_t fid, const uint64_t args[6])
{
	char text[80];
	uint64_t x0 = fake_smc_array(fid, args);

	if (RMI_RETURN_STATUS(x0) == RMI_SUCCESS ||
	    RMI_RETURN_STATUS(x0) == RMI_INCOMPLETE)
		return;
	snprintf(text, sizeof(text), "no world: %s answers 0x%llx", name,
		 (unsigned long long)x0);
	sched_fail(text);
}

static void realm_params(unsigned int page, uint64_t root, unsigned int roots)
{
	struct realm_params *params = fake_view(N(page));

	params->s2sz = (uint8_t)(HOST_IPA_BITS + roots - 1);
	params->num_bps = 1;
	params->num_wps = 1;
	params->rtt_base = root;
	params->rtt_level_start = 1;
	params->rtt_num_start = roots;
}

void host_boot(void)
{
	must(RMM_CONFIG_SET, N(PAGE_CONFIG));
	must(RMM_ACTIVATE);
	realm_params(PAGE_REALM, G(1), 1);
	realm_params(PAGE_OTHER_REALM, G(13), 1);
	realm_params(PAGE_CROSS, G(0), 1);
	realm_params(PAGE_TWO_ROOTS, G(2), 2);
}

void host_list(unsigned int page, uint64_t pa)
{
	*(uint64_t *)fake_view(N(page)) = HOST_ONE(pa);
}

void host_rec_params(unsigned int index, enum host_does does, bool runnable)
{
	struct rec_params *params = fake_view(N(PAGE_REC));

	params->flags = runnable ? RMI_REC_PARAM_FLAG_RUNNABLE : 0;
	params->mpidr = index;
	params->pc = does;
	params->gprs[7] = index;
}

void host_rec(uint64_t rd, uint64_t rec, unsigned int index,
	      enum host_does does, bool runnable)
{
	uint64_t handle;

	host_rec_params(index, does, runnable);
	must(REC_CREATE, rd, rec, N(PAGE_REC));
	handle = fake_out[1];
	host_list(PAGE_LIST, rec + WORLD_PAGE);
	must(OP_MEM_DONATE, handle, N(PAGE_LIST), 1);
	must(OP_CONTINUE, handle);
}

/* ---- The PE ------------------------------------------------------------ */

/* x0 to x4 of the SMC that the PE makes; false if it makes none. */
static bool smc_of(struct pe *pe)
{
	const struct {
		uint64_t does;
		uint64_t x[5];
	} calls[] = {
		{ DOES_CPU_ON, { PSCI_64(PSCI_CPU_ON), !pe->x[7] } },
		{ DOES_AFFINITY_INFO,
		  { PSCI_64(PSCI_AFFINITY_INFO), !pe->x[7] } },
		{ DOES_SYSTEM_OFF, { PSCI_SYSTEM_OFF } },
		{ DOES_ASK_EMPTY,
		  { SMC_RSI_IPA_STATE_SET, 0, 0x4000, RMI_EMPTY } },
		{ DOES_HOST_CALL, { SMC_RSI_HOST_CALL, 0 } },
		{ DOES_CPU_OFF, { PSCI_CPU_OFF } },
		{ DOES_EXTEND, { SMC_RSI_MEASUREMENT_EXTEND, 1, 8, pe->x[7] } },
		{ DOES_CONFIG, { SMC_RSI_REALM_CONFIG, 0 } },
		{ DOES_STATE_GET, { SMC_RSI_IPA_STATE_GET, 0, 0x4000 } },
	};

	for (unsigned int i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (pe->pc == calls[i].does) {
			memcpy(pe->x, calls[i].x, sizeof(calls[i].x));
			return true;
		}
	}
	return false;
}

/* At the last level, whatever the tables are. */
static void abort_of(struct pe *pe, struct pe_exit *exit)
{
	*exit = (struct pe_exit){
		.kind = PE_EXIT_SYNC,
		.esr = (uint64_t)ESR_EC_DATA_ABORT_LOWER << 26 | ESR_IL |
		       FSC_TRANSLATION | FSC_LEVEL,
		.hpfar = IPA_TO_HPFAR(HOST_BLOCK),
	};
	pe->pc = DOES_NOTHING;
}

void host_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	void (*inside)(void) = world_inside;

	(void)simd;
	(void)regime;
	world_inside = NULL;
	if (inside)
		inside();
	pe->x[9]++;
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
	if (pe->pc == DOES_ABORT)
		abort_of(pe, exit);
	else if (smc_of(pe))
		*exit = (struct pe_exit){
			.kind = PE_EXIT_SYNC,
			.esr = (uint64_t)ESR_EC_SMC64 << 26 | ESR_IL,
		};
}

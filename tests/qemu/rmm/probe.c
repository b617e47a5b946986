/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The measurements of a realm, read and extended at Realm EL2 by the RMM's own
 * functions; a walk of its tables; Realm EL2's registers; EL3's granules. The
 * linker gives calls of rmm_handle_smc() to __wrap_rmm_handle_smc(). The test's
 * RD is one: nothing is checked here.
 */
#include "tests/qemu/rmm/probe.h"

#include <string.h>

#include "monitor/layout.h"
#include "platform/qemu/el1.h"
#include "platform/qemu/may_fault.h"
#include "platform/qemu/sysreg.h"
#include "rmm/measurement.h"
#include "rmm/platform.h"
#include "rmm/rmm.h"
#include "rmm/rtt.h"

#define READ_SIZE 32
#define FLIP_SIZE 4096
/* 39 bits by pages of 4 KiB, TTBR0_EL1 alone, IPAs of 40 bits */
#define TCR_39_BITS (25ull | 1ull << 23 | 2ull << 32)
#define SCTLR_M 1
#define SCRIBBLE 0xa5a5a5a5a5a5a5a5ull

void __real_rmm_handle_smc(uint64_t x[18]);
void __wrap_rmm_handle_smc(uint64_t x[18]);

static void read_measurement(struct rd *rd, uint64_t *x)
{
	const uint8_t *from = &rd->measurement[x[2]][x[3]];

	memcpy(&x[1], from, READ_SIZE);
	x[0] = RMI_SUCCESS;
}

static void extend(struct rd *rd, uint64_t *x)
{
	uint8_t counting[RSI_MEASUREMENT_SIZE];

	for (unsigned int i = 0; i < sizeof(counting); i++)
		counting[i] = (uint8_t)(i + 1);
	measurement_extend_rem(rd, (unsigned int)x[2], counting, x[3]);
	x[0] = RMI_SUCCESS;
}

/* Bits that do not change how this code runs: E2H 0, EL2 itself not trapped. */
static void scribble(uint64_t *x)
{
	write_sysreg(actlr_el2, SCRIBBLE);
	write_sysreg(hcr_el2, 0x80000039); /* RW AMO IMO FMO VM */
	write_sysreg(S3_4_C1_C2_2, SCRIBBLE); /* HCRX_EL2 */
	write_sysreg(mdcr_el2, 0xa00);
	write_sysreg(cptr_el2, 0x80000000 | 0x33ff);
	write_sysreg(hstr_el2, 0xa5a5);
	write_sysreg(S3_4_C2_C0_1, SCRIBBLE); /* TTBR1_EL2 */
	write_sysreg(vttbr_el2, 0xa000041000000);
	write_sysreg(vtcr_el2, 0x80023558);
	write_sysreg(mair_el2, 0xff04); /* Device-nGnRE, Normal */
	write_sysreg(amair_el2, SCRIBBLE);
	write_sysreg(elr_el2, SCRIBBLE);
	write_sysreg(spsr_el2, 0x3c4);
	write_sysreg(esr_el2, 0xa5a5a5a5);
	write_sysreg(far_el2, SCRIBBLE);
	write_sysreg(hpfar_el2, 0xa5a5a50);
	write_sysreg(afsr0_el2, SCRIBBLE);
	write_sysreg(afsr1_el2, SCRIBBLE);
	write_sysreg(S3_4_C13_C0_1, 0xa5a5a5a5); /* CONTEXTIDR_EL2 */
	write_sysreg(cnthctl_el2, 0);
	write_sysreg(cntvoff_el2, SCRIBBLE);
	write_sysreg(vpidr_el2, 0xa5a5a5a5);
	write_sysreg(vmpidr_el2, 0x8000a5a5);
	isb();
	x[0] = plat_cpu() < CPUS_MAX ? RMI_SUCCESS : RMI_ERROR_GLOBAL;
}

static void flip(uint64_t *x)
{
	uint64_t failed = 0;

	for (uint64_t i = 0; i < x[2]; i++) {
		failed += !plat_gpt_to_realm(x[1], FLIP_SIZE);
		failed += !plat_gpt_to_ns(x[1], FLIP_SIZE);
	}
	x[0] = RMI_SUCCESS;
	x[1] = failed;
}

static void realm_load(const struct rd *rd, const uint64_t sysreg[PE_SYSREGS])
{
	write_sysreg(hcr_el2, HCR_RW | HCR_VM);
	write_sysreg(vtcr_el2, rtt_vtcr(rd));
	write_sysreg(vttbr_el2, rtt_vttbr(rd));
	el1_load(sysreg);
	isb();
}

/* As between a realm's exit and the host's return, when its EL1 is loaded. */
static void translate(const struct rd *rd, uint64_t *x)
{
	uint64_t host[PE_SYSREGS], realm[PE_SYSREGS];
	uint64_t hcr = read_sysreg(hcr_el2);

	el1_save(host);
	memcpy(realm, host, sizeof(realm));
	realm[PE_TTBR0_EL1] = x[2];
	realm[PE_TCR_EL1] = TCR_39_BITS;
	realm[PE_SCTLR_EL1] |= SCTLR_M;
	realm_load(rd, realm);
	x[1] = translate_stage1(x[3]) ? read_sysreg(par_el1) : PROBE_NO_WALK;
	el1_load(host);
	write_sysreg(hcr_el2, hcr);
	isb();
	x[0] = RMI_SUCCESS;
}

void __wrap_rmm_handle_smc(uint64_t x[18])
{
	switch (x[0]) {
	case PROBE_READ:
		read_measurement(plat_realm_view(x[1]), x);
		break;
	case PROBE_EXTEND:
		extend(plat_realm_view(x[1]), x);
		break;
	case PROBE_SCRIBBLE:
		scribble(x);
		break;
	case PROBE_FLIP:
		flip(x);
		break;
	case PROBE_TRANSLATE:
		translate(plat_realm_view(x[1]), x);
		break;
	default:
		__real_rmm_handle_smc(x);
	}
}

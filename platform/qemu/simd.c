/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host's vector registers while a realm has them. Loading V registers
 * clears what lies above them in Z registers, so a host with SVE gets those
 * back as well. They have the length that the host has set in ZCR_EL2, which
 * nobody changes here; realms have no SVE.
 */
#include "platform/qemu/simd.h"

#include "abi/arm_arch.h"
#include "platform/qemu/image.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

/* Of 2048 bits: Z0 to Z31, P0 to P15, FFR. */
#define SVE_Z_BYTES 256
#define SVE_P_BYTES (SVE_Z_BYTES / 8)

struct host_simd {
	struct pe_simd simd;
	uint8_t z[32][SVE_Z_BYTES] __attribute__((aligned(16)));
	uint8_t p[17][SVE_P_BYTES];
};

_Static_assert(offsetof(struct pe_simd, fpcr) == 512, "simd_switch.S");
_Static_assert(offsetof(struct pe_simd, fpsr) == 520, "simd_switch.S");

static struct host_simd hosts[RMM_CPUS];

/* simd_switch.S: V registers, FPCR, FPSR. */
void simd_save(struct pe_simd *to);
void simd_load(const struct pe_simd *from);

/* simd_switch.S: @z and @p are filled without gaps. */
void sve_save(void *z, void *p);
void sve_load(const void *z, const void *p);

static bool has_sve(void)
{
	return FIELD_GET(ID_AA64PFR0_SVE, read_sysreg(id_aa64pfr0_el1)) != 0;
}

void simd_take(const struct pe_simd *rec)
{
	struct host_simd *host = &hosts[plat_cpu()];

	simd_save(&host->simd);
	if (has_sve())
		sve_save(host->z, host->p);
	simd_load(rec);
}

void simd_give_back(struct pe_simd *rec)
{
	const struct host_simd *host = &hosts[plat_cpu()];

	simd_save(rec);
	simd_load(&host->simd);
	if (has_sve())
		sve_load(host->z, host->p);
}

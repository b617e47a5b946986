/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The way down: what the RMM asks of the machine that it runs on. platform/sim
 * answers in one process, platform/qemu at Realm EL2. Physical addresses and
 * sizes are in bytes; ranges are half open and multiples of a granule.
 */
#ifndef RMM_PLATFORM_H
#define RMM_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rmm/pe.h"

/* What the machine can give to a realm; constant after rmm_init(). */
struct plat_features {
	unsigned int ipa_bits; /* largest IPA width */
	unsigned int pa_bits;
	unsigned int num_bps; /* breakpoints, at least 1 */
	unsigned int num_wps; /* watchpoints, at least 1 */
	unsigned int cpus;
	unsigned int lrs; /* list registers of each CPU, at most 16 */
	unsigned int granule_sizes; /* 1 << RMI_GRANULE_SIZE_* of stage 2 */
};

void plat_features(struct plat_features *features);

/* The @index-th range of RAM that may be delegated; false past the last. */
bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size);

/*
 * The RMM's own view of a physical address in RAM. Only for memory that is in
 * the Realm PAS: a granule whose state is not UNDELEGATED.
 */
void *plat_realm_view(uint64_t pa);

/*
 * Copies between RMM memory and Non-secure memory, within one granule of the
 * RMM's. False if [@pa, @pa + @size) is not Non-secure RAM (also: no longer,
 * because another CPU delegated it meanwhile). Then nothing has been written to
 * the destination, or a part; for ns_read(), anything.
 */
bool ns_read(void *dst, uint64_t pa, size_t size);
bool ns_write(uint64_t pa, const void *src, size_t size);

/*
 * Moves [@base, @base + @size) between the Non-secure and the Realm PAS. False
 * if EL3 refuses, and then nothing was moved.
 */
bool plat_gpt_to_realm(uint64_t base, uint64_t size);
bool plat_gpt_to_ns(uint64_t base, uint64_t size);

/* log2 of the memory that one entry of the level 0 GPT covers. */
unsigned int plat_l0gpt_shift(void);

/*
 * TLB maintenance by IPA and VMID, all CPUs, complete on return. Instruction
 * caches: @pa's granule got new contents that a realm may execute.
 */
void plat_tlbi_range(uint16_t vmid, uint64_t ipa, uint64_t size);
void plat_tlbi_vmid(uint16_t vmid);
void plat_icache_invalidate(uint64_t pa, uint64_t size);

/* The CPU that the caller runs on, below plat_features.cpus. */
unsigned int plat_cpu(void);

/* True if a physical interrupt waits for this CPU's host. */
bool plat_irq_pending(void);

/* Fills @buf with entropy; false if there is none. */
bool plat_random(void *buf, size_t size);

/*
 * Runs a realm's PE until something ends the run (rmm/pe.h). Called with no
 * lock held; blocks for as long as the realm runs. A timer of the PE whose
 * output goes high ends the run as an interrupt does, unless @regime masks it;
 * ISTATUS in the saved CNTx_CTL_EL0 is valid. The virtual CPU interface works
 * on the list registers of this CPU, under regime->ich_hcr_el2. Once a virtual
 * SError was taken, pe->serror is false.
 */
void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit);

/*
 * The virtual CPU interface of the CPU that the caller runs on (Arm IHI 0069):
 * the host owns it and leaves there what its REC is to see. @lr is below
 * plat_features.lrs.
 */
uint64_t plat_ich_lr(unsigned int lr);
uint64_t plat_ich_hcr(void);
void plat_ich_set_hcr(uint64_t hcr);

/* The machine's own value of an ID register (SYSREG() of abi/arm_arch.h). */
uint64_t plat_id_register(uint32_t encoding);

/* A step of a loop that waits for another CPU. */
void plat_relax(void);

/*
 * Nobody can go on: an invariant of the RMM is broken, or the hardware has
 * failed in a way that is not contained. Says so and stops the machine.
 */
_Noreturn void plat_panic(const char *file, int line, const char *what);

#define rmm_panic(what) plat_panic(__FILE__, __LINE__, what)
#define rmm_assert(cond) \
	do { \
		if (!(cond)) \
			rmm_panic(#cond); \
	} while (0)

#endif

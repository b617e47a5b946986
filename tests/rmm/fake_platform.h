/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A platform under the RMM that a test holds in its hand: two ranges of RAM, a
 * physical address space (PAS) for each granule, and a switch for everything
 * that a machine may refuse.
 *
 *	fake_reset();		a fresh machine, RMM state INIT
 *	fake_activate();	CONFIG_SET and ACTIVATE
 *	x0 = rmi(RTT_CREATE, rd, rtt, ipa, level);	then fake_out[1..4]
 *
 * To start with other features or RAM: fake_prepare(), change `fake`, and
 * fake_boot(). RAM costs nothing before it is touched.
 */
#ifndef TESTS_RMM_FAKE_PLATFORM_H
#define TESTS_RMM_FAKE_PLATFORM_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/rmi_table.h"
#include "abi/smccc.h"
#include "rmm/interrupt.h"
#include "rmm/platform.h"

#define FAKE_RANGES 2
#define FAKE_RAM0_BASE 0x80000000ull
#define FAKE_RAM0_SIZE 0x2000000ull
#define FAKE_RAM1_BASE 0x100000000ull
#define FAKE_RAM1_SIZE 0x400000ull
#define FAKE_PAGE 0x1000ull /* of the GPT */
#define FAKE_CPUS 4
#define FAKE_LRS 4

/* Of tests that know granules of 4 KiB only. */
#define GRANULE_SIZE 0x1000ull

/* Physical address space of a granule. */
enum fake_pas {
	FAKE_NS,
	FAKE_REALM,
	FAKE_SECURE, /* EL3 refuses to move it */
};

typedef void fake_pe_run(struct pe *pe, struct pe_simd *simd,
			 const struct pe_regime *regime, struct pe_exit *exit);

struct fake {
	struct plat_features features;
	struct fake_ram {
		uint64_t base;
		uint64_t size;
	} ram[FAKE_RANGES];
	unsigned int l0gpt_shift;
	uint8_t granule; /* RMI_GRANULE_SIZE_*, for fake_activate() */

	/* What fails. A countdown of N lets N - 1 pass; 0 is never. */
	unsigned int gpt_refuse; /* countdown of plat_gpt_*() calls */
	bool ns_read_fails;
	bool ns_write_fails;
	unsigned int ns_read_countdown;
	unsigned int ns_write_countdown;
	uint64_t ns_fault_pa; /* accesses to this granule fail; 0 is none */
	bool random_fails;
	uint8_t random_last; /* byte that plat_random() gave */

	bool irq_pending;
	unsigned int irq_countdown; /* pending from the Nth look on */
	fake_pe_run *pe_run; /* a run without one fails the test */
	void (*on_tlbi)(void); /* called by each plat_tlbi_range() */
	void (*on_relax)(void); /* plat_relax(); NULL: another thread's turn */
	uint64_t (*id_register)(uint32_t encoding); /* NULL: all are 0 */

	/* The virtual CPU interface of each CPU. */
	struct fake_ich {
		uint64_t lr[FAKE_LRS];
		uint64_t hcr;
	} ich[FAKE_CPUS];

	/* What happened. */
	unsigned int gpt_calls;
	unsigned int tlbi_ranges;
	uint16_t tlbi_vmid; /* of the last plat_tlbi_range() */
	uint64_t tlbi_ipa;
	uint64_t tlbi_size;
	unsigned int tlbi_vmids; /* calls of plat_tlbi_vmid() */
	unsigned int icache_calls;
	uint64_t icache_bytes;
	unsigned int irq_looks;

	/* Where the helpers below take granules from. */
	uint64_t next_granule; /* upwards from the start of range 0 */
	uint64_t next_ns_page; /* downwards from its end */
};

extern struct fake fake;

/* CPU of this thread, 0 unless it says otherwise. */
extern _Thread_local unsigned int fake_cpu;

/* x0 to x17 after this thread's last fake_smc(). */
extern _Thread_local uint64_t fake_out[18];

/* Defaults; and cold boot; cold boot alone; INIT to ACTIVE. */
void fake_prepare(void);
void fake_reset(void);
void fake_boot(void);
void fake_activate(void);

/* An SMC of the host: returns x0; x7 to x17 go in as a pattern. */
uint64_t fake_smc(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		  uint64_t x4, uint64_t x5, uint64_t x6);

/* The same for one command: rmi(NAME, x1, ...), missing ones are 0. */
#define rmi(NAME, ...) fake_smc_array(SMC_RMI_##NAME, \
				      (const uint64_t[6]){ __VA_ARGS__ })
uint64_t fake_smc_array(uint64_t fid, const uint64_t args[6]);

/* Granules of a range that a command does between two looks for interrupts. */
#ifdef RMM_DEBUG
#define FAKE_STRIDE 1
#else
#define FAKE_STRIDE interrupt_granules()
#endif

/* Result words, as tests compare them. */
#define RET(status) RMI_RETURN(RMI_##status, 0)
#define RET_RTT(level) RMI_RETURN(RMI_ERROR_RTT, level)

/* The contents of @pa, whatever its PAS; NULL if it is no RAM. */
void *fake_view(uint64_t pa);
enum fake_pas fake_pas(uint64_t pa);
void fake_set_pas(uint64_t pa, enum fake_pas pas);

/* A zeroed Non-secure granule that no other helper uses. */
uint64_t fake_ns_page(void);

/*
 * @n contiguous fresh granules, aligned to their sum if @n is a power of two:
 * Non-secure, or delegated by GRANULE_RANGE_DELEGATE. Fails the test if there
 * are none.
 */
uint64_t fake_granules(unsigned int n);
uint64_t fake_delegate(unsigned int n);

/*
 * True if @statement ends in plat_panic(); its text is in fake_panic_text. The
 * RMM is not usable before the next fake_reset(). Any other panic fails the
 * test.
 */
#define FAKE_PANICS(statement) \
	(setjmp(fake_panic_env) ? true : \
	 (fake_panic_expected = true, (void)(statement), \
	  fake_panic_expected = false, false))
extern jmp_buf fake_panic_env;
extern bool fake_panic_expected;
extern const char *fake_panic_text;

#endif

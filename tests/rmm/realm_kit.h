/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms and RECs made by the host's own commands, and a PE that does what a
 * test wrote down: for tests of what a realm is, says and suffers.
 *
 *	kit_start();			a machine, RMM active, one ACTIVE realm
 *	kit_pe_smc(fid, x1, ...);	what the PE does in its first run
 *	kit_pe_exit(...);		and in its second
 *	x0 = kit_enter(flags);		RMI_REC_ENTER; then kit_exit(), kit_pe
 *
 * A run that was not written down ends with an IRQ.
 */
#ifndef TESTS_RMM_REALM_KIT_H
#define TESTS_RMM_REALM_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "abi/rsi_smc.h"
#include "fake_platform.h"
#include "rmm/granule.h"
#include "rmm/realm.h"
#include "rmm/rec.h"
#include "rmm/rmm.h"

#define KIT_IPA_BITS 33
#define KIT_UNPROTECTED (1ull << (KIT_IPA_BITS - 1))
#define KIT_CODE 0x40000000ull /* a DATA granule of the realm */
#define KIT_VOID_RAM 0x40001000ull /* RIPAS RAM, nothing mapped */
#define KIT_EMPTY 0x40200000ull /* RIPAS EMPTY, nothing mapped */
#define KIT_VECTORS 0x40000800ull

/* The realm and the REC of kit_start(). */
extern struct kit {
	uint64_t rd;
	uint64_t root;
	uint64_t rec;
	uint64_t run; /* run page */
	uint64_t data; /* PA of KIT_CODE */
} kit;

/* One realm in REALM_NEW: kit.rd, kit.root; tables and data at KIT_CODE. */
void kit_start_new(void);

/* That, with one runnable REC, kit.rec, and ACTIVE. */
void kit_start(void);

/* A page of parameters that REALM_CREATE or REC_CREATE accepts. */
uint64_t kit_realm_params(uint64_t root);
uint64_t kit_rec_params(uint64_t mpidr, uint64_t flags);

/* The whole of REC_CREATE and of REC_DESTROY; x0 at the end. */
uint64_t kit_rec_create(uint64_t rd, uint64_t rec, uint64_t params);
uint64_t kit_rec_destroy(uint64_t rec);

/* Unmaps and destroys all that kit_start_new() made, RECs apart. */
void kit_end(void);

/* Contents, whatever the state. */
struct rd *kit_rd(void);
struct rec *kit_rec(void);
enum granule_state kit_state(uint64_t pa);

/* Maps a fresh granule at @ipa, below a table of level 3; its PA. */
uint64_t kit_map(uint64_t ipa);

/* Changes the RIPAS of the entry that translates @ipa, by hand. */
void kit_set_ripas(uint64_t ipa, enum rmi_ripas ripas);

/* How the world was: nothing but a test's own pages may differ. */
struct kit_world {
	uint64_t counts[GRANULE_STATES];
	uint8_t rd[GRANULE_SIZE];
	uint8_t rec[GRANULE_SIZE];
};
void kit_remember(struct kit_world *world);
void kit_assert_same(const struct kit_world *world);

#define KIT_RUNS 8

/* What the PE found in each run, and what it will do. */
extern struct kit_pe {
	unsigned int runs;
	struct pe found[KIT_RUNS];
	struct pe_regime regime; /* of the last run */

	unsigned int written; /* runs written down */
	struct kit_run {
		struct pe_exit exit;
		unsigned int args; /* x0 up to this are set before */
		uint64_t x[11];
		void (*hook)(struct pe *pe);
	} run[KIT_RUNS];
} kit_pe;

/* Writes the next run down: an exit, or an SMC with x0, x1, ... */
struct kit_run *kit_pe_exit(enum pe_exit_kind kind, uint64_t esr, uint64_t far,
			    uint64_t ipa);
#define kit_pe_smc(...) \
	kit_pe_smc_array((const uint64_t[]){ __VA_ARGS__ }, \
			 sizeof((const uint64_t[]){ __VA_ARGS__ }) / 8)
struct kit_run *kit_pe_smc_array(const uint64_t *x, unsigned int count);

/* ESR_EL2 of an exception class. */
#define KIT_ESR(ec, iss) (((uint64_t)(ec) << 26) | ESR_IL | (iss))

/* REC_ENTER of kit.rec; what the host said and heard. */
uint64_t kit_enter(uint64_t flags);
struct rec_enter *kit_said(void);
const struct rec_exit *kit_exit(void);

/* Fails unless every byte of the exit half is as in @want. */
void kit_assert_exit(const struct rec_exit *want);

/* An aligned address where there is no RAM. */
#define KIT_NO_RAM 0x10000000ull

#endif

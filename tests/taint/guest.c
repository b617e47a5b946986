/* SPDX-License-Identifier: BSD-3-Clause */
/* The scripted PE; see guest.h. */
#include "tests/taint/guest.h"

#include <stddef.h>
#include <string.h>

#include "tests/taint/secret.h"
#include "tests/taint/watch.h"

#define PUBLIC_WORD 0x00c0ffee0badcafeull

struct guest_script guest_script;

static void fill(struct pe *pe, struct pe_simd *simd)
{
	secret_fill(pe->x, sizeof(pe->x), 1);
	secret_fill(pe->sysreg, sizeof(pe->sysreg), 100);
	secret_fill(simd, sizeof(*simd), 200);
	pe->pc = secret(300) & ~3ull;
	pe->pstate = PSTATE_EL1H | (secret(301) & PSTATE_NZCV);
	pe->vsesr_el2 = secret(302);
	pe->vdisr_el2 = secret(303);
	pe->serror = false;
	/* A REC that is turned on gets it, and so do timers' exits. */
	pe->sysreg[PE_SCTLR_EL1] &= ~SCTLR_EE;
	pe->sysreg[PE_CNTP_CTL_EL0] = CNT_CTL_ENABLE;
	pe->sysreg[PE_CNTP_CVAL_EL0] = PUBLIC_WORD;
	pe->sysreg[PE_CNTV_CTL_EL0] = 0;
	pe->sysreg[PE_CNTV_CVAL_EL0] = PUBLIC_WORD + 1;
}

/* The register's low @bits are for the host; above, and which, are not. */
static uint64_t show_register(struct pe *pe, const struct guest_end *end)
{
	uint64_t number = guest_script.public ? 5 : secret_choice(5, 26);
	uint64_t shown = end->reg_bits == 64 ? ~0ull :
					       (1ull << end->reg_bits) - 1;

	pe->x[number] = (PUBLIC_WORD & shown) | (pe->x[number] & ~shown);
	return number << end->reg_shift;
}

/* What stands where the script says nothing. */
static uint64_t hidden(uint64_t name)
{
	return guest_script.public ? 0 : secret(name);
}

static void end_run(struct pe *pe, const struct guest_end *end,
		    struct pe_exit *exit)
{
	uint64_t esr = end->esr;

	if (end->esr_choice && !guest_script.public)
		esr = secret_choice(esr, end->esr_choice);
	exit->kind = end->kind;
	exit->esr = (esr & end->fixed) | (hidden(400) & ~end->fixed);
	exit->far = hidden(401);
	exit->hpfar = hidden(402);
	if (end->offset_shown)
		exit->far = (exit->far & ~0xfffull) | 0x678;
	if (end->has_ipa)
		exit->hpfar = (exit->hpfar & ~HPFAR_FIPA) |
			      IPA_TO_HPFAR(end->ipa);
	if (end->reg_shift) {
		exit->esr &= ~(31ull << end->reg_shift);
		exit->esr |= show_register(pe, end);
	}
	memcpy(pe->x, end->x, end->args * sizeof(pe->x[0]));
	if (end->prepare)
		end->prepare(pe);
}

/*
 * A REC that never ran has nothing of another's; its realm may have told it
 * where to start, and with what in x0.
 */
static void find_fresh(const struct pe *pe, const struct pe_simd *simd)
{
	watch_see("a REC starts with a secret in a system register, at", 0,
		  pe->sysreg, sizeof(pe->sysreg));
	watch_see("a REC starts with a secret in a SIMD register, at", 0, simd,
		  sizeof(*simd));
	watch_see("a REC starts with a secret in a register, at", 1, &pe->x[1],
		  sizeof(pe->x) - sizeof(pe->x[0]));
}

/* A realm without secrets sees none, wherever it looks. */
static void find(const struct pe *pe, const struct pe_simd *simd)
{
	watch_see("a realm finds a secret in its registers, at", 0, pe,
		  sizeof(*pe));
	watch_see("a realm finds a secret in its SIMD registers, at", 0, simd,
		  sizeof(*simd));
	guest_script.look();
}

void guest_run(struct pe *pe, struct pe_simd *simd,
	       const struct pe_regime *regime, struct pe_exit *exit)
{
	static const struct guest_end interrupt = { .kind = PE_EXIT_IRQ };
	const struct guest_end *end = guest_script.end;

	(void)regime;
	if (guest_script.fresh)
		find_fresh(pe, simd);
	if (guest_script.public)
		find(pe, simd);
	else
		fill(pe, simd);
	guest_script.fresh = false;
	guest_script.end = NULL;
	end_run(pe, end ? end : &interrupt, exit);
}

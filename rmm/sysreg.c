/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Trapped system registers: ID registers, and MDSCR_EL1, which belongs to the
 * REC although MDCR_EL2.TDA traps it together with the debug registers that do
 * not. Everything else is absent from a realm, so it is Undefined.
 */
#include "rmm/sysreg.h"

#include "rmm/idreg.h"
#include "rmm/inject.h"
#include "rmm/reg.h"

#define MDSCR_EL1 SYSREG(2, 0, 0, 2, 2)

static void mdscr(struct pe *pe, unsigned int rt, bool read)
{
	if (read)
		reg_write(pe, rt, pe->sysreg[PE_MDSCR_EL1]);
	else
		pe->sysreg[PE_MDSCR_EL1] = reg_read(pe, rt);
	reg_next_insn(pe);
}

void sysreg_emulate(struct rec *rec, uint64_t esr)
{
	uint32_t encoding = (uint32_t)(esr & ESR_SYSREG_ENCODING);
	unsigned int rt = (unsigned int)FIELD_GET(ESR_SYSREG_RT, esr);
	bool read = esr & ESR_SYSREG_READ;

	if (encoding == MDSCR_EL1) {
		mdscr(&rec->pe, rt, read);
	} else if (read && idreg_is(encoding)) {
		reg_write(&rec->pe, rt, idreg_read(rec, encoding));
		reg_next_insn(&rec->pe);
	} else {
		inject_undef(&rec->pe);
	}
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Trapped system registers: ID registers; debug registers, which the REC has;
 * and what the GIC does not do by itself, which is the host's. Everything else
 * is absent from a realm, so it is Undefined.
 */
#include "rmm/sysreg.h"

#include "abi/rmi_smc.h"
#include "rmm/debug_regs.h"
#include "rmm/idreg.h"
#include "rmm/inject.h"
#include "rmm/reg.h"

#define ICC_PMR_EL1 SYSREG(3, 0, 4, 6, 0)

/* The CPU interface of GICv3: ICC_PMR_EL1, and S3_0_C12_C8 to S3_0_C12_C12. */
static bool is_gic(uint32_t encoding)
{
	return encoding == ICC_PMR_EL1 ||
	       (SYSREG_OP0(encoding) == 3 && SYSREG_OP1(encoding) == 0 &&
		SYSREG_CRN(encoding) == 12 && SYSREG_CRM(encoding) >= 8 &&
		SYSREG_CRM(encoding) <= 12);
}

/* Which register of the PE the value is in, or is to go to, stays hidden. */
static bool ask_host(struct rec *rec, uint64_t esr, struct rec_exit *exit)
{
	unsigned int rt = (unsigned int)FIELD_GET(ESR_SYSREG_RT, esr);

	exit->exit_reason = RMI_EXIT_SYNC;
	exit->esr = esr & ~ESR_SYSREG_RT;
	if (esr & ESR_SYSREG_READ) {
		rec->pending = REC_PENDING_SYSREG;
		rec->sysreg_rt = rt;
	} else {
		exit->gprs[0] = reg_read(&rec->pe, rt);
	}
	reg_next_insn(&rec->pe);
	return true;
}

void sysreg_complete(struct rec *rec, uint64_t value)
{
	reg_write(&rec->pe, rec->sysreg_rt, value);
	rec->pending = REC_PENDING_NONE;
}

bool sysreg_handle(struct rec *rec, uint64_t esr, struct rec_exit *exit)
{
	uint32_t encoding = (uint32_t)(esr & ESR_SYSREG_ENCODING);
	unsigned int rt = (unsigned int)FIELD_GET(ESR_SYSREG_RT, esr);
	bool read = esr & ESR_SYSREG_READ;

	if (is_gic(encoding))
		return ask_host(rec, esr, exit);
	if (debug_regs_access(rec, encoding, rt, read)) {
		reg_next_insn(&rec->pe);
	} else if (read && idreg_is(encoding)) {
		reg_write(&rec->pe, rt, idreg_read(rec, encoding));
		reg_next_insn(&rec->pe);
	} else {
		inject_undef(&rec->pe);
	}
	return false;
}

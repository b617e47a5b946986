/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Debug registers as memory (Arm DDI 0487, chapter "Debug registers").
 */
#include "rmm/debug_regs.h"

#include <string.h>

#include "rmm/rec.h"
#include "rmm/reg.h"

/* S2_0_C0_Cn_4 to S2_0_C0_Cn_7: the kinds, in their order. */
#define FIRST_OP2 4

#define MDSCR_EL1 SYSREG(2, 0, 0, 2, 2)
#define OSLAR_EL1 SYSREG(2, 0, 1, 0, 4)
#define OSLSR_EL1 SYSREG(2, 0, 1, 1, 4)
#define OSDLR_EL1 SYSREG(2, 0, 1, 3, 4)

#define OSLAR_LOCK BIT_ULL(0)
#define OSLSR_IMPLEMENTED BIT_ULL(3)
#define OSLSR_LOCKED BIT_ULL(1)

void debug_regs_reset(struct debug_regs *regs)
{
	memset(regs, 0, sizeof(*regs));
	regs->os_lock = true;
}

static unsigned int count_of(const struct rec *rec, enum debug_kind kind)
{
	bool breakpoint = kind == DEBUG_BVR || kind == DEBUG_BCR;

	return 1 + (breakpoint ? rec->num_bps : rec->num_wps);
}

/* The register that holds the value; NULL if it is none of these. */
static uint64_t *value_of(struct rec *rec, uint32_t encoding)
{
	unsigned int kind = SYSREG_OP2(encoding) - FIRST_OP2;
	unsigned int n = SYSREG_CRM(encoding);

	if (encoding == MDSCR_EL1)
		return &rec->pe.sysreg[PE_MDSCR_EL1];
	if (SYSREG_OP0(encoding) != 2 || SYSREG_OP1(encoding) != 0 ||
	    SYSREG_CRN(encoding) != 0 || kind >= DEBUG_KINDS ||
	    n >= count_of(rec, kind))
		return NULL;
	return &rec->debug.value[kind][n];
}

/* The OS lock; there is no double lock, whose register ignores all writes. */
static bool os_lock(struct rec *rec, uint32_t encoding, unsigned int rt,
		    bool read)
{
	if (encoding == OSLAR_EL1 && !read)
		rec->debug.os_lock = reg_read(&rec->pe, rt) & OSLAR_LOCK;
	else if (encoding == OSLSR_EL1 && read)
		reg_write(&rec->pe, rt, OSLSR_IMPLEMENTED |
			  (rec->debug.os_lock ? OSLSR_LOCKED : 0));
	else if (encoding == OSDLR_EL1 && read)
		reg_write(&rec->pe, rt, 0);
	else if (encoding != OSDLR_EL1)
		return false;
	return true;
}

bool debug_regs_access(struct rec *rec, uint32_t encoding, unsigned int rt,
		       bool read)
{
	uint64_t *value = value_of(rec, encoding);

	if (!value)
		return os_lock(rec, encoding, rt, read);
	if (read)
		reg_write(&rec->pe, rt, *value);
	else
		*value = reg_read(&rec->pe, rt);
	return true;
}

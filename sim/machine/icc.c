/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm's registers of the virtual CPU interface. Priorities: 0 is the
 * highest; an interrupt preempts by its group priority, which is its priority
 * without the bits that the binary point of its group cuts off.
 */
#include "sim/machine/icc.h"

#include "abi/gic.h"
#include "sim/machine/ich.h"

#define ICC_PMR SYSREG(3, 0, 4, 6, 0)
#define ICC_IAR0 SYSREG(3, 0, 12, 8, 0)
#define ICC_EOIR0 SYSREG(3, 0, 12, 8, 1)
#define ICC_HPPIR0 SYSREG(3, 0, 12, 8, 2)
#define ICC_BPR0 SYSREG(3, 0, 12, 8, 3)
#define ICC_AP0R0 SYSREG(3, 0, 12, 8, 4)
#define ICC_AP1R0 SYSREG(3, 0, 12, 9, 0)
#define ICC_DIR SYSREG(3, 0, 12, 11, 1)
#define ICC_RPR SYSREG(3, 0, 12, 11, 3)
#define ICC_SGI1R SYSREG(3, 0, 12, 11, 5)
#define ICC_ASGI1R SYSREG(3, 0, 12, 11, 6)
#define ICC_SGI0R SYSREG(3, 0, 12, 11, 7)
#define ICC_IAR1 SYSREG(3, 0, 12, 12, 0)
#define ICC_EOIR1 SYSREG(3, 0, 12, 12, 1)
#define ICC_HPPIR1 SYSREG(3, 0, 12, 12, 2)
#define ICC_BPR1 SYSREG(3, 0, 12, 12, 3)
#define ICC_CTLR SYSREG(3, 0, 12, 12, 4)
#define ICC_SRE SYSREG(3, 0, 12, 12, 5)
#define ICC_IGRPEN0 SYSREG(3, 0, 12, 12, 6)
#define ICC_IGRPEN1 SYSREG(3, 0, 12, 12, 7)

#define CTLR_CBPR BIT_ULL(0)
#define CTLR_EOIMODE BIT_ULL(1)
#define CTLR_PRIBITS FIELD_PREP(GENMASK_ULL(10, 8), 4) /* 5 bits */
#define CTLR_A3V BIT_ULL(15)
#define SRE_FIXED 7 /* no other interface than this one */

#define INTID_MASK 0xffffffu
#define INTID_NONE 1023u
#define INTID_SPECIAL 1020u /* to 1023 */
#define INTID_LPI 8192u
#define IDLE_PRIORITY 0xffu
#define BPR_MAX 7u

enum group { GROUP0, GROUP1 };

bool icc_is(uint32_t encoding)
{
	if (encoding == ICC_PMR)
		return true;
	return SYSREG_OP0(encoding) == 3 && SYSREG_OP1(encoding) == 0 &&
	       SYSREG_CRN(encoding) == 12 && SYSREG_CRM(encoding) >= 8 &&
	       SYSREG_CRM(encoding) <= 12;
}

/* ---- List registers and priorities --------------------------------------- */

static enum group lr_group(uint64_t lr)
{
	return lr & ICH_LR_GROUP1 ? GROUP1 : GROUP0;
}

static unsigned int lr_priority(uint64_t lr)
{
	return (unsigned int)FIELD_GET(ICH_LR_PRIORITY, lr);
}

static bool enabled(const struct ich *ich, enum group group)
{
	return ich->vmcr & (group == GROUP1 ? ICH_VMCR_VENG1 : ICH_VMCR_VENG0);
}

static unsigned int bpr(const struct ich *ich, enum group group)
{
	unsigned int bpr0 = (unsigned int)FIELD_GET(ICH_VMCR_VBPR0, ich->vmcr);

	if (group == GROUP0)
		return bpr0;
	if (ich->vmcr & ICH_VMCR_VCBPR)
		return bpr0 < BPR_MAX ? bpr0 + 1 : BPR_MAX;
	return (unsigned int)FIELD_GET(ICH_VMCR_VBPR1, ich->vmcr);
}

/* Group 1's binary point is one higher for the same cut. */
static unsigned int group_priority(const struct ich *ich, enum group group,
				   unsigned int priority)
{
	unsigned int cut = bpr(ich, group) + (group == GROUP0);

	if (group == GROUP1 && (ich->vmcr & ICH_VMCR_VCBPR))
		cut = bpr(ich, GROUP0) + 1;
	return priority & (0xffu << cut) & ICH_PRIORITY_MASK;
}

/* The list register with the highest pending interrupt, or NULL. */
static uint64_t *highest_pending(struct ich *ich)
{
	uint64_t *highest = NULL;

	for (unsigned int n = 0; n < ICH_LRS; n++) {
		uint64_t *lr = &ich->lr[n];

		if ((*lr & ICH_LR_STATE) != ICH_LR_PENDING ||
		    !enabled(ich, lr_group(*lr)))
			continue;
		if (!highest || lr_priority(*lr) < lr_priority(*highest))
			highest = lr;
	}
	return highest;
}

static uint64_t *find_active(struct ich *ich, uint64_t intid)
{
	for (unsigned int n = 0; n < ICH_LRS; n++) {
		if ((ich->lr[n] & ICH_LR_ACTIVE) &&
		    FIELD_GET(ICH_LR_VINTID, ich->lr[n]) == intid)
			return &ich->lr[n];
	}
	return NULL;
}

/* The group priority of what is being handled, or IDLE_PRIORITY. */
static unsigned int running_priority(const struct ich *ich)
{
	uint64_t active = ich->apr[GROUP0] | ich->apr[GROUP1];

	if (!active)
		return IDLE_PRIORITY;
	return (unsigned int)__builtin_ctzll(active) << ICH_PRIORITY_SHIFT;
}

/* highest_pending() if it gets past mask and running priority, else NULL. */
static uint64_t *deliverable(struct ich *ich)
{
	uint64_t *lr = highest_pending(ich);
	unsigned int priority;

	if (!(ich->hcr & ICH_HCR_EN) || !lr)
		return NULL;
	priority = lr_priority(*lr);
	if (priority >= FIELD_GET(ICH_VMCR_VPMR, ich->vmcr) ||
	    group_priority(ich, lr_group(*lr), priority) >=
	    running_priority(ich))
		return NULL;
	return lr;
}

enum icc_signal icc_signal(unsigned int cpu)
{
	const uint64_t *lr = deliverable(ich_of(cpu));

	if (!lr)
		return ICC_NOTHING;
	return lr_group(*lr) == GROUP1 ? ICC_IRQ : ICC_FIQ;
}

/* ---- Acknowledge and end ------------------------------------------------- */

static uint64_t acknowledge(struct ich *ich, enum group group)
{
	uint64_t *lr = deliverable(ich);
	unsigned int priority;

	if (!lr || lr_group(*lr) != group)
		return INTID_NONE;
	priority = group_priority(ich, group, lr_priority(*lr));
	ich->apr[group] |= BIT_ULL(priority >> ICH_PRIORITY_SHIFT);
	*lr = (*lr & ~ICH_LR_STATE) | ICH_LR_ACTIVE;
	return FIELD_GET(ICH_LR_VINTID, *lr);
}

static uint64_t highest_intid(struct ich *ich, enum group group)
{
	const uint64_t *lr = highest_pending(ich);

	if (!lr || lr_group(*lr) != group)
		return INTID_NONE;
	return FIELD_GET(ICH_LR_VINTID, *lr);
}

/* The end of an interrupt that no list register has. */
static void count_eoi(struct ich *ich, uint64_t intid)
{
	uint64_t count = FIELD_GET(ICH_HCR_EOICOUNT, ich->hcr) + 1;

	if (intid >= INTID_LPI)
		return;
	ich->hcr = (ich->hcr & ~ICH_HCR_EOICOUNT) |
		   FIELD_PREP(ICH_HCR_EOICOUNT, count);
}

static void deactivate(struct ich *ich, uint64_t intid)
{
	uint64_t *lr = find_active(ich, intid);

	if (lr)
		*lr &= ~ICH_LR_ACTIVE;
	else
		count_eoi(ich, intid);
}

/* The priority drop of the group's highest active priority. */
static bool drop(struct ich *ich, enum group group)
{
	uint64_t other = ich->apr[!group];
	uint64_t *apr = &ich->apr[group];

	if (!*apr || (other && __builtin_ctzll(other) < __builtin_ctzll(*apr)))
		return false;
	*apr &= *apr - 1;
	return true;
}

/* Out of order, or of the other group: changes nothing. */
static void end(struct ich *ich, enum group group, uint64_t value)
{
	uint64_t intid = value & INTID_MASK;
	unsigned int priority = running_priority(ich);
	const uint64_t *lr = find_active(ich, intid);

	if (intid >= INTID_SPECIAL && intid <= INTID_NONE)
		return;
	if (!drop(ich, group) || (ich->vmcr & ICH_VMCR_VEOIM))
		return;
	if (lr && (lr_group(*lr) != group ||
		   group_priority(ich, group, lr_priority(*lr)) != priority))
		return;
	deactivate(ich, intid);
}

static void deactivate_only(struct ich *ich, uint64_t value)
{
	uint64_t intid = value & INTID_MASK;

	if ((ich->vmcr & ICH_VMCR_VEOIM) &&
	    (intid < INTID_SPECIAL || intid > INTID_NONE))
		deactivate(ich, intid);
}

/* ---- Controls ------------------------------------------------------------ */

static void set_vmcr(struct ich *ich, uint64_t field, uint64_t value)
{
	value = value << __builtin_ctzll(field) & field;
	ich->vmcr = ich_vmcr((ich->vmcr & ~field) | value);
}

static void set_bpr1(struct ich *ich, uint64_t value)
{
	if (!(ich->vmcr & ICH_VMCR_VCBPR))
		set_vmcr(ich, ICH_VMCR_VBPR1, value);
}

static uint64_t ctlr(const struct ich *ich)
{
	uint64_t value = CTLR_PRIBITS | CTLR_A3V;

	if (ich->vmcr & ICH_VMCR_VCBPR)
		value |= CTLR_CBPR;
	if (ich->vmcr & ICH_VMCR_VEOIM)
		value |= CTLR_EOIMODE;
	return value;
}

static void set_ctlr(struct ich *ich, uint64_t value)
{
	set_vmcr(ich, ICH_VMCR_VCBPR, !!(value & CTLR_CBPR));
	set_vmcr(ich, ICH_VMCR_VEOIM, !!(value & CTLR_EOIMODE));
}

enum icc_result icc_read(unsigned int cpu, uint32_t encoding, uint64_t *value)
{
	struct ich *ich = ich_of(cpu);

	switch (encoding) {
	case ICC_PMR:
		*value = FIELD_GET(ICH_VMCR_VPMR, ich->vmcr);
		return ICC_DONE;
	case ICC_IAR0:
		*value = acknowledge(ich, GROUP0);
		return ICC_DONE;
	case ICC_IAR1:
		*value = acknowledge(ich, GROUP1);
		return ICC_DONE;
	case ICC_HPPIR0:
		*value = highest_intid(ich, GROUP0);
		return ICC_DONE;
	case ICC_HPPIR1:
		*value = highest_intid(ich, GROUP1);
		return ICC_DONE;
	case ICC_BPR0:
		*value = bpr(ich, GROUP0);
		return ICC_DONE;
	case ICC_BPR1:
		*value = bpr(ich, GROUP1);
		return ICC_DONE;
	case ICC_AP0R0:
		*value = ich->apr[GROUP0];
		return ICC_DONE;
	case ICC_AP1R0:
		*value = ich->apr[GROUP1];
		return ICC_DONE;
	case ICC_RPR:
		*value = running_priority(ich);
		return ICC_DONE;
	case ICC_CTLR:
		*value = ctlr(ich);
		return ICC_DONE;
	case ICC_SRE:
		*value = SRE_FIXED;
		return ICC_DONE;
	case ICC_IGRPEN0:
		*value = enabled(ich, GROUP0);
		return ICC_DONE;
	case ICC_IGRPEN1:
		*value = enabled(ich, GROUP1);
		return ICC_DONE;
	}
	return ICC_UNDEF;
}

enum icc_result icc_write(unsigned int cpu, uint32_t encoding, uint64_t value)
{
	struct ich *ich = ich_of(cpu);

	switch (encoding) {
	case ICC_PMR:
		set_vmcr(ich, ICH_VMCR_VPMR, value);
		return ICC_DONE;
	case ICC_EOIR0:
		end(ich, GROUP0, value);
		return ICC_DONE;
	case ICC_EOIR1:
		end(ich, GROUP1, value);
		return ICC_DONE;
	case ICC_DIR:
		if (ich->hcr & ICH_HCR_TDIR)
			return ICC_TRAP;
		deactivate_only(ich, value);
		return ICC_DONE;
	case ICC_SGI0R:
	case ICC_SGI1R:
	case ICC_ASGI1R:
		return ICC_TRAP;
	case ICC_BPR0:
		set_vmcr(ich, ICH_VMCR_VBPR0, value);
		return ICC_DONE;
	case ICC_BPR1:
		set_bpr1(ich, value);
		return ICC_DONE;
	case ICC_AP0R0:
		return ich_write(cpu, ICH_AP0R0_EL2, value) ? ICC_DONE :
							      ICC_UNDEF;
	case ICC_AP1R0:
		return ich_write(cpu, ICH_AP1R0_EL2, value) ? ICC_DONE :
							      ICC_UNDEF;
	case ICC_CTLR:
		set_ctlr(ich, value);
		return ICC_DONE;
	case ICC_SRE:
		return ICC_DONE;
	case ICC_IGRPEN0:
		set_vmcr(ich, ICH_VMCR_VENG0, value);
		return ICC_DONE;
	case ICC_IGRPEN1:
		set_vmcr(ich, ICH_VMCR_VENG1, value);
		return ICC_DONE;
	}
	return ICC_UNDEF;
}

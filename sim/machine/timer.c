/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The timers of a REC.
 */
#include "sim/machine/timer.h"

#include <stddef.h>

#include "sim/machine/counter.h"

/* CNTKCTL_EL1: what EL0 may use */
#define EL0PCTEN BIT_ULL(0)
#define EL0VCTEN BIT_ULL(1)
#define EL0VTEN BIT_ULL(8)
#define EL0PTEN BIT_ULL(9)

#define CTL_WRITABLE (CNT_CTL_ENABLE | CNT_CTL_IMASK)

/* Who may use which register; a bit of 0 is no condition. */
static const struct access {
	uint32_t encoding;
	uint64_t el0; /* any of these in CNTKCTL_EL1 */
	uint64_t el2; /* CNTHCTL_EL2, with E2H */
} accesses[] = {
	{ CNTFRQ_EL0, EL0PCTEN | EL0VCTEN, 0 },
	{ CNTPCT_EL0, EL0PCTEN, CNTHCTL_EL1PCTEN },
	{ CNTVCT_EL0, EL0VCTEN, 0 },
	{ CNTP_TVAL_EL0, EL0PTEN, CNTHCTL_EL1PTEN },
	{ CNTP_CTL_EL0, EL0PTEN, CNTHCTL_EL1PTEN },
	{ CNTP_CVAL_EL0, EL0PTEN, CNTHCTL_EL1PTEN },
	{ CNTV_TVAL_EL0, EL0VTEN, 0 },
	{ CNTV_CTL_EL0, EL0VTEN, 0 },
	{ CNTV_CVAL_EL0, EL0VTEN, 0 },
};

static const struct access *find(uint32_t encoding)
{
	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
		if (accesses[i].encoding == encoding)
			return &accesses[i];
	}
	return NULL;
}

/* CNTFRQ, CNTPCT and CNTVCT, of CRm 0, are read only. */
bool timer_is(uint32_t encoding, bool read)
{
	return find(encoding) && (read || SYSREG_CRM(encoding) != 0);
}

bool timer_allowed(uint32_t encoding, unsigned int el, uint64_t cntkctl_el1,
		   uint64_t cnthctl_el2)
{
	const struct access *access = find(encoding);

	if (el == 0 && !(cntkctl_el1 & access->el0))
		return false;
	return !access->el2 || (cnthctl_el2 & access->el2);
}

static struct timer load(const struct pe *pe, enum pe_sysreg ctl,
			 enum pe_sysreg cval, uint64_t mask)
{
	return (struct timer){
		.ctl = pe->sysreg[ctl] & CTL_WRITABLE,
		.cval = pe->sysreg[cval],
		.masked = mask,
	};
}

void timers_load(struct timers *timers, const struct pe *pe,
		 const struct pe_regime *regime)
{
	timers->p = load(pe, PE_CNTP_CTL_EL0, PE_CNTP_CVAL_EL0,
			 regime->cnthctl_el2 & CNTHCTL_CNTPMASK);
	timers->v = load(pe, PE_CNTV_CTL_EL0, PE_CNTV_CVAL_EL0,
			 regime->cnthctl_el2 & CNTHCTL_CNTVMASK);
}

static uint64_t ctl(const struct timer *timer, uint64_t now)
{
	bool met = (timer->ctl & CNT_CTL_ENABLE) && now >= timer->cval;

	return timer->ctl | (met ? CNT_CTL_ISTATUS : 0);
}

void timers_store(const struct timers *timers, struct pe *pe, uint64_t now)
{
	pe->sysreg[PE_CNTP_CTL_EL0] = ctl(&timers->p, now);
	pe->sysreg[PE_CNTP_CVAL_EL0] = timers->p.cval;
	pe->sysreg[PE_CNTV_CTL_EL0] = ctl(&timers->v, now);
	pe->sysreg[PE_CNTV_CVAL_EL0] = timers->v.cval;
}

static uint64_t deadline(const struct timer *timer)
{
	if (timer->ctl != CNT_CTL_ENABLE || timer->masked)
		return COUNTER_NEVER;
	return timer->cval;
}

uint64_t timers_deadline(const struct timers *timers)
{
	uint64_t p = deadline(&timers->p), v = deadline(&timers->v);

	return p < v ? p : v;
}

uint64_t timer_read(const struct timers *timers, uint32_t encoding,
		    uint64_t now)
{
	switch (encoding) {
	case CNTFRQ_EL0:
		return COUNTER_HZ;
	case CNTP_TVAL_EL0:
		return (uint32_t)(timers->p.cval - now);
	case CNTP_CTL_EL0:
		return ctl(&timers->p, now);
	case CNTP_CVAL_EL0:
		return timers->p.cval;
	case CNTV_TVAL_EL0:
		return (uint32_t)(timers->v.cval - now);
	case CNTV_CTL_EL0:
		return ctl(&timers->v, now);
	case CNTV_CVAL_EL0:
		return timers->v.cval;
	}
	return now; /* CNTPCT_EL0, CNTVCT_EL0 */
}

void timer_write(struct timers *timers, uint32_t encoding, uint64_t value,
		 uint64_t now)
{
	/* TVAL is signed, and 32 bits wide. */
	uint64_t from_now = now + (uint64_t)(int64_t)(int32_t)value;

	switch (encoding) {
	case CNTP_TVAL_EL0:
		timers->p.cval = from_now;
		break;
	case CNTP_CTL_EL0:
		timers->p.ctl = value & CTL_WRITABLE;
		break;
	case CNTP_CVAL_EL0:
		timers->p.cval = value;
		break;
	case CNTV_TVAL_EL0:
		timers->v.cval = from_now;
		break;
	case CNTV_CTL_EL0:
		timers->v.ctl = value & CTL_WRITABLE;
		break;
	case CNTV_CVAL_EL0:
		timers->v.cval = value;
		break;
	}
}

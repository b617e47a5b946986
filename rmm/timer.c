/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Outputs of the timers, as the last run left them. A timer that the realm
 * stops while it is masked tells nobody by itself: that is found when the run
 * ends for another reason, the end of its interrupt at the latest.
 */
#include "rmm/timer.h"

static bool is_due(uint64_t ctl)
{
	return (ctl & (CNT_CTL_ENABLE | CNT_CTL_IMASK | CNT_CTL_ISTATUS)) ==
	       (CNT_CTL_ENABLE | CNT_CTL_ISTATUS);
}

static uint64_t due(const struct rec *rec)
{
	const uint64_t *sysreg = rec->pe.sysreg;

	return (is_due(sysreg[PE_CNTP_CTL_EL0]) ? CNTHCTL_CNTPMASK : 0) |
	       (is_due(sysreg[PE_CNTV_CTL_EL0]) ? CNTHCTL_CNTVMASK : 0);
}

uint64_t timer_masks(const struct rec *rec)
{
	return rec->timers_due;
}

bool timer_news(const struct rec *rec)
{
	return due(rec) != rec->timers_due;
}

void timer_report(struct rec *rec, struct rec_exit *exit)
{
	const uint64_t *sysreg = rec->pe.sysreg;

	exit->cntp_ctl = sysreg[PE_CNTP_CTL_EL0];
	exit->cntp_cval = sysreg[PE_CNTP_CVAL_EL0];
	exit->cntv_ctl = sysreg[PE_CNTV_CTL_EL0];
	exit->cntv_cval = sysreg[PE_CNTV_CVAL_EL0];
	rec->timers_due = due(rec);
}

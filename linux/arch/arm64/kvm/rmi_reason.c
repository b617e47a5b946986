// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why there are no realms, and why one came to its end, by name.
 */
#include "rmi_internal.h"

static const char *const reason_names[] = {
	[RMI_REASON_NONE] = "none",
	[RMI_REASON_NO_RME] = "no-rme",
	[RMI_REASON_NO_RMM] = "no-rmm",
	[RMI_REASON_VERSION] = "version",
	[RMI_REASON_NOT_VHE] = "not-vhe",
	[RMI_REASON_BETA_0] = "beta-0",
	[RMI_REASON_BETA_3] = "beta-3",
	[RMI_REASON_FEATURES] = "features",
	[RMI_REASON_GRANULE_SIZE] = "granule-size",
	[RMI_REASON_HASH] = "hash",
	[RMI_REASON_DEBUG] = "debug",
	[RMI_REASON_IPA_SIZE] = "ipa-size",
	[RMI_REASON_MEMORY] = "memory",
	[RMI_REASON_CONFIG] = "config",
	[RMI_REASON_ACTIVATE] = "activate",
	[RMI_REASON_TRACKING] = "tracking",
	[RMI_REASON_GPT] = "gpt",
};

/**
 * rmi_reason_name() - name a reason
 * @reason: one of the enumeration
 *
 * Return: a word that tools may rely on.
 */
const char *rmi_reason_name(enum rmi_reason reason)
{
	return (unsigned int)reason < ARRAY_SIZE(reason_names) ?
	       reason_names[reason] : "unknown";
}

static const char *const end_names[] = {
	[REALM_END_NONE] = "none",
	[REALM_END_OFF] = "off",
	[REALM_END_RESET] = "reset",
	[REALM_END_CLOSED] = "closed",
	[REALM_END_REFUSED] = "refused",
	[REALM_END_STOPPED] = "stopped",
	[REALM_END_UNKNOWN_EXIT] = "unknown-exit",
};

/**
 * realm_end_name() - name the end of a realm
 * @end: one of the enumeration
 *
 * Return: a word that tools may rely on.
 */
const char *realm_end_name(enum realm_end end)
{
	return (unsigned int)end < ARRAY_SIZE(end_names) ? end_names[end] :
							   "unknown";
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The monitor's own SMCs for the Non-secure world (SMCCC: OEM service, SMC64).
 */
#ifndef MONITOR_VENDOR_H
#define MONITOR_VENDOR_H

#define VENDOR_CALL(fnum) (0xc3000000u | (fnum))

/* Ends QEMU with exit code x1. Does not return. */
#define VENDOR_EXIT VENDOR_CALL(1)

/* x0 = RMI calls that the monitor forwarded to the RMM since the start. */
#define VENDOR_RMI_CALLS VENDOR_CALL(2)

/* Exit codes that are the firmware's. */
#define EXIT_RMM_PANIC 98
#define EXIT_MONITOR_PANIC 99

#endif

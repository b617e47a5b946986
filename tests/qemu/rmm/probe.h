/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * flash-probe.bin has an RMM that answers four calls more. A host cannot read a
 * realm's measurements, and only a running realm can extend them. An RMM that
 * runs a realm changes registers that ours, as yet, leaves alone.
 */
#ifndef TESTS_QEMU_RMM_PROBE_H
#define TESTS_QEMU_RMM_PROBE_H

#include "abi/rmi_smc.h"

/*
 * x1 = RD, x2 = index of a measurement, x3 = offset in it, of bytes. x1 to x4
 * are 32 bytes of it.
 */
#define PROBE_READ SMC_RMI_CALL(0x2c0)

/* x1 = RD, x2 = index of a REM, x3 = size: by the bytes 1, 2, 3 and so on. */
#define PROBE_EXTEND SMC_RMI_CALL(0x2c1)

/*
 * Writes to the registers of EL2 that Realm EL2 can change and live on. Fails
 * if the RMM does not find its own TPIDR_EL2.
 */
#define PROBE_SCRIBBLE SMC_RMI_CALL(0x2c2)

/*
 * x1 = granule, x2 = rounds: delegates it at EL3 and undelegates it, at the
 * rate of SMCs. x1 = how many of those failed.
 */
#define PROBE_FLIP SMC_RMI_CALL(0x2c3)

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * flash-probe.bin has an RMM that answers five calls more: a host cannot read a
 * realm's measurements, and only a running realm can extend them; no host meets
 * the moment at which the RMM walks a realm's tables; and there are registers
 * that our RMM, as yet, leaves alone.
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

/*
 * x1 = RD, x2 = IPA, x3 = address: translates it as that realm would, with its
 * table of stage 1 there. x1 = PROBE_NO_WALK, or PAR_EL1.
 */
#define PROBE_TRANSLATE SMC_RMI_CALL(0x2c4)
#define PROBE_NO_WALK (~0ull)

#endif

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * GICv3 (Arm IHI 0069) as a guest sees it besides its CPU interface: the
 * distributor, the redistributors, and how it sends SGIs.
 */
#ifndef ABI_GIC_DIST_H
#define ABI_GIC_DIST_H

#include "abi_types.h"

/* ICC_SGI1R_EL1, of which gic.h has the encoding */
#define ICC_SGI1R_TARGETS GENMASK_ULL(15, 0)
#define ICC_SGI1R_AFF1 GENMASK_ULL(23, 16)
#define ICC_SGI1R_INTID GENMASK_ULL(27, 24)
#define ICC_SGI1R_AFF2 GENMASK_ULL(39, 32)
#define ICC_SGI1R_IRM BIT_ULL(40) /* all but the sender */
#define ICC_SGI1R_RS GENMASK_ULL(47, 44)
#define ICC_SGI1R_AFF3 GENMASK_ULL(55, 48)

/*
 * The distributor, and a redistributor (chapter 12, "GICD", "GICR"): offsets.
 * Those with fields by interrupt lie at the same ones in the distributor, for
 * SPIs, and in the second frame of a redistributor, for private ones.
 */
#define GICD_SIZE 0x10000ull
#define GICR_SIZE 0x20000ull /* two frames */
#define GICR_SGI_FRAME 0x10000
#define GICD_CTLR 0x0
#define GICD_TYPER 0x4
#define GICR_TYPER 0x8
#define GICR_WAKER 0x14
#define GICD_IGROUPR 0x80
#define GICD_ISENABLER 0x100
#define GICD_ICENABLER 0x180
#define GICD_ISPENDR 0x200
#define GICD_ICPENDR 0x280
#define GICD_ISACTIVER 0x300
#define GICD_ICACTIVER 0x380
#define GICD_IPRIORITYR 0x400
#define GICD_ICFGR 0xc00
#define GICD_IROUTER 0x6000
#define GIC_PIDR2 0xffe8

#define GICD_CTLR_ENABLES 3u /* group 0, group 1 */
#define GICD_CTLR_ARE_DS (BIT_ULL(4) | BIT_ULL(6))
#define GICD_TYPER_ID_BITS_10 (9u << 19)
#define GICR_TYPER_LAST BIT_ULL(4)
#define GICR_WAKER_SLEEP BIT_ULL(1)
#define GICR_WAKER_ASLEEP BIT_ULL(2)
#define GICR_WAKER_ASLEEP_ALL (GICR_WAKER_SLEEP | GICR_WAKER_ASLEEP)
#define GICD_ICFGR_EDGE 2
#define GIC_PIDR2_GICV3 0x30

#endif

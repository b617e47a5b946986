/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registers of EL3 and of the GIC that the monitor writes: names for encodings
 * that older assemblers do not know, and for fields.
 */
#ifndef MONITOR_SYSREGS_H
#define MONITOR_SYSREGS_H

#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"

/* Two steps, so that a name below becomes its encoding first. */
#define mrs(reg) read_sysreg(reg)
#define msr(reg, value) write_sysreg(reg, value)

#define GPCCR_EL3 S3_6_C2_C1_6
#define GPTBR_EL3 S3_6_C2_C1_4
#define MFAR_EL3 S3_6_C6_C0_5
#define ZCR_EL3 S3_6_C1_C2_0
#define SMCR_EL3 S3_6_C1_C2_6
#define ICC_SRE_EL3 S3_6_C12_C12_5
#define ICC_IGRPEN1_EL3 S3_6_C12_C12_7
#define ICC_IGRPEN0_EL1 S3_0_C12_C12_6
#define ICC_PMR_EL1 S3_0_C4_C6_0
#define ICC_SGI0R_EL1 S3_0_C12_C11_7
#define ICC_IAR0_EL1 S3_0_C12_C8_0
#define ICC_EOIR0_EL1 S3_0_C12_C8_1
#define ICC_SRE_EL2 S3_4_C12_C9_5
#define HCRX_EL2 S3_4_C1_C2_2
#define TTBR1_EL2 S3_4_C2_C0_1
#define CONTEXTIDR_EL2 S3_4_C13_C0_1

/* SCR_EL3 */
#define SCR_NS BIT_ULL(0)
#define SCR_FIQ BIT_ULL(2)
#define SCR_RES1 GENMASK_ULL(5, 4)
#define SCR_HCE BIT_ULL(8)
#define SCR_RW BIT_ULL(10)
#define SCR_APK BIT_ULL(16)
#define SCR_API BIT_ULL(17)
#define SCR_EEL2 BIT_ULL(18)
#define SCR_ENSCXT BIT_ULL(25)
#define SCR_ATA BIT_ULL(26)
#define SCR_FGTEN BIT_ULL(27)
#define SCR_ECVEN BIT_ULL(28)
#define SCR_AMVOFFEN BIT_ULL(35)
#define SCR_ENAS0 BIT_ULL(36)
#define SCR_ADEN BIT_ULL(37)
#define SCR_HXEN BIT_ULL(38)
#define SCR_GCSEN BIT_ULL(39)
#define SCR_ENTP2 BIT_ULL(41)
#define SCR_TCR2EN BIT_ULL(43)
#define SCR_SCTLR2EN BIT_ULL(44)
#define SCR_PIEN BIT_ULL(45)
#define SCR_AIEN BIT_ULL(46)
#define SCR_ENFPM BIT_ULL(50)
#define SCR_NSE BIT_ULL(62)

/* CPTR_EL3, ZCR_EL3, SMCR_EL3: what lower levels may use */
#define CPTR_EZ BIT_ULL(8)
#define CPTR_ESM BIT_ULL(12)
#define ZCR_LEN_MAX 0xfull
#define SMCR_LEN_MAX 0xfull
#define SMCR_EZT0 BIT_ULL(30)
#define SMCR_FA64 BIT_ULL(31)

/* ID registers */
#define ID_AA64PFR0_EL2 GENMASK_ULL(11, 8)

/* GPCCR_EL3 */
#define GPCCR_PPS_40 2ull
#define GPCCR_IRGN_WBRAWA BIT_ULL(8)
#define GPCCR_ORGN_WBRAWA BIT_ULL(10)
#define GPCCR_SH_INNER GENMASK_ULL(13, 12)
#define GPCCR_PGS_4K (0ull << 14)
#define GPCCR_GPC BIT_ULL(16)
#define GPCCR_L0GPTSZ GENMASK_ULL(23, 20) /* read only */

/* At reset of EL2, for either world */
#define SCTLR_EL2_RESET 0x30c50830ull
#define CPTR_EL2_RES1 0x22ffull
#define ICC_SRE_ALL 0xfull
#define SPSR_EL2H (PSTATE_EL2H | PSTATE_DAIF)

/* Where an exception came from: the index of its vector. */
#define VECTOR_LOWER_SYNC 8
#define VECTOR_LOWER_FIQ 10

#endif

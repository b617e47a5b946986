/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * The Arm architecture (Arm DDI 0487), as far as RMM, monitor, machine and
 * tests share it: fields of registers that describe or control a PE.
 */
#ifndef ABI_ARM_ARCH_H
#define ABI_ARM_ARCH_H

#include "abi_types.h"

/* ESR_ELx */
#define ESR_EC GENMASK_ULL(31, 26)
#define ESR_IL BIT_ULL(25)
#define ESR_ISS GENMASK_ULL(24, 0)

#define ESR_EC_UNKNOWN 0x00
#define ESR_EC_WFX 0x01
#define ESR_EC_FP 0x07
#define ESR_EC_SVC64 0x15
#define ESR_EC_HVC64 0x16
#define ESR_EC_SMC64 0x17
#define ESR_EC_SYSREG 0x18
#define ESR_EC_INST_ABORT_LOWER 0x20
#define ESR_EC_INST_ABORT 0x21
#define ESR_EC_DATA_ABORT_LOWER 0x24
#define ESR_EC_DATA_ABORT 0x25

/* ISS of an abort */
#define ESR_ABORT_ISV BIT_ULL(24)
#define ESR_ABORT_SAS GENMASK_ULL(23, 22) /* log2 of the access size */
#define ESR_ABORT_SSE BIT_ULL(21)
#define ESR_ABORT_SRT GENMASK_ULL(20, 16)
#define ESR_ABORT_SF BIT_ULL(15)
#define ESR_ABORT_SET GENMASK_ULL(12, 11)
#define ESR_ABORT_FNV BIT_ULL(10)
#define ESR_ABORT_EA BIT_ULL(9)
#define ESR_ABORT_CM BIT_ULL(8)
#define ESR_ABORT_S1PTW BIT_ULL(7)
#define ESR_ABORT_WNR BIT_ULL(6)
#define ESR_ABORT_FSC GENMASK_ULL(5, 0)

/* Fault status codes; the level is in the two lowest bits. */
#define FSC_TYPE 0x3c
#define FSC_LEVEL 0x03
#define FSC_ADDRESS_SIZE 0x00
#define FSC_TRANSLATION 0x04
#define FSC_ACCESS_FLAG 0x08
#define FSC_PERMISSION 0x0c
#define FSC_EXTERNAL 0x10 /* not on a walk */

/* ISS of a trapped WFx */
#define ESR_WFX_TI GENMASK_ULL(1, 0)
#define ESR_WFX_TI_WFI 0
#define ESR_WFX_TI_WFE 1
#define ESR_WFX_TI_WFIT 2
#define ESR_WFX_TI_WFET 3
#define ESR_WFX_RV BIT_ULL(2) /* with a timeout: RN is valid */
#define ESR_WFX_RN GENMASK_ULL(9, 5)

/* ISS of a trapped MSR or MRS */
#define ESR_SYSREG_RT GENMASK_ULL(9, 5)
#define ESR_SYSREG_READ BIT_ULL(0)
#define ESR_SYSREG_ENCODING \
	(GENMASK_ULL(21, 10) | GENMASK_ULL(4, 1))

/* A system register as the ISS names it: op0, op1, CRn, CRm, op2. */
#define SYSREG(op0, op1, crn, crm, op2) \
	(((op0) << 20) | ((op2) << 17) | ((op1) << 14) | ((crn) << 10) | \
	 ((crm) << 1))
#define SYSREG_OP0(enc) (((enc) >> 20) & 3)
#define SYSREG_OP1(enc) (((enc) >> 14) & 7)
#define SYSREG_CRN(enc) (((enc) >> 10) & 15)
#define SYSREG_CRM(enc) (((enc) >> 1) & 15)
#define SYSREG_OP2(enc) (((enc) >> 17) & 7)

/* HPFAR_EL2: IPA[51:12] in bits 43:4. */
#define HPFAR_FIPA GENMASK_ULL(43, 4)
#define HPFAR_TO_IPA(hpfar) (((hpfar) & HPFAR_FIPA) << 8)
#define IPA_TO_HPFAR(ipa) (((ipa) >> 8) & HPFAR_FIPA)

/* PSTATE as SPSR_ELx holds it */
#define PSTATE_N BIT_ULL(31)
#define PSTATE_NZCV GENMASK_ULL(31, 28)
#define PSTATE_DIT BIT_ULL(24)
#define PSTATE_PAN BIT_ULL(22)
#define PSTATE_SS BIT_ULL(21)
#define PSTATE_SSBS BIT_ULL(12)
#define PSTATE_BTYPE GENMASK_ULL(11, 10)
#define PSTATE_DAIF GENMASK_ULL(9, 6)
#define PSTATE_I BIT_ULL(7)
#define PSTATE_F BIT_ULL(6)
#define PSTATE_AARCH32 BIT_ULL(4)
#define PSTATE_MODE GENMASK_ULL(3, 0)
#define PSTATE_EL0T 0x0
#define PSTATE_EL1T 0x4
#define PSTATE_EL1H 0x5
#define PSTATE_EL2H 0x9
#define PSTATE_EL3H 0xd

/* SCTLR_EL1 */
#define SCTLR_EE BIT_ULL(25)
#define SCTLR_SPAN BIT_ULL(23)
#define SCTLR_DSSBS BIT_ULL(44)
#define SCTLR_EL1_RESET 0x00c50878ull

#define MDSCR_TDCC BIT_ULL(12)

/* HCR_EL2 */
#define HCR_VM BIT_ULL(0)
#define HCR_SWIO BIT_ULL(1)
#define HCR_PTW BIT_ULL(2)
#define HCR_FMO BIT_ULL(3)
#define HCR_IMO BIT_ULL(4)
#define HCR_AMO BIT_ULL(5)
#define HCR_VSE BIT_ULL(8)
#define HCR_FB BIT_ULL(9)
#define HCR_BSU_IS BIT_ULL(10)
#define HCR_TWI BIT_ULL(13)
#define HCR_TWE BIT_ULL(14)
#define HCR_TID3 BIT_ULL(18)
#define HCR_TSC BIT_ULL(19)
#define HCR_RW BIT_ULL(31)
#define HCR_E2H BIT_ULL(34)
#define HCR_TEA BIT_ULL(37)
#define HCR_APK BIT_ULL(40)
#define HCR_API BIT_ULL(41)
#define HCR_FWB BIT_ULL(46)

/* MDCR_EL2 */
#define MDCR_TPMCR BIT_ULL(5)
#define MDCR_TPM BIT_ULL(6)
#define MDCR_TDA BIT_ULL(9)
#define MDCR_TDOSA BIT_ULL(10)
#define MDCR_TDRA BIT_ULL(11)

/* CNTHCTL_EL2 with HCR_EL2.E2H */
#define CNTHCTL_EL1PCTEN BIT_ULL(10)
#define CNTHCTL_EL1PTEN BIT_ULL(11)
#define CNTHCTL_CNTVMASK BIT_ULL(18)
#define CNTHCTL_CNTPMASK BIT_ULL(19)

/* Counter and timers, as SYSREG() */
#define CNTFRQ_EL0 SYSREG(3, 3, 14, 0, 0)
#define CNTPCT_EL0 SYSREG(3, 3, 14, 0, 1)
#define CNTVCT_EL0 SYSREG(3, 3, 14, 0, 2)
#define CNTP_TVAL_EL0 SYSREG(3, 3, 14, 2, 0)
#define CNTP_CTL_EL0 SYSREG(3, 3, 14, 2, 1)
#define CNTP_CVAL_EL0 SYSREG(3, 3, 14, 2, 2)
#define CNTV_TVAL_EL0 SYSREG(3, 3, 14, 3, 0)
#define CNTV_CTL_EL0 SYSREG(3, 3, 14, 3, 1)
#define CNTV_CVAL_EL0 SYSREG(3, 3, 14, 3, 2)

/* CNTV_CTL_EL0, CNTP_CTL_EL0 */
#define CNT_CTL_ENABLE BIT_ULL(0)
#define CNT_CTL_IMASK BIT_ULL(1)
#define CNT_CTL_ISTATUS BIT_ULL(2)

/* VTCR_EL2 */
#define VTCR_T0SZ GENMASK_ULL(5, 0)
#define VTCR_SL0 GENMASK_ULL(7, 6)
#define VTCR_IRGN0_WBRAWA BIT_ULL(8)
#define VTCR_ORGN0_WBRAWA BIT_ULL(10)
#define VTCR_SH0_INNER GENMASK_ULL(13, 12)
#define VTCR_TG0 GENMASK_ULL(15, 14)
#define VTCR_TG0_4K 0
#define VTCR_TG0_64K BIT_ULL(14)
#define VTCR_TG0_16K BIT_ULL(15)
#define VTCR_PS GENMASK_ULL(18, 16)
#define VTCR_VS BIT_ULL(19)
#define VTCR_NSA BIT_ULL(30)
#define VTCR_RES1 BIT_ULL(31)

#define VTTBR_VMID GENMASK_ULL(63, 48)
#define VTTBR_BADDR GENMASK_ULL(47, 1)

/* ID_AA64PFR0_EL1 */
#define ID_AA64PFR0_RME GENMASK_ULL(55, 52)
#define ID_AA64PFR0_SVE GENMASK_ULL(35, 32)
#define ID_AA64PFR1_SME GENMASK_ULL(27, 24)

/* MPIDR_EL1: bit 31 is RES1, Aff3 in 39:32. */
#define MPIDR_RES1 BIT_ULL(31)

#endif

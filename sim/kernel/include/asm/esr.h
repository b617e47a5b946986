/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: its names for the fields of a syndrome.
 */
#ifndef SIM_ASM_ESR_H
#define SIM_ASM_ESR_H

#define ESR_ELx_EC_WFx 0x01
#define ESR_ELx_EC_SYS64 0x18
#define ESR_ELx_EC_IABT_LOW 0x20
#define ESR_ELx_EC_DABT_LOW 0x24
#define ESR_ELx_EC(esr) (((esr) >> 26) & 0x3f)
#define ESR_ELx_ISV (1ul << 24)
#define ESR_ELx_SAS_SHIFT 22
#define ESR_ELx_SAS (3ul << ESR_ELx_SAS_SHIFT)
#define ESR_ELx_WNR (1ul << 6)

#define ESR_ELx_SYS64_ISS_DIR_READ 1
#define ESR_ELx_SYS64_ISS_RT(esr) (((esr) >> 5) & 0x1f)

#endif

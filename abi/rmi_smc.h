/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * Realm Management Interface 2.0 beta 1 (Arm DEN 0137): the numbers.
 *
 * Function identifiers, result words, flag words and enumerations. Structures
 * are in rmi_layout.h, arguments by name in rmi_table.h.
 */
#ifndef ABI_RMI_SMC_H
#define ABI_RMI_SMC_H

#include "abi_types.h"

/*
 * The beta whose wire format this is. Betas answer RMI_VERSION alike and do
 * not interwork; where a later one would change a line, this constant stands.
 */
#define RMI_BETA 1

#define RMI_ABI_MAJOR_VERSION 2
#define RMI_ABI_MINOR_VERSION 0
#define RMI_ABI_VERSION(major, minor) (((u64)(major) << 16) | (minor))
#define RMI_ABI_VERSION_GET_MAJOR(version) (((version) >> 16) & 0x7fff)
#define RMI_ABI_VERSION_GET_MINOR(version) ((version) & 0xffff)

/* Function identifiers: fast SMC64 calls of the standard secure service. */
#define SMC_RMI_CALL(fnum) (0xc4000000u | (fnum))

#define SMC_RMI_VERSION SMC_RMI_CALL(0x150)
#define SMC_RMI_RTT_DATA_MAP_INIT SMC_RMI_CALL(0x153)
#define SMC_RMI_REALM_ACTIVATE SMC_RMI_CALL(0x157)
#define SMC_RMI_REALM_CREATE SMC_RMI_CALL(0x158)
#define SMC_RMI_REALM_DESTROY SMC_RMI_CALL(0x159)
#define SMC_RMI_REC_CREATE SMC_RMI_CALL(0x15a)
#define SMC_RMI_REC_DESTROY SMC_RMI_CALL(0x15b)
#define SMC_RMI_REC_ENTER SMC_RMI_CALL(0x15c)
#define SMC_RMI_RTT_CREATE SMC_RMI_CALL(0x15d)
#define SMC_RMI_RTT_DESTROY SMC_RMI_CALL(0x15e)
#define SMC_RMI_RTT_READ_ENTRY SMC_RMI_CALL(0x161)
#define SMC_RMI_PSCI_COMPLETE SMC_RMI_CALL(0x164)
#define SMC_RMI_FEATURES SMC_RMI_CALL(0x165)
#define SMC_RMI_RTT_FOLD SMC_RMI_CALL(0x166)
#define SMC_RMI_RTT_INIT_RIPAS SMC_RMI_CALL(0x168)
#define SMC_RMI_RTT_SET_RIPAS SMC_RMI_CALL(0x169)
#define SMC_RMI_RMM_CONFIG_SET SMC_RMI_CALL(0x16e)
#define SMC_RMI_GRANULE_TRACKING_GET SMC_RMI_CALL(0x1e1)
#define SMC_RMI_GRANULE_TRACKING_SET SMC_RMI_CALL(0x1e3)
#define SMC_RMI_RMM_CONFIG_GET SMC_RMI_CALL(0x1ec)
#define SMC_RMI_GRANULE_RANGE_DELEGATE SMC_RMI_CALL(0x1f1)
#define SMC_RMI_GRANULE_RANGE_UNDELEGATE SMC_RMI_CALL(0x1f2)
#define SMC_RMI_GPT_L1_CREATE SMC_RMI_CALL(0x1f3)
#define SMC_RMI_GPT_L1_DESTROY SMC_RMI_CALL(0x1f4)
#define SMC_RMI_RTT_DATA_MAP SMC_RMI_CALL(0x1f5)
#define SMC_RMI_RTT_DATA_UNMAP SMC_RMI_CALL(0x1f6)
#define SMC_RMI_RTT_UNPROT_MAP SMC_RMI_CALL(0x1fb)
#define SMC_RMI_RTT_UNPROT_UNMAP SMC_RMI_CALL(0x1fc)
#define SMC_RMI_REALM_TERMINATE SMC_RMI_CALL(0x201)
#define SMC_RMI_RMM_ACTIVATE SMC_RMI_CALL(0x202)
#define SMC_RMI_OP_CONTINUE SMC_RMI_CALL(0x203)
#define SMC_RMI_OP_MEM_DONATE SMC_RMI_CALL(0x208)
#define SMC_RMI_OP_MEM_RECLAIM SMC_RMI_CALL(0x209)
#define SMC_RMI_OP_CANCEL SMC_RMI_CALL(0x20a)

/* Only probed, to tell the betas apart; no part of beta 1. */
#define SMC_RMI_GPT_INFO SMC_RMI_CALL(0x211)

/* Function numbers that RMI 2.0 owns: two ranges. */
#define RMI_FNUM_FIRST 0x150
#define RMI_FNUM_LAST 0x18f
#define RMI_FNUM2_FIRST 0x1d0
#define RMI_FNUM2_LAST 0x2cf

/* Result word, x0. */
#define RMI_RETURN_STATUS_MASK GENMASK_ULL(7, 0)
#define RMI_RETURN_INDEX_MASK GENMASK_ULL(15, 8)
#define RMI_RETURN_MEMREQ_MASK GENMASK_ULL(9, 8) /* with INCOMPLETE */
#define RMI_RETURN_CAN_CANCEL BIT_ULL(10) /* with INCOMPLETE */

#define RMI_RETURN_STATUS(ret) ((ret) & 0xff)
#define RMI_RETURN_INDEX(ret) (((ret) >> 8) & 0xff)
#define RMI_RETURN_MEMREQ(ret) (((ret) >> 8) & 3)
#define RMI_RETURN(status, index) ((u64)(status) | (((u64)(index) & 0xff) << 8))

/* One row a status: STATUS(value, name). */
#define RMI_STATUS_TABLE(STATUS) \
	STATUS(0, SUCCESS) \
	STATUS(1, ERROR_INPUT) \
	STATUS(2, ERROR_REALM) \
	STATUS(3, ERROR_REC) \
	STATUS(4, ERROR_RTT) \
	STATUS(5, ERROR_NOT_SUPPORTED) \
	STATUS(6, ERROR_DEVICE) \
	STATUS(7, ERROR_RTT_AUX) \
	STATUS(8, ERROR_PSMMU_ST) \
	STATUS(9, ERROR_DPT) \
	STATUS(10, BUSY) \
	STATUS(11, ERROR_GLOBAL) \
	STATUS(12, ERROR_TRACKING) \
	STATUS(13, INCOMPLETE) \
	STATUS(14, BLOCKED) \
	STATUS(15, ERROR_GPT) \
	STATUS(16, ERROR_GRANULE)

enum rmi_status {
#define RMI_STATUS_ENUM(value, name) RMI_##name = value,
	RMI_STATUS_TABLE(RMI_STATUS_ENUM)
#undef RMI_STATUS_ENUM
};

/* Memory that an INCOMPLETE operation wants moved. */
#define RMI_OP_MEM_REQ_NONE 0
#define RMI_OP_MEM_REQ_DONATE 1
#define RMI_OP_MEM_REQ_RECLAIM 2

#define RMI_DONATE_SIZE GENMASK_ULL(1, 0)
#define RMI_DONATE_COUNT GENMASK_ULL(15, 2)
#define RMI_DONATE_CONTIG BIT_ULL(16)
#define RMI_DONATE_UNDELEGATED BIT_ULL(17)

#define RMI_CONTINUE_STOP BIT_ULL(0)

/* Feature register 0: what a realm may be. */
#define RMI_FEATURE_REGISTER_0_S2SZ GENMASK_ULL(7, 0)
#define RMI_FEATURE_REGISTER_0_LPA2 BIT_ULL(8)
#define RMI_FEATURE_REGISTER_0_SVE BIT_ULL(9)
#define RMI_FEATURE_REGISTER_0_SVE_VL GENMASK_ULL(13, 10)
#define RMI_FEATURE_REGISTER_0_NUM_BPS GENMASK_ULL(19, 14)
#define RMI_FEATURE_REGISTER_0_NUM_WPS GENMASK_ULL(25, 20)
#define RMI_FEATURE_REGISTER_0_PMU BIT_ULL(26)
#define RMI_FEATURE_REGISTER_0_PMU_NUM_CTRS GENMASK_ULL(31, 27)

/* Feature register 1: what the RMM is. */
#define RMI_FEATURE_REGISTER_1_GRAN_4K BIT_ULL(0)
#define RMI_FEATURE_REGISTER_1_GRAN_16K BIT_ULL(1)
#define RMI_FEATURE_REGISTER_1_GRAN_64K BIT_ULL(2)
#define RMI_FEATURE_REGISTER_1_HASH_SHA_256 BIT_ULL(3)
#define RMI_FEATURE_REGISTER_1_HASH_SHA_384 BIT_ULL(4)
#define RMI_FEATURE_REGISTER_1_HASH_SHA_512 BIT_ULL(5)
#define RMI_FEATURE_REGISTER_1_MAX_RECS_ORDER GENMASK_ULL(9, 6)
#define RMI_FEATURE_REGISTER_1_L0GPTSZ GENMASK_ULL(13, 10)
#define RMI_FEATURE_REGISTER_1_PPS GENMASK_ULL(16, 14)

/* RmiRmmConfig. */
#define RMI_GRANULE_SIZE_4KB 0
#define RMI_GRANULE_SIZE_16KB 1
#define RMI_GRANULE_SIZE_64KB 2

/* Granule tracking. */
#define RMI_MEM_CATEGORY_CONVENTIONAL 0
#define RMI_MEM_CATEGORY_DEV_NCOH 1
#define RMI_MEM_CATEGORY_DEV_COH 2
#define RMI_TRACKING_RESERVED 0
#define RMI_TRACKING_NONE 1
#define RMI_TRACKING_FINE 2
#define RMI_TRACKING_COARSE 3

/* RmiRealmParams.flags0 */
#define RMI_REALM_PARAM_FLAG_LPA2 BIT_ULL(0)
#define RMI_REALM_PARAM_FLAG_SVE BIT_ULL(1)
#define RMI_REALM_PARAM_FLAG_PMU BIT_ULL(2)
#define RMI_REALM_PARAM_FLAG_DA BIT_ULL(3)
#define RMI_REALM_PARAM_FLAG_LFA_POLICY GENMASK_ULL(6, 5)
#define RMI_REALM_PARAM_FLAG_MEC_POLICY GENMASK_ULL(8, 7)
#define RMI_MEC_POLICY_SHARED 0
#define RMI_MEC_POLICY_PRIVATE 1

/* RmiRealmParams.flags1 */
#define RMI_REALM_PARAM_FLAG1_TREE_PER_PLANE BIT_ULL(0)
#define RMI_REALM_PARAM_FLAG1_S2AP_INDIRECT BIT_ULL(1)
#define RMI_REALM_PARAM_FLAG1_ATS BIT_ULL(2)

#define RMI_HASH_SHA_256 0
#define RMI_HASH_SHA_512 1
#define RMI_HASH_SHA_384 2

/* RmiRecParams.flags */
#define RMI_REC_PARAM_FLAG_RUNNABLE BIT_ULL(0)

/* RmiRecParams.mpidr: the affinity fields of a REC, all else zero. */
#define RMI_REC_MPIDR_MASK 0xffffff0full

/* RmiRecEnter.flags */
#define RMI_ENTRY_EMUL_MMIO BIT_ULL(0)
#define RMI_ENTRY_INJECT_SEA BIT_ULL(1)
#define RMI_ENTRY_TRAP_WFI BIT_ULL(2)
#define RMI_ENTRY_TRAP_WFE BIT_ULL(3)
#define RMI_ENTRY_RIPAS_REJECT BIT_ULL(4)

/* RmiRecExit.exit_reason */
#define RMI_EXIT_SYNC 0
#define RMI_EXIT_IRQ 1
#define RMI_EXIT_FIQ 2
#define RMI_EXIT_PSCI 3
#define RMI_EXIT_RIPAS_CHANGE 4
#define RMI_EXIT_HOST_CALL 5
#define RMI_EXIT_SERROR 6

/* Address range descriptor, 4 KiB granules. */
#define RMI_ADDR_RANGE_SIZE GENMASK_ULL(1, 0)
#define RMI_ADDR_RANGE_COUNT GENMASK_ULL(11, 2)
#define RMI_ADDR_RANGE_ADDR GENMASK_ULL(51, 12)
#define RMI_ADDR_RANGE_UNDELEGATED BIT_ULL(63)

#define RMI_OADDR_NONE 0
#define RMI_OADDR_SINGLE 1
#define RMI_OADDR_LIST 2

/* Flags of the range mapping and unmapping commands. */
#define RMI_MAP_OADDR_TYPE GENMASK_ULL(1, 0)
#define RMI_MAP_LIST_COUNT GENMASK_ULL(15, 2)
#define RMI_MAP_MEMATTR GENMASK_ULL(18, 16) /* unprotected only */
#define RMI_MAP_S2AP GENMASK_ULL(22, 19) /* unprotected only */

/* Stage 2 MemAttr[2:0] with FEAT_S2FWB. */
#define RMI_MEMATTR_DEVICE_NGNRE 1
#define RMI_MEMATTR_RESERVED 4
#define RMI_MEMATTR_NORMAL_NC 5
#define RMI_MEMATTR_NORMAL_WB 6

/* Stage 2 access, direct encoding. */
#define RMI_S2AP_WRITE BIT_ULL(0)
#define RMI_S2AP_READ BIT_ULL(1)
#define RMI_S2AP_RW (RMI_S2AP_WRITE | RMI_S2AP_READ)

/* RTT_DATA_MAP_INIT.flags */
#define RMI_MEASURE_CONTENT BIT_ULL(0)

enum rmi_ripas {
	RMI_EMPTY = 0,
	RMI_RAM = 1,
	RMI_DESTROYED = 2,
	RMI_DEV = 3,
};

/* State of an RTT entry as RTT_READ_ENTRY reports it. */
enum rmi_rtte_state {
	RMI_VOID = 0, /* UNMAPPED_NS outside the protected half */
	RMI_DATA = 1, /* MAPPED_NS outside the protected half */
	RMI_TABLE = 2,
};

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The calls of the Realm Management Interface 2.0 beta 1, a function each.
 *
 * All return the result word x0: RMI_RETURN_STATUS() of it is an enum
 * rmi_status, and all 64 bits are set if the RMM does not know the call. Calls
 * that may stay unfinished run to their end (rmi_sro_run()), so that no caller
 * ever sees INCOMPLETE. Other results are written whatever the status says;
 * the RMM leaves them 0 where it has none.
 */
#ifndef __ASM_RMI_CMDS_H
#define __ASM_RMI_CMDS_H

#include <linux/arm-smccc.h>
#include <linux/types.h>
#include <asm/rmi_layout.h>
#include <asm/rmi_smc.h>

/**
 * struct rmi_memory - memory that moves between host and RMM during a call
 * @list: a page of the host for lists of address ranges
 * @granules: how many granules the RMM has kept (less than 0: given back)
 */
struct rmi_memory {
	phys_addr_t list;
	s64 granules;
};

/**
 * rmi_sro_run() - make a call, and see it through to its final status
 * @regs: its arguments, and at the end its results
 * @memory: for calls that are known to move memory, else NULL
 *
 * Return: the final result word, never INCOMPLETE.
 */
u64 rmi_sro_run(struct arm_smccc_1_2_regs *regs, struct rmi_memory *memory);

static inline u64 rmi_smc(struct arm_smccc_1_2_regs *regs)
{
	arm_smccc_1_2_smc(regs, regs);
	return regs->a0;
}

static inline bool rmi_is_unknown_call(u64 ret)
{
	return (s64)ret == SMCCC_RET_NOT_SUPPORTED;
}

/* The level in an ERROR_RTT answer; -1 is one. */
static inline int rmi_return_level(u64 ret)
{
	return (s8)RMI_RETURN_INDEX(ret);
}

static inline u64 rmi_version(u64 req, u64 *lower, u64 *higher)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_VERSION,
		.a1 = req,
	};

	rmi_smc(&regs);
	*lower = regs.a1;
	*higher = regs.a2;
	return regs.a0;
}

static inline u64 rmi_features(u64 index, u64 *value)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_FEATURES,
		.a1 = index,
	};

	rmi_smc(&regs);
	*value = regs.a1;
	return regs.a0;
}

static inline u64 rmi_gpt_info(void)
{
	struct arm_smccc_1_2_regs regs = { .a0 = SMC_RMI_GPT_INFO };

	return rmi_smc(&regs);
}

static inline u64 rmi_rmm_config_get(phys_addr_t config)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RMM_CONFIG_GET,
		.a1 = config,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_rmm_config_set(phys_addr_t config)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RMM_CONFIG_SET,
		.a1 = config,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_rmm_activate(void)
{
	struct arm_smccc_1_2_regs regs = { .a0 = SMC_RMI_RMM_ACTIVATE };

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_granule_tracking_get(phys_addr_t base, phys_addr_t top,
					   u64 *category, u64 *state,
					   phys_addr_t *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_GRANULE_TRACKING_GET,
		.a1 = base,
		.a2 = top,
	};

	rmi_sro_run(&regs, NULL);
	*category = regs.a1;
	*state = regs.a2;
	*out_top = regs.a3;
	return regs.a0;
}

static inline u64 rmi_gpt_l1_create(phys_addr_t base)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_GPT_L1_CREATE,
		.a1 = base,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_granule_range_delegate(phys_addr_t base, phys_addr_t top,
					     phys_addr_t *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_GRANULE_RANGE_DELEGATE,
		.a1 = base,
		.a2 = top,
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

static inline u64 rmi_granule_range_undelegate(phys_addr_t base,
					       phys_addr_t top,
					       phys_addr_t *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_GRANULE_RANGE_UNDELEGATE,
		.a1 = base,
		.a2 = top,
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

static inline u64 rmi_realm_create(phys_addr_t rd, phys_addr_t params)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REALM_CREATE,
		.a1 = rd,
		.a2 = params,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_realm_activate(phys_addr_t rd)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REALM_ACTIVATE,
		.a1 = rd,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_realm_terminate(phys_addr_t rd)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REALM_TERMINATE,
		.a1 = rd,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_realm_destroy(phys_addr_t rd)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REALM_DESTROY,
		.a1 = rd,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_rec_create(phys_addr_t rd, phys_addr_t rec,
				 phys_addr_t params, struct rmi_memory *memory)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REC_CREATE,
		.a1 = rd,
		.a2 = rec,
		.a3 = params,
	};

	return rmi_sro_run(&regs, memory);
}

static inline u64 rmi_rec_destroy(phys_addr_t rec, struct rmi_memory *memory)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REC_DESTROY,
		.a1 = rec,
	};

	return rmi_sro_run(&regs, memory);
}

static inline u64 rmi_rec_enter(phys_addr_t rec, phys_addr_t run)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_REC_ENTER,
		.a1 = rec,
		.a2 = run,
	};

	return rmi_smc(&regs);
}

/* @status: PSCI_RET_SUCCESS, or PSCI_RET_DENIED for CPU_ON */
static inline u64 rmi_psci_complete(phys_addr_t calling, phys_addr_t target,
				    s64 status)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_PSCI_COMPLETE,
		.a1 = calling,
		.a2 = target,
		.a3 = status,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_rtt_create(phys_addr_t rd, phys_addr_t rtt, u64 ipa,
				 int level)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_CREATE,
		.a1 = rd,
		.a2 = rtt,
		.a3 = ipa,
		.a4 = level,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_rtt_destroy(phys_addr_t rd, u64 ipa, int level,
				  phys_addr_t *rtt, u64 *top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_DESTROY,
		.a1 = rd,
		.a2 = ipa,
		.a3 = level,
	};

	rmi_sro_run(&regs, NULL);
	*rtt = regs.a1;
	*top = regs.a2;
	return regs.a0;
}

/* @rtt is the table that is not needed any more; it stays delegated. */
static inline u64 rmi_rtt_fold(phys_addr_t rd, u64 ipa, int level,
			       phys_addr_t *rtt)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_FOLD,
		.a1 = rd,
		.a2 = ipa,
		.a3 = level,
	};

	rmi_sro_run(&regs, NULL);
	*rtt = regs.a1;
	return regs.a0;
}

/**
 * struct rmi_rtt_entry - what RMI_RTT_READ_ENTRY tells
 * @level: where the walk ended
 * @state: enum rmi_rtte_state
 * @desc: output address and attributes
 * @ripas: enum rmi_ripas
 */
struct rmi_rtt_entry {
	int level;
	u64 state;
	u64 desc;
	u64 ripas;
};

static inline u64 rmi_rtt_read_entry(phys_addr_t rd, u64 ipa, int level,
				     struct rmi_rtt_entry *entry)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_READ_ENTRY,
		.a1 = rd,
		.a2 = ipa,
		.a3 = level,
	};

	rmi_sro_run(&regs, NULL);
	entry->level = regs.a1;
	entry->state = regs.a2;
	entry->desc = regs.a3;
	entry->ripas = regs.a4;
	return regs.a0;
}

static inline u64 rmi_rtt_init_ripas(phys_addr_t rd, u64 base, u64 top,
				     u64 *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_INIT_RIPAS,
		.a1 = rd,
		.a2 = base,
		.a3 = top,
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

static inline u64 rmi_rtt_set_ripas(phys_addr_t rd, phys_addr_t rec, u64 base,
				    u64 top, u64 *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_SET_RIPAS,
		.a1 = rd,
		.a2 = rec,
		.a3 = base,
		.a4 = top,
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

static inline u64 rmi_rtt_data_map_init(phys_addr_t rd, phys_addr_t data,
					u64 ipa, phys_addr_t src, u64 flags)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_DATA_MAP_INIT,
		.a1 = rd,
		.a2 = data,
		.a3 = ipa,
		.a4 = src,
		.a5 = flags,
	};

	return rmi_sro_run(&regs, NULL);
}

static inline u64 rmi_rtt_data_map(phys_addr_t rd, u64 base, u64 top, u64 flags,
				   u64 oaddr, u64 *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_DATA_MAP,
		.a1 = rd,
		.a2 = base,
		.a3 = top,
		.a4 = flags,
		.a5 = oaddr,
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

/* @range is the memory that was mapped, as one address range. */
static inline u64 rmi_rtt_data_unmap(phys_addr_t rd, u64 base, u64 top,
				     u64 *out_top, u64 *range)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_DATA_UNMAP,
		.a1 = rd,
		.a2 = base,
		.a3 = top,
		.a4 = FIELD_PREP(RMI_MAP_OADDR_TYPE, RMI_OADDR_SINGLE),
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	*range = regs.a2;
	return regs.a0;
}

static inline u64 rmi_rtt_unprot_map(phys_addr_t rd, u64 base, u64 top,
				     u64 flags, u64 oaddr, u64 *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_UNPROT_MAP,
		.a1 = rd,
		.a2 = base,
		.a3 = top,
		.a4 = flags,
		.a5 = oaddr,
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

/* What was mapped is the host's own, so that nobody asks for it. */
static inline u64 rmi_rtt_unprot_unmap(phys_addr_t rd, u64 base, u64 top,
				       u64 *out_top)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = SMC_RMI_RTT_UNPROT_UNMAP,
		.a1 = rd,
		.a2 = base,
		.a3 = top,
		.a4 = FIELD_PREP(RMI_MAP_OADDR_TYPE, RMI_OADDR_NONE),
	};

	rmi_sro_run(&regs, NULL);
	*out_top = regs.a1;
	return regs.a0;
}

static inline u64 rmi_op_continue(u64 handle, u64 flags,
				  struct arm_smccc_1_2_regs *regs)
{
	*regs = (struct arm_smccc_1_2_regs) {
		.a0 = SMC_RMI_OP_CONTINUE,
		.a1 = handle,
		.a2 = flags,
	};

	return rmi_smc(regs);
}

static inline u64 rmi_op_mem_donate(u64 handle, phys_addr_t list, u64 count,
				    struct arm_smccc_1_2_regs *regs)
{
	*regs = (struct arm_smccc_1_2_regs) {
		.a0 = SMC_RMI_OP_MEM_DONATE,
		.a1 = handle,
		.a2 = list,
		.a3 = count,
	};

	return rmi_smc(regs);
}

static inline u64 rmi_op_mem_reclaim(u64 handle, phys_addr_t list, u64 count,
				     struct arm_smccc_1_2_regs *regs)
{
	*regs = (struct arm_smccc_1_2_regs) {
		.a0 = SMC_RMI_OP_MEM_RECLAIM,
		.a1 = handle,
		.a2 = list,
		.a3 = count,
	};

	return rmi_smc(regs);
}

static inline u64 rmi_op_cancel(u64 handle, struct arm_smccc_1_2_regs *regs)
{
	*regs = (struct arm_smccc_1_2_regs) {
		.a0 = SMC_RMI_OP_CANCEL,
		.a1 = handle,
	};

	return rmi_smc(regs);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * Realm Management Interface 2.0 beta 1 (Arm DEN 0137): structures in memory.
 *
 * Each is one 4 KiB page of Non-secure memory, little endian. A field narrower
 * than 8 bytes lies in a slot of 8 whose rest is zero. Padding is zero in both
 * directions.
 */
#ifndef ABI_RMI_LAYOUT_H
#define ABI_RMI_LAYOUT_H

#include "abi_types.h"

#define RMI_PARAMS_SIZE 4096

#define REC_CREATE_NR_GPRS 8
#define REC_RUN_GPRS 31

/* Argument of REALM_CREATE. */
struct realm_params {
	u64 flags0; /* RMI_REALM_PARAM_FLAG_* */
	u8 s2sz; /* IPA width, bits */
	u8 pad0[0x10 - 0x9];
	u8 sve_vl; /* vector length / 128 - 1 */
	u8 pad1[0x18 - 0x11];
	u8 num_bps; /* breakpoints - 1, 0 is reserved */
	u8 pad2[0x20 - 0x19];
	u8 num_wps; /* watchpoints - 1, 0 is reserved */
	u8 pad3[0x28 - 0x21];
	u8 pmu_num_ctrs;
	u8 pad4[0x30 - 0x29];
	u8 hash_algo; /* RMI_HASH_* */
	u8 pad5[0x38 - 0x31];
	u64 num_aux_planes;
	u8 pad6[0x400 - 0x40];
	u8 rpv[64]; /* personalisation value */
	u64 ats_plane;
	u8 pad7[0x808 - 0x448];
	u64 rtt_base; /* PA of the first root RTT */
	s64 rtt_level_start;
	u32 rtt_num_start; /* concatenated roots */
	u8 pad8[0x820 - 0x81c];
	u64 flags1; /* RMI_REALM_PARAM_FLAG1_* */
	u8 pad9[0xf80 - 0x828];
	u64 aux_rtt_base[3];
	u8 pad10[0x1000 - 0xf98];
};

/* Argument of REC_CREATE. */
struct rec_params {
	u64 flags; /* RMI_REC_PARAM_FLAG_* */
	u8 pad0[0x100 - 0x8];
	u64 mpidr;
	u8 pad1[0x200 - 0x108];
	u64 pc;
	u8 pad2[0x300 - 0x208];
	u64 gprs[REC_CREATE_NR_GPRS];
	u8 pad3[0x1000 - 0x340];
};

/* Argument of REC_ENTER: what the host says. */
struct rec_enter {
	u64 flags; /* RMI_ENTRY_* */
	u8 pad0[0x200 - 0x8];
	u64 gprs[REC_RUN_GPRS];
	u8 pad1[0x800 - 0x2f8];
};

/* Result of REC_ENTER: what the RMM answers. */
struct rec_exit {
	u8 exit_reason; /* RMI_EXIT_* */
	u8 pad0[0x100 - 0x1];
	u64 esr;
	u64 far;
	u64 hpfar;
	u64 rtt_tree;
	u8 pad1[0x200 - 0x120];
	u64 gprs[REC_RUN_GPRS];
	u8 pad2[0x400 - 0x2f8];
	u64 cntp_ctl;
	u64 cntp_cval;
	u64 cntv_ctl;
	u64 cntv_cval;
	u8 pad3[0x500 - 0x420];
	u64 ripas_base;
	u64 ripas_top;
	u8 ripas_value; /* enum rmi_ripas */
	u8 pad4[0x520 - 0x511];
	u64 s2ap_base;
	u64 s2ap_top;
	u8 pad5[0x600 - 0x530];
	u16 imm;
	u8 pad6[0x608 - 0x602];
	u64 plane;
	u8 pad7[0x700 - 0x610];
	u8 pmu_ovf_status;
	u8 pad8[0x800 - 0x701];
};

/* The page that REC_ENTER takes. */
struct rec_run {
	struct rec_enter enter;
	struct rec_exit exit;
};

/* Argument of RMM_CONFIG_GET and RMM_CONFIG_SET. */
struct rmm_config {
	u8 tracking_region_size;
	u8 pad0[0x8 - 0x1];
	u8 rmi_granule_size; /* RMI_GRANULE_SIZE_* */
	u8 pad1[0x1000 - 0x9];
};

#define RMI_AT(type, field, offset) \
	static_assert(offsetof(struct type, field) == (offset), \
		      #type "." #field)

static_assert(sizeof(struct realm_params) == 0x1000, "realm_params");
RMI_AT(realm_params, flags0, 0x0);
RMI_AT(realm_params, s2sz, 0x8);
RMI_AT(realm_params, sve_vl, 0x10);
RMI_AT(realm_params, num_bps, 0x18);
RMI_AT(realm_params, num_wps, 0x20);
RMI_AT(realm_params, pmu_num_ctrs, 0x28);
RMI_AT(realm_params, hash_algo, 0x30);
RMI_AT(realm_params, num_aux_planes, 0x38);
RMI_AT(realm_params, rpv, 0x400);
RMI_AT(realm_params, ats_plane, 0x440);
RMI_AT(realm_params, rtt_base, 0x808);
RMI_AT(realm_params, rtt_level_start, 0x810);
RMI_AT(realm_params, rtt_num_start, 0x818);
RMI_AT(realm_params, flags1, 0x820);
RMI_AT(realm_params, aux_rtt_base, 0xf80);

static_assert(sizeof(struct rec_params) == 0x1000, "rec_params");
RMI_AT(rec_params, flags, 0x0);
RMI_AT(rec_params, mpidr, 0x100);
RMI_AT(rec_params, pc, 0x200);
RMI_AT(rec_params, gprs, 0x300);

static_assert(sizeof(struct rec_enter) == 0x800, "rec_enter");
RMI_AT(rec_enter, flags, 0x0);
RMI_AT(rec_enter, gprs, 0x200);

static_assert(sizeof(struct rec_exit) == 0x800, "rec_exit");
RMI_AT(rec_exit, exit_reason, 0x0);
RMI_AT(rec_exit, esr, 0x100);
RMI_AT(rec_exit, far, 0x108);
RMI_AT(rec_exit, hpfar, 0x110);
RMI_AT(rec_exit, rtt_tree, 0x118);
RMI_AT(rec_exit, gprs, 0x200);
RMI_AT(rec_exit, cntp_ctl, 0x400);
RMI_AT(rec_exit, cntp_cval, 0x408);
RMI_AT(rec_exit, cntv_ctl, 0x410);
RMI_AT(rec_exit, cntv_cval, 0x418);
RMI_AT(rec_exit, ripas_base, 0x500);
RMI_AT(rec_exit, ripas_top, 0x508);
RMI_AT(rec_exit, ripas_value, 0x510);
RMI_AT(rec_exit, s2ap_base, 0x520);
RMI_AT(rec_exit, s2ap_top, 0x528);
RMI_AT(rec_exit, imm, 0x600);
RMI_AT(rec_exit, plane, 0x608);
RMI_AT(rec_exit, pmu_ovf_status, 0x700);

static_assert(sizeof(struct rec_run) == 0x1000, "rec_run");
RMI_AT(rec_run, enter, 0x0);
RMI_AT(rec_run, exit, 0x800);

static_assert(sizeof(struct rmm_config) == 0x1000, "rmm_config");
RMI_AT(rmm_config, tracking_region_size, 0x0);
RMI_AT(rmm_config, rmi_granule_size, 0x8);

#endif

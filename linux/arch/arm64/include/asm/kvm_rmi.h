/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Realms of the Arm Confidential Compute Architecture: what KVM keeps of them,
 * and the operations that KVM's own files call.
 *
 * This header needs none of KVM's others, so that asm/kvm_host.h can include
 * it.
 */
#ifndef __ASM_KVM_RMI_H
#define __ASM_KVM_RMI_H

#include <linux/jump_label.h>
#include <linux/mutex.h>
#include <linux/types.h>

struct kvm;
struct kvm_vcpu;
struct rec_run;

DECLARE_STATIC_KEY_FALSE(kvm_rmi_is_available);

/**
 * enum realm_state - how far a realm has come
 * @REALM_STATE_NONE: the RMM knows nothing of it
 * @REALM_STATE_NEW: it has a realm descriptor (RMM state NEW). Pages may be
 *	populated, no REC may be entered.
 * @REALM_STATE_ACTIVE: it may run (RMM state ACTIVE, or SYSTEM_OFF, which KVM
 *	does not tell apart); what it was measured with can no longer change
 * @REALM_STATE_DYING: KVM takes it apart; faults and populating are refused
 * @REALM_STATE_DEAD: the RMM has given it back, or never had it
 *
 * Legal steps are NONE-NEW, NONE-DEAD, NEW-ACTIVE, NEW-DYING, ACTIVE-DYING and
 * DYING-DEAD.
 */
enum realm_state {
	REALM_STATE_NONE,
	REALM_STATE_NEW,
	REALM_STATE_ACTIVE,
	REALM_STATE_DYING,
	REALM_STATE_DEAD,
};

/**
 * enum rmi_reason - why there are no realms on this machine
 * @RMI_REASON_NONE: there are
 * @RMI_REASON_NO_RME: a CPU lacks FEAT_RME
 * @RMI_REASON_NO_RMM: nobody answers RMI_VERSION
 * @RMI_REASON_VERSION: the RMM speaks no version that we speak
 * @RMI_REASON_NOT_VHE: the kernel does not run at EL2
 * @RMI_REASON_BETA_0: the RMM speaks beta 0 of RMI 2.0
 * @RMI_REASON_BETA_3: the RMM speaks beta 3 of RMI 2.0
 * @RMI_REASON_FEATURES: RMI_FEATURES failed
 * @RMI_REASON_GRANULE_SIZE: the RMM has no granule of PAGE_SIZE
 * @RMI_REASON_HASH: the RMM cannot measure with SHA-256
 * @RMI_REASON_DEBUG: the RMM offers no breakpoint or no watchpoint
 * @RMI_REASON_IPA_SIZE: the RMM offers less than 32 bits of IPA space
 * @RMI_REASON_MEMORY: out of memory
 * @RMI_REASON_CONFIG: the RMM refused our configuration, or runs with another
 * @RMI_REASON_ACTIVATE: the RMM refused to become active
 * @RMI_REASON_TRACKING: RAM is not tracked by the granule
 * @RMI_REASON_GPT: the RMM could not make a level 1 granule protection table
 */
enum rmi_reason {
	RMI_REASON_NONE,
	RMI_REASON_NO_RME,
	RMI_REASON_NO_RMM,
	RMI_REASON_VERSION,
	RMI_REASON_NOT_VHE,
	RMI_REASON_BETA_0,
	RMI_REASON_BETA_3,
	RMI_REASON_FEATURES,
	RMI_REASON_GRANULE_SIZE,
	RMI_REASON_HASH,
	RMI_REASON_DEBUG,
	RMI_REASON_IPA_SIZE,
	RMI_REASON_MEMORY,
	RMI_REASON_CONFIG,
	RMI_REASON_ACTIVATE,
	RMI_REASON_TRACKING,
	RMI_REASON_GPT,
};

/**
 * enum realm_end - why a realm came to its end
 * @REALM_END_NONE: it has not
 * @REALM_END_OFF: it turned itself off
 * @REALM_END_RESET: it asked for a reset
 * @REALM_END_CLOSED: its VMM let go of it, or was killed
 * @REALM_END_REFUSED: the RMM refused a call, see .refusal of struct realm
 * @REALM_END_STOPPED: the RMM lets none of its RECs run any more
 * @REALM_END_UNKNOWN_EXIT: it wanted something that KVM does not know
 */
enum realm_end {
	REALM_END_NONE,
	REALM_END_OFF,
	REALM_END_RESET,
	REALM_END_CLOSED,
	REALM_END_REFUSED,
	REALM_END_STOPPED,
	REALM_END_UNKNOWN_EXIT,
};

/**
 * struct rmi_refusal - a call that the RMM did not grant
 * @call: its name, without RMI_; NULL if there was none
 * @ret: the RMM's answer
 * @count: refusals until this one
 */
struct rmi_refusal {
	const char *call;
	u64 ret;
	u64 count;
};

#define REALM_RPV_SIZE 64

/**
 * struct realm - what KVM keeps of a realm
 * @lock: guards what follows @refusal, and orders calls that change the realm's
 *	tables. Operations may sleep.
 * @state: read with kvm_realm_state(), written by kvm_set_realm_state() only
 * @end: why it came to its end, written once
 * @refusal: the last call made for it that the RMM refused; has its own lock
 * @ia_bits: width of the IPA space; the topmost bit selects the shared half
 * @start_level: level of the root tables
 * @root_count: root tables, one behind the other
 * @hash_algo: RMI_HASH_*
 * @num_bps: breakpoints - 1
 * @num_wps: watchpoints - 1
 * @rpv: personalisation value, for the realm's token
 * @rd: realm descriptor
 * @roots: first root table
 * @data: granules that are mapped in the protected half
 * @tables: tables below the roots
 * @spare: pages that the RMM has, to become tables
 * @spare_count: how many, one behind the other
 */
struct realm {
	struct mutex lock; /* what follows @refusal and is not fixed */
	enum realm_state state;
	enum realm_end end;
	struct rmi_refusal refusal;
	u8 ia_bits;
	s8 start_level;
	u8 root_count;
	u8 hash_algo;
	u8 num_bps;
	u8 num_wps;
	u8 rpv[REALM_RPV_SIZE];
	phys_addr_t rd;
	phys_addr_t roots;
	u64 data;
	u64 tables;
	phys_addr_t spare;
	u64 spare_count;
};

/* What the next entry of a REC has to answer. */
enum rec_pending {
	REC_PENDING_NONE,
	REC_PENDING_MMIO_READ,
	REC_PENDING_MMIO_WRITE,
	REC_PENDING_HOST_CALL,
	REC_PENDING_RIPAS,
};

/**
 * struct realm_rec - what KVM keeps of a realm execution context
 * @run: the page that RMI_REC_ENTER takes; NULL if there is no REC
 * @run_pa: its address
 * @page: the REC itself
 * @granules: granules that the RMM got for it, besides @page
 * @pending: what user space was asked
 * @ripas_base: first address of a change of RIPAS that is pending
 * @ripas_top: its end
 * @ripas_ram: to RAM, else to EMPTY
 * @off: it turned itself off, and has not run since
 * @on_again: another REC asked for it to be on; guarded by the realm's lock
 */
struct realm_rec {
	struct rec_run *run;
	phys_addr_t run_pa;
	phys_addr_t page;
	s64 granules;
	enum rec_pending pending;
	u64 ripas_base;
	u64 ripas_top;
	bool ripas_ram;
	bool off;
	bool on_again;
};

/* Words of struct user_pt_regs: x0 to x30 come before them. */
#define REC_CORE_SP 31
#define REC_CORE_PC 32

/**
 * enum realm_exit_kind - what a REC wants of the host
 * @REALM_EXIT_IRQ: nothing, an interrupt of the host ended the run
 * @REALM_EXIT_FAULT: an access to .ipa that nothing is mapped at
 * @REALM_EXIT_HOST_CALL: RSI_HOST_CALL; arguments are in the vCPU's registers
 * @REALM_EXIT_PSCI: .fid is the function, .mpidr the REC that it names
 * @REALM_EXIT_RIPAS: a change of RIPAS, of [.ipa, .top), to RAM or EMPTY (.ram)
 * @REALM_EXIT_SYSREG: a trapped system register: .esr, .write, .data
 * @REALM_EXIT_WFX: it waits for an interrupt
 * @REALM_EXIT_SERROR: the RMM has told the realm of an SError
 * @REALM_EXIT_OFF: the realm cannot run any more
 * @REALM_EXIT_AGAIN: the REC cannot run now
 * @REALM_EXIT_UNKNOWN: .esr and .reason say what is not known
 * @REALM_EXIT_FAILED: RMI_REC_ENTER failed with .status
 */
enum realm_exit_kind {
	REALM_EXIT_IRQ,
	REALM_EXIT_FAULT,
	REALM_EXIT_HOST_CALL,
	REALM_EXIT_PSCI,
	REALM_EXIT_RIPAS,
	REALM_EXIT_SYSREG,
	REALM_EXIT_WFX,
	REALM_EXIT_SERROR,
	REALM_EXIT_OFF,
	REALM_EXIT_AGAIN,
	REALM_EXIT_UNKNOWN,
	REALM_EXIT_FAILED,
};

/**
 * struct realm_exit - an exit of a REC, decoded
 * @kind: which of the others are set
 * @reason: RMI_EXIT_* as the RMM gave it
 * @imm: immediate of a host call
 * @shared: a fault in the unprotected half
 * @emulatable: a fault whose access the host may perform: @len, @write, @data
 * @write: it stores
 * @ram: RIPAS RAM
 * @len: bytes that it accesses
 * @ipa: address, in the realm's own space
 * @top: end of a range
 * @data: the value that is stored
 * @fid: function of PSCI
 * @mpidr: its first argument
 * @esr: syndrome, as far as the RMM shows it
 * @status: result word of RMI_REC_ENTER
 */
struct realm_exit {
	enum realm_exit_kind kind;
	u8 reason;
	u16 imm;
	bool shared;
	bool emulatable;
	bool write;
	bool ram;
	unsigned int len;
	u64 ipa;
	u64 top;
	u64 data;
	u64 fid;
	u64 mpidr;
	u64 esr;
	u64 status;
};

/**
 * struct realm_populate - contents for a realm that does not run yet
 * @gpa: address of the first page in the realm
 * @size: bytes
 * @source: the contents, in user space
 * @measure: measure the contents, not only where they are
 */
struct realm_populate {
	u64 gpa;
	u64 size;
	u64 source;
	bool measure;
};

/* Of the machine. */
void kvm_init_rmi(void);
enum rmi_reason kvm_rmi_reason(void);
const char *rmi_reason_name(enum rmi_reason reason);
int rmi_status_print(u64 ret, char *text, size_t size);
const char *realm_state_name(enum realm_state state);
const char *realm_end_name(enum realm_end end);
unsigned int kvm_rmi_ipa_limit(void);
unsigned int kvm_rmi_max_recs(void);
unsigned int kvm_rmi_max_bps(void);
unsigned int kvm_rmi_max_wps(void);
bool kvm_rmi_has_hash(u64 hash_algo);
u64 kvm_rmi_delegated(void);
u64 kvm_rmi_leaked(void);
u64 kvm_rmi_bad_edges(void);

/**
 * struct rmi_text - something that the realm code knows, in words
 * @name: of a file of debugfs
 * @print: writes it, and returns how many bytes
 */
struct rmi_text {
	const char *name;
	int (*print)(char *text, size_t size);
};

/* All of them, and one without a name. */
extern const struct rmi_text rmi_texts[];

/* Of a realm. */
int kvm_init_realm(struct kvm *kvm, unsigned int ia_bits);
int kvm_realm_set_hash(struct kvm *kvm, u64 hash_algo);
int kvm_realm_set_rpv(struct kvm *kvm, const u8 rpv[REALM_RPV_SIZE]);
int kvm_realm_set_debug(struct kvm *kvm, unsigned int bps, unsigned int wps);
int kvm_create_realm(struct kvm *kvm);
int kvm_activate_realm(struct kvm *kvm);
void kvm_destroy_realm(struct kvm *kvm);
int kvm_realm_print(struct kvm *kvm, char *text, size_t size);

/* Of its memory. */
int kvm_realm_populate(struct kvm *kvm, struct realm_populate *populate);
int kvm_realm_pre_fault(struct kvm *kvm, u64 *gpa, u64 *size);
int kvm_realm_fault(struct kvm *kvm, const struct realm_exit *exit);
int kvm_realm_unmap_private(struct kvm *kvm, u64 gpa, u64 top);
int kvm_realm_unmap_shared(struct kvm *kvm, u64 gpa, u64 top);

/* Of a REC. */
u64 kvm_rec_mpidr(unsigned int index);
int kvm_rec_set_core(struct kvm_vcpu *vcpu, u64 word, u64 value);
void kvm_destroy_rec(struct kvm_vcpu *vcpu);
void kvm_rec_enter(struct kvm_vcpu *vcpu, struct realm_exit *exit);
int kvm_rec_handle_exit(struct kvm_vcpu *vcpu, const struct realm_exit *exit);
void kvm_rec_complete(struct kvm_vcpu *vcpu);
int kvm_rec_inject_sea(struct kvm_vcpu *vcpu);

#endif

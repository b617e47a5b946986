/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A debugger of the machine. As a probe on the debug port of a real one does,
 * it stops processors and sees all that they see, without the RMM or the host
 * knowing of it: no realm is safe from it.
 *
 * All PEs stop and go together. While they are stopped, none executes, none
 * enters a realm and none leaves one: interrupts wait, too, and so does
 * whoever waits for a vCPU. A debugger that wants to end a run detaches first.
 * All functions are for one thread, but for debug_stop() and debug_detach(),
 * which any may call.
 */
#ifndef SIM_MACHINE_DEBUG_H
#define SIM_MACHINE_DEBUG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEBUG_PES_MAX 64
#define DEBUG_BREAKPOINTS_MAX 32

/* A PE, which is a REC: its realm's VMID and its VMPIDR_EL2. */
struct debug_id {
	uint16_t vmid;
	uint64_t vmpidr;
};

enum debug_reason {
	DEBUG_ASKED, /* debug_attach() or debug_stop() */
	DEBUG_STEPPED,
	DEBUG_BREAKPOINT, /* PC is at one; its instruction was not executed */
};

struct debug_event {
	enum debug_reason reason;
	struct debug_id id; /* of the PE; for DEBUG_ASKED, one that there is */
};

struct debug_regs {
	uint64_t x[31];
	uint64_t sp; /* the one that PSTATE selects */
	uint64_t pc;
	uint64_t pstate; /* as SPSR_EL2 */
	uint64_t v[32][2]; /* low half first */
	uint32_t fpcr;
	uint32_t fpsr;
};

/*
 * Attaching stops all PEs, also each that comes later, before its first
 * instruction. Detaching forgets all breakpoints and lets them go. Both may be
 * repeated; machine_stop() detaches.
 */
void debug_attach(void);
void debug_detach(void);

/* Wants a stop, for which debug_wait() waits. */
void debug_stop(void);

/*
 * Waits until the PEs are stopped and at least one has ever run; false after
 * @timeout_ms. While they are stopped it returns the same event again.
 */
bool debug_wait(struct debug_event *event, unsigned int timeout_ms);

/*
 * Lets all PEs go, or makes one execute one instruction. A PE that leaves its
 * realm by that (SMC, fault) has done its step when it is back; all others run
 * meanwhile. Only while the PEs are stopped. False if @id is none of
 * debug_pes() or is away.
 */
void debug_continue(void);
bool debug_step(struct debug_id id);

/*
 * The PEs that have run since the machine started, by VMID and VMPIDR; only
 * while they are stopped. One that is away, because the host has it, shows the
 * registers with which it left its realm; they cannot be written.
 */
struct debug_pe {
	struct debug_id id;
	bool away;
};

unsigned int debug_pes(struct debug_pe pes[DEBUG_PES_MAX]);

/* Only while the PEs are stopped. False if there is no such PE, or as above. */
bool debug_read_regs(struct debug_id id, struct debug_regs *regs);
bool debug_write_regs(struct debug_id id, const struct debug_regs *regs);

/*
 * Memory, by virtual address under the PE's present stage 1 and 2, or by IPA.
 * Permissions do not matter. The number of bytes up to the first address that
 * is not mapped to RAM. Only while the PEs are stopped.
 */
size_t debug_read_va(struct debug_id id, uint64_t va, void *buf, size_t size);
size_t debug_write_va(struct debug_id id, uint64_t va, const void *buf,
		      size_t size);
size_t debug_read_ipa(struct debug_id id, uint64_t ipa, void *buf, size_t size);
size_t debug_write_ipa(struct debug_id id, uint64_t ipa, const void *buf,
		       size_t size);

/*
 * Breakpoints by virtual address, of all PEs at any exception level of a realm.
 * False if there are DEBUG_BREAKPOINTS_MAX, or if there is none to remove. Only
 * while the PEs are stopped.
 */
bool debug_breakpoint_add(uint64_t va);
bool debug_breakpoint_remove(uint64_t va);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A machine with its kernel, and a VMM that makes small realms on it.
 */
#ifndef TESTS_HOST_RIG_H
#define TESTS_HOST_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <asm/page.h>
#include <linux/kernel.h>
#include <linux/types.h>

#include "abi/kvm_uapi.h"
#include "sim/kvm/sim_kvm.h"
#include "sim/machine/machine.h"
#include "tests/host/insn.h"

/* ---- The machine and its kernel ---- */

/* cmocka fixtures: the default machine, up and down again. */
int rig_setup(void **state);
int rig_teardown(void **state);

/* Starts a machine by name, or with what @change makes of the default one. */
void rig_start(const char *name, void (*change)(struct machine_conf *conf));
void rig_stop(void); /* nothing, if it is stopped */

/* rig_start() in two halves, between which faults may be added. */
void rig_prepare(const char *name, void (*change)(struct machine_conf *conf));
void rig_boot(void);

/* Lines of the log since the start that contain @text. */
unsigned int rig_log_count(const char *text);
/* Realm state changes since the start, as in "NONE -> NEW, NEW -> ACTIVE". */
const char *rig_states(void);
/* Why realms ended since the start, as in "off, closed". */
const char *rig_ends(void);

void rig_fault(const char *spec);
u64 rig_calls(const char *command);

/* What changed in the ledger since the start. */
struct rig_ledger {
	u64 in_use;
	u64 leaked;
	u64 warnings;
	u64 bad_edges;
};

struct rig_ledger rig_ledger(void);

/* Nothing in use, nothing with the RMM, nothing to complain about. */
void rig_assert_clean(void);

/* As clean, but for granules that were counted as leaked. */
void rig_assert_accounted(void);

/* ---- A VMM ---- */

#define REALM_BASE 0x40000000ull
#define REALM_SIZE 0x400000ull
#define REALM_SHARED_BIT (1ull << 39) /* of the default, 40 bits */
#define REALM_UART 0x09000000ull /* no slot there */
#define REALM_CALL_PAGE (REALM_BASE + PAGE_SIZE)

#define SIM_IOCTL(fd, request, arg) \
	sim_kvm_ioctl(fd, request, (unsigned long)(arg))

#define GUEST_CPUS 8

struct guest {
	int sys;
	int vm;
	int gmem;
	int vcpu; /* the first */
	int vcpus[GUEST_CPUS];
	unsigned int cpus;
	int gic; /* -1: none */
	u8 *ram; /* the slot's shared memory */
	struct kvm_run *run; /* of the first */
};

/* A realm's VM with one slot, all private, and one vCPU that is initialised. */
void guest_open(struct guest *guest);

/* One vCPU more, which starts switched on, or off. */
void guest_add_vcpu(struct guest *guest, bool on);
void guest_add_vcpu_off(struct guest *guest);

/* The same as guest_open(); false if there are no realms. */
bool guest_try_open(struct guest *guest);

/* The same, with @words as its program at REALM_BASE. */
void guest_load(struct guest *guest, const u32 *words, size_t size);

/* As guest_load(), for a realm that is open; it must end with PROGRAM_OFF. */
void guest_program(struct guest *guest, const u32 *words, size_t size);

/* Populates REALM_BASE and the page behind it from the start of the slot. */
long guest_populate(struct guest *guest);
void guest_close(struct guest *guest);

long guest_run(struct guest *guest);

/* Runs until SYSTEM_EVENT; any other exit fails the test. */
void guest_run_to_off(struct guest *guest);

long guest_attributes(struct guest *guest, u64 gpa, u64 size, u64 attributes);
long guest_set_reg(struct guest *guest, u64 id, u64 value);
u64 guest_get_reg(struct guest *guest, u64 id);
long guest_forward(struct guest *guest, u32 base, u32 count);

/* PSCI SYSTEM_OFF */
#define PROGRAM_OFF A64_SET(0, 0x84000008u), A64_SMC

#endif

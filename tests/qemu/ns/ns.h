/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bare tests at Non-secure EL2, MMU off: what the tests share.
 */
#ifndef TESTS_QEMU_NS_H
#define TESTS_QEMU_NS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/suite/run.h"

/* Which tests to run: a word that tests/qemu/run puts there. */
#define SCENARIO_WORD 0x44100000ull

enum scenario {
	SCENARIO_RMM = 0, /* the real one */
	/* 1 to 6: enum canned_rmm of tests/qemu/monitor/canned.h */
	SCENARIO_ABSENT = 16, /* no RMM in flash, or one that did not start */
	SCENARIO_PROBE = 17, /* with the RMM of tests/qemu/rmm/probe.h */
	SCENARIO_RESET = 18, /* resets the machine once */
	SCENARIO_OFF = 19, /* ends by SYSTEM_OFF, without a sum */
	SCENARIO_TRAP = 20, /* touches a register that is EL3's */
	SCENARIO_FIRST_CPU = 21, /* an RMM that starts on the first CPU only */
	SCENARIO_GRANULES = 22, /* only those of granules */
	SCENARIO_SWEEP = 23, /* a realm that tries all system registers */
	SCENARIO_ARMED = 24, /* tests/qemu/monitor/armed.h */
	SCENARIO_SUITE_4K = 25, /* the conformance suite, with such granules */
	SCENARIO_SUITE_16K = 26,
	SCENARIO_SUITE_64K = 27,
	SCENARIO_NO_RESET = 28, /* may not: memory is delegated */
};

/* ---- Checks (check.c) ---- */

/* Prints and counts; @name says what must hold. */
void expect(const char *name, bool holds);

/* Prints the counts and ends QEMU: exit code 0 if nothing failed. */
_Noreturn void finish(void);

void print(const char *text, ...);

/* ---- Calls (call.c) ---- */

/* An SMC with x1 to x5; @x has x0 to x4 of the answer. */
struct answer {
	uint64_t x[5];
};

struct answer call(uint32_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		   uint64_t x4, uint64_t x5);

#define call0(fid) call(fid, 0, 0, 0, 0, 0)
#define call1(fid, x1) call(fid, x1, 0, 0, 0, 0)
#define call2(fid, x1, x2) call(fid, x1, x2, 0, 0, 0)

/* smc_registers.S */
void smc_registers(const uint64_t in[31], uint64_t out[31]);

/* The status of RMI's range commands, called until all is done or one fails. */
uint64_t delegate(uint64_t base, uint64_t size);
uint64_t undelegate(uint64_t base, uint64_t size);

/* ---- Vector registers (registers.c) ---- */

void fp_fill(void);
bool fp_is_filled(void);

/* ---- Faults (fault.c) ---- */

struct fault {
	uint64_t count;
	uint64_t esr;
	uint64_t far;
};

/* Access one word; false if that made a granule protection fault there. */
bool can_read(uint64_t pa, uint64_t *value);
bool can_write(uint64_t pa, uint64_t value);
bool can_execute(uint64_t pa);

/* True if the last fault was a granule protection fault at @pa. */
bool was_gpf(uint64_t pa);

/* ---- CPUs (cpus.c) ---- */

/* How many there are, by PSCI. */
unsigned int cpus_count(void);

/* Switches @cpu on; false if it did not come. Or, the two steps of this. */
bool cpu_start(unsigned int cpu);
int64_t cpu_on(unsigned int cpu); /* what PSCI says */
bool cpu_arrives(unsigned int cpu);
bool cpu_stop(unsigned int cpu);

/* Lets a started CPU run @job; cpu_wait() for its end. */
void cpu_run(unsigned int cpu, void (*job)(void));
void cpu_wait(unsigned int cpu);
unsigned int this_cpu(void);

/* ---- The tests, a file each ---- */

void test_smccc(void);
void test_forwarding(void); /* after RMM_ACTIVATE */
void test_psci(void);
void test_start_rmm(void); /* RMI_VERSION to RMM_ACTIVATE */
void test_registers(void);
void test_banks(uint32_t fid); /* the call that must leave them alone */
void test_translate(void);
void test_granules(void);
void test_races(void);
void test_flips(void);
void test_realm(void);
void test_run_rsi(void); /* builds the realm of live.h */
void test_run_mmio(void);
void test_run_mmu(void);
void test_run_aborts(void);
void test_run_interrupts(void);
void test_run_simd(void);
void test_run_registers(void);
void test_run_cpus(void);
void test_run_speed(void);
void test_run_end(void); /* and this one takes it apart */
void test_sweep(void);
void test_suite(suite_run_function *run);
void test_canned(unsigned int which);
void test_armed(void);
void test_absent(void);
void test_measure(void);
void test_reset(void);
void test_no_reset(void);
void test_off(void);
void test_trap(void);
void test_first_cpu(void);

#endif

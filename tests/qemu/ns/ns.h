/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bare tests at Non-secure EL2, MMU off: what the tests share.
 */
#ifndef TESTS_QEMU_NS_H
#define TESTS_QEMU_NS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which tests to run: a word that tests/qemu/run puts there. */
#define SCENARIO_WORD 0x44100000ull

enum scenario {
	SCENARIO_RMM = 0, /* the real one */
	/* 1 to 5: enum canned_rmm of monitor/canned.h */
	SCENARIO_ABSENT = 16, /* no RMM in flash */
	SCENARIO_MEASURE = 17, /* builds a realm, then waits to be read */
	SCENARIO_RESET = 18, /* resets the machine once */
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

/* Switches @cpu on; false if it did not come. */
bool cpu_start(unsigned int cpu);
bool cpu_stop(unsigned int cpu);

/* Lets a started CPU run @job; cpu_wait() for its end. */
void cpu_run(unsigned int cpu, void (*job)(void));
void cpu_wait(unsigned int cpu);
unsigned int this_cpu(void);

/* ---- The tests, a file each ---- */

void test_smccc(void);
void test_psci(void);
void test_start_rmm(void); /* RMI_VERSION to RMM_ACTIVATE */
void test_registers(void);
void test_granules(void);
void test_races(void);
void test_realm(void);
void test_canned(unsigned int which);
void test_absent(void);
_Noreturn void test_measure(void);
void test_reset(void);

#endif

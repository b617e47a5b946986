/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PE as a Unicorn engine: an AArch64 processor (Cortex-A72) that walks stage
 * 2 tables in RAM as EL2 left them. Its users know nothing of Unicorn.
 *
 * Between engine_store() and engine_load() an engine holds nothing: all of a
 * PE's state lies with its REC. An engine belongs to one thread.
 */
#ifndef SIM_MACHINE_ENGINE_H
#define SIM_MACHINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/pe.h"

struct engine;

/* An exception that the engine has recognised and not taken. */
struct engine_trap {
	unsigned int el; /* that it targets: 1 or 2 */
	uint64_t pc; /* preferred return address */
	uint64_t esr;
	uint64_t far;
	uint64_t hpfar; /* of aborts that target EL2 */
};

/* Makes an engine and checks that it is one we know; else the machine dies. */
struct engine *engine_open(void);
void engine_close(struct engine *engine);

/* Moves a PE's state in, with empty TLBs, or out. */
void engine_load(struct engine *engine, const struct pe *pe,
		 const struct pe_simd *simd, const struct pe_regime *regime);
void engine_store(struct engine *engine, struct pe *pe, struct pe_simd *simd);

/*
 * Runs up to @budget instructions. True if an exception ended the run, which is
 * then in @trap; false if the budget did.
 */
bool engine_run(struct engine *engine, uint64_t budget,
		struct engine_trap *trap);

/* Takes an exception that targets EL1: the run goes on at its vector. */
void engine_take_to_el1(struct engine *engine, const struct engine_trap *trap);

/*
 * Drops what was translated of [@pa, @pa + @size), granules of RAM. Only while
 * no PE is loaded.
 */
void engine_drop_code(struct engine *engine, uint64_t pa, uint64_t size);

#endif

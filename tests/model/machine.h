/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What world.c knows of the machine under the RMM, so that it can put it back:
 * machine.c answers rmm/platform.h from this and nothing else.
 */
#ifndef TESTS_MODEL_MACHINE_H
#define TESTS_MODEL_MACHINE_H

#include "world.h"

#define MACHINE_RAM (WORLD_GRANULES * WORLD_PAGE)
#define MACHINE_METADATA 256

extern struct machine {
	_Alignas(4096) uint8_t ram[MACHINE_RAM];
	_Alignas(64) uint8_t metadata[MACHINE_METADATA];
	bool realm_pas[WORLD_GRANULES];
	uint64_t ich_hcr;
} machine;

/*
 * A bit a granule: somebody had it in hand who may have written to it. The RMM
 * gets at memory through this machine alone.
 */
extern uint32_t machine_touched;

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A machine as data: what a file of machines/ says.
 */
#ifndef SIM_MACHINE_CONF_H
#define SIM_MACHINE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MACHINE_RAM_MAX 8
#define MACHINE_CPU_MAX 16
#define MACHINE_VERSIONS_MAX 8
#define MACHINE_ANSWERS_MAX 16
#define MACHINE_NAME_MAX 64
#define MACHINE_ANSWER_MAX 64

/*
 * What decides the order of things when there are several PEs.
 *
 * Fixed: the counter counts instructions, one tick each, whichever PE executes
 * them, and the host's vCPU threads take turns of a fixed number of them
 * (sim/kernel/turns.h says what of a run is the same each time).
 *
 * Free: the counter is the host's clock, and threads overlap as they like.
 */
enum machine_sched {
	MACHINE_SCHED_FIXED,
	MACHINE_SCHED_FREE,
};

struct machine_ram {
	uint64_t base;
	uint64_t size;
};

struct machine_conf {
	char name[MACHINE_NAME_MAX];
	struct machine_ram ram[MACHINE_RAM_MAX]; /* ascending, no overlap */
	unsigned int ram_count;
	unsigned int cpus;
	uint64_t id_aa64pfr0[MACHINE_CPU_MAX]; /* one a CPU */
	unsigned int pa_bits;
	enum machine_sched sched;
	bool vhe; /* the host runs at EL2 */
	bool rmm; /* false: every RMI call answers -1 */

	/* Canned: RMI_VERSION as if the RMM spoke these and no others. */
	uint64_t versions[MACHINE_VERSIONS_MAX]; /* ascending RMI_ABI_VERSION */
	unsigned int version_count;

	/* Canned: specifications for conduit_fault_add(), for every run. */
	char answers[MACHINE_ANSWERS_MAX][MACHINE_ANSWER_MAX];
	unsigned int answer_count;
};

/*
 * Reads @text, the contents of a machine file called @name. False, with one
 * line in @err that names the line and the bound, if it is nonsense.
 */
bool machine_conf_parse(const char *name, const char *text,
			struct machine_conf *conf, char *err, size_t size);

/*
 * Loads a machine by name (one of those built in from machines/, see
 * machine_conf_names()) or, if the name has a '/' or ends in ".conf", by file.
 */
bool machine_conf_load(const char *name_or_file, struct machine_conf *conf,
		       char *err, size_t size);

/* Names of the built-in machines, the default first; NULL at the end. */
const char *const *machine_conf_names(void);

#endif

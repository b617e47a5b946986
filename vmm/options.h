/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The command line: what the user asks for, checked as far as it can be
 * without looking at files or at a machine.
 */
#ifndef VMM_OPTIONS_H
#define VMM_OPTIONS_H

#include <limits.h>
#include <stddef.h>
#include <stdio.h>

#include "vmm/err.h"
#include "vmm/layout.h"

#define RPV_SIZE 64
#define FAULTS_MAX 32
#define IMAGES_MAX 8
#define TIMEOUT_DEFAULT 60
#define TIMEOUT_MAX 86400 /* and the default with a debugger */
#define PORT_MAX 65535

enum command {
	COMMAND_NONE,
	COMMAND_RUN,
	COMMAND_MEASURE,
	COMMAND_PROBE,
};

/* What decides the order in which vCPUs run (sim/machine/conf.h). */
enum sched {
	SCHED_MACHINE, /* as the machine's file says */
	SCHED_FIXED,
	SCHED_FREE,
};

struct option_image {
	const char *path;
	u64 at; /* or IMAGE_AT_DEFAULT */
};

struct option_share {
	char path[PATH_MAX];
	u64 ipa;
};

struct options {
	enum command command;
	bool help;
	bool version;

	struct layout layout; /* without the host files */
	u32 hash; /* KVM_ARM_RMI_HASH_* */
	u8 rpv[RPV_SIZE]; /* zero padded at the end */
	const char *machine; /* NULL: the default one */
	const char *faults[FAULTS_MAX];
	unsigned int fault_count;
	const char *backend; /* NULL: the best one */
	const char *sim_option; /* given, and a simulated machine's; or NULL */
	bool trace;
	const char *trace_file; /* NULL: stderr */
	bool stats;
	bool blocks; /* private memory in blocks of 2 MiB */
	enum sched sched;
	unsigned int timeout; /* seconds */
	bool gdb; /* a debugger may connect, */
	unsigned int gdb_port; /* here; 0: to a port that is free */
	u64 image_at; /* for the next image */
	struct option_image images[IMAGES_MAX];
	unsigned int image_count;
	struct option_share shares[SHARES_MAX];
	unsigned int share_count;
};

/*
 * Reads @argv into @options, which keeps pointers into it. False, with the
 * option and its bound in @err, if it makes no sense.
 */
bool options_parse(int argc, char **argv, struct options *options,
		   struct err *err);

/* A help text: of one command, or for COMMAND_NONE of them all. */
void options_help(enum command command, FILE *file);

/* "4096", "0x1000", "64K", "256M", "1G", "1T": bytes. False if it is none. */
bool options_size(const char *text, u64 *size);

/* A decimal number from 0 to @max. False if it is none. */
bool options_number(const char *text, unsigned long max, unsigned int *value);

/* Two digits a byte, at most @max bytes; those not given are zero. */
bool options_hex(const char *text, u8 *bytes, size_t max, struct err *err);

#endif

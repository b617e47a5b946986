/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The command line: what the user asks for, checked as far as it can be
 * without looking at files or at a machine.
 */
#ifndef VMM_OPTIONS_H
#define VMM_OPTIONS_H

#include <stddef.h>
#include <stdio.h>

#include "vmm/err.h"
#include "vmm/layout.h"

#define RPV_SIZE 64
#define FAULTS_MAX 32
#define TIMEOUT_DEFAULT 60
#define TIMEOUT_MAX 86400

enum command {
	COMMAND_NONE,
	COMMAND_RUN,
	COMMAND_PROBE,
};

struct options {
	enum command command;
	bool help;
	bool version;

	struct layout layout;
	u32 hash; /* KVM_ARM_RMI_HASH_* */
	u8 rpv[RPV_SIZE]; /* zero padded at the end */
	const char *machine; /* NULL: the default one */
	const char *faults[FAULTS_MAX];
	unsigned int fault_count;
	bool trace;
	const char *trace_file; /* NULL: stderr */
	bool stats;
	unsigned int timeout; /* seconds */
	const char *image;
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

/* Two digits a byte, at most @max bytes; those not given are zero. */
bool options_hex(const char *text, u8 *bytes, size_t max, struct err *err);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A file of the host's as it lies in memory: a private copy.
 */
#ifndef VMM_FILE_H
#define VMM_FILE_H

#include "abi/stdint/abi_types.h"
#include "vmm/err.h"

struct file {
	const char *path;
	u8 *data; /* writable; the file itself stays as it is */
	u64 size; /* at least 1 */
};

/* False, with the file in @err, if it is not a regular one or is empty. */
bool file_map(const char *path, struct file *file, struct err *err);
void file_unmap(struct file *file);

#endif

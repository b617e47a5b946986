// SPDX-License-Identifier: BSD-3-Clause
/*
 * A file of the host's as it lies in memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vmm/file.h"

bool file_map(const char *path, struct file *file, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat stat;
	bool ok = false;

	*file = (struct file){ .path = path };
	if (fd < 0)
		return err_set(err, "%s: %s", path, strerror(errno));
	if (fstat(fd, &stat))
		err_set(err, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(stat.st_mode))
		err_set(err, "%s: not a regular file", path);
	else if (!stat.st_size)
		err_set(err, "%s: the file is empty", path);
	else
		ok = true;
	if (ok) {
		file->size = (u64)stat.st_size;
		/* Writable, since libelf may work in place; never written. */
		file->data = mmap(NULL, file->size, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE, fd, 0);
		if (file->data == MAP_FAILED)
			ok = err_set(err, "%s: %s", path, strerror(errno));
	}
	close(fd);
	return ok;
}

void file_unmap(struct file *file)
{
	munmap(file->data, file->size);
}

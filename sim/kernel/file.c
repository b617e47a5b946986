// SPDX-License-Identifier: BSD-3-Clause
/*
 * The table of descriptors.
 */
#include <pthread.h>
#include <stdlib.h>

#include <linux/errno.h>
#include <linux/kernel.h>

#include "sim/kernel/file.h"

static pthread_mutex_t files_lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *files[1024];

int file_install(const struct file_ops *ops, void *object)
{
	struct file *file = malloc(sizeof(*file));
	int fd, last = ARRAY_SIZE(files);

	if (!file)
		return -ENOMEM;
	*file = (struct file) { ops, object, 1 };

	pthread_mutex_lock(&files_lock);
	for (fd = 0; fd < last && files[fd]; fd++)
		;
	if (fd < last)
		files[fd] = file;
	pthread_mutex_unlock(&files_lock);

	if (fd < last)
		return fd;
	free(file);
	return -EMFILE;
}

struct file *file_get(int fd)
{
	struct file *file = NULL;

	pthread_mutex_lock(&files_lock);
	if (fd >= 0 && fd < (int)ARRAY_SIZE(files))
		file = files[fd];
	if (file)
		file->users++;
	pthread_mutex_unlock(&files_lock);
	return file;
}

void file_put(struct file *file)
{
	unsigned int left;

	pthread_mutex_lock(&files_lock);
	left = --file->users;
	pthread_mutex_unlock(&files_lock);
	if (left)
		return;
	if (file->ops->release)
		file->ops->release(file->object);
	free(file);
}

int file_close(int fd)
{
	struct file *file = NULL;

	pthread_mutex_lock(&files_lock);
	if (fd >= 0 && fd < (int)ARRAY_SIZE(files)) {
		file = files[fd];
		files[fd] = NULL;
	}
	pthread_mutex_unlock(&files_lock);
	if (!file)
		return -EBADF;
	file_put(file);
	return 0;
}

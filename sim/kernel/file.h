/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors of the simulated kernel: small numbers of its own, unrelated to
 * those of the process.
 */
#ifndef SIM_KERNEL_FILE_H
#define SIM_KERNEL_FILE_H

struct file_ops {
	long (*ioctl)(void *object, unsigned long request, unsigned long arg);
	void (*release)(void *object);
};

struct file {
	const struct file_ops *ops;
	void *object;
	unsigned int users;
};

/* A descriptor for @object, or -EMFILE or -ENOMEM. */
int file_install(const struct file_ops *ops, void *object);

/* The file behind @fd, or NULL. file_put() takes what file_get() gave. */
struct file *file_get(int fd);
void file_put(struct file *file);

/* Takes @fd away; the file goes when nobody uses it. 0 or -EBADF. */
int file_close(int fd);

#endif

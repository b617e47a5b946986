/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: the log goes to sim_kvm_watch()'s watcher.
 */
#ifndef SIM_LINUX_PRINTK_H
#define SIM_LINUX_PRINTK_H

#include <stdbool.h>

/* One line of the kernel log; the end of line is dropped. */
void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* How often one place of the source has spoken since the boot. */
struct ratelimit {
	unsigned int boot;
	unsigned int lines;
};

/* False if @limit had its lines. */
bool printk_ratelimit(struct ratelimit *limit);

#define pr_info(...) printk(__VA_ARGS__)
#define pr_err(...) printk(__VA_ARGS__)
#define pr_err_ratelimited(...) \
	do { \
		static struct ratelimit limit; \
		if (printk_ratelimit(&limit)) \
			printk(__VA_ARGS__); \
	} while (0)

#endif

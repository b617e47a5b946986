/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: the log goes to sim_kvm_watch()'s watcher.
 */
#ifndef SIM_LINUX_PRINTK_H
#define SIM_LINUX_PRINTK_H

/* One line of the kernel log; the end of line is dropped. */
void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));

#define pr_info(...) printk(__VA_ARGS__)
#define pr_err(...) printk(__VA_ARGS__)
#define pr_err_ratelimited(...) printk(__VA_ARGS__)

#endif

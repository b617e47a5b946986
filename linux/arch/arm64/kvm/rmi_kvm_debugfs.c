// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/debug/rmi: what the kernel knows of the RMM.
 *	reason		why there are no realms, by name; "none" if there are
 *	delegated	granules that the RMM has by now
 *	leaked		granules that the RMM has kept since boot
 *	bad_edges	changes of a realm's state that were refused
 *	ipa_bits	the widest IPA space of a realm, 0 without an RMM
 */
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/seq_file.h>

#include <asm/kvm_rmi.h>

#define RMI_FILE(name, format, value)					\
static int rmi_##name##_show(struct seq_file *file, void *unused)	\
{									\
	seq_printf(file, format "\n", value);				\
	return 0;							\
}									\
DEFINE_SHOW_ATTRIBUTE(rmi_##name)

RMI_FILE(reason, "%s", rmi_reason_name(kvm_rmi_reason()));
RMI_FILE(delegated, "%llu", kvm_rmi_delegated());
RMI_FILE(leaked, "%llu", kvm_rmi_leaked());
RMI_FILE(bad_edges, "%llu", kvm_rmi_bad_edges());
RMI_FILE(ipa_bits, "%u", kvm_rmi_ipa_limit());

/* After KVM, which looks for the RMM. */
static int __init rmi_debugfs_init(void)
{
	struct dentry *dir = debugfs_create_dir("rmi", NULL);

	debugfs_create_file("reason", 0444, dir, NULL, &rmi_reason_fops);
	debugfs_create_file("delegated", 0444, dir, NULL, &rmi_delegated_fops);
	debugfs_create_file("leaked", 0444, dir, NULL, &rmi_leaked_fops);
	debugfs_create_file("bad_edges", 0444, dir, NULL, &rmi_bad_edges_fops);
	debugfs_create_file("ipa_bits", 0444, dir, NULL, &rmi_ipa_bits_fops);
	return 0;
}
late_initcall(rmi_debugfs_init);

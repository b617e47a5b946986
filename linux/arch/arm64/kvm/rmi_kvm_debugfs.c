// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/debug/rmi: what the kernel knows of the RMM.
 *
 *	reason		why there are no realms, by name; "none" if there are
 *	leaked		granules that the RMM has kept since boot
 *	bad_edges	changes of a realm's state that were refused
 *	ipa_bits	the widest IPA space of a realm, 0 without an RMM
 */
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/seq_file.h>

#include <asm/kvm_rmi.h>

static int rmi_reason_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%s\n", rmi_reason_name(kvm_rmi_reason()));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(rmi_reason);

static int rmi_leaked_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%llu\n", kvm_rmi_leaked());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(rmi_leaked);

static int rmi_bad_edges_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%llu\n", kvm_rmi_bad_edges());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(rmi_bad_edges);

static int rmi_ipa_bits_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%u\n", kvm_rmi_ipa_limit());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(rmi_ipa_bits);

/* After KVM, which looks for the RMM. */
static int __init rmi_debugfs_init(void)
{
	struct dentry *dir = debugfs_create_dir("rmi", NULL);

	debugfs_create_file("reason", 0444, dir, NULL, &rmi_reason_fops);
	debugfs_create_file("leaked", 0444, dir, NULL, &rmi_leaked_fops);
	debugfs_create_file("bad_edges", 0444, dir, NULL, &rmi_bad_edges_fops);
	debugfs_create_file("ipa_bits", 0444, dir, NULL, &rmi_ipa_bits_fops);
	return 0;
}
late_initcall(rmi_debugfs_init);

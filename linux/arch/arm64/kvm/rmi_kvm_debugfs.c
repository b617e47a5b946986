// SPDX-License-Identifier: GPL-2.0-only
/*
 * debugfs: the texts of rmi_text.c, in rmi/ and in the folder of a realm's VM.
 */
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/seq_file.h>

#define CREATE_TRACE_POINTS
#include <asm/trace_rmi.h>

/* No text is longer than the page that there is for it. */
static int rmi_show(struct seq_file *file, void *unused)
{
	const struct rmi_text *text = file->private;
	char *at;
	size_t room = seq_get_buf(file, &at);

	seq_commit(file, text->print(at, room));
	seq_putc(file, '\n');
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(rmi);

static int realm_show(struct seq_file *file, void *unused)
{
	char *at;
	size_t room = seq_get_buf(file, &at);

	seq_commit(file, kvm_realm_print(file->private, at, room));
	seq_putc(file, '\n');
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(realm);

void kvm_realm_create_debugfs(struct kvm *kvm)
{
	debugfs_create_file("realm", 0444, kvm->debugfs_dentry, kvm,
			    &realm_fops);
}

/* After KVM, which looks for the RMM. */
static int __init rmi_debugfs_init(void)
{
	struct dentry *dir = debugfs_create_dir("rmi", NULL);
	const struct rmi_text *text;

	for (text = rmi_texts; text->name; text++)
		debugfs_create_file(text->name, 0444, dir, (void *)text,
				    &rmi_fops);
	return 0;
}
late_initcall(rmi_debugfs_init);

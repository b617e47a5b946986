/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where realms run: on a machine that is simulated here, or on the one that we
 * run on. What only one of them has is behind this structure; a build of cca
 * has those that hosts[] lists (hosts.c, and for a KVM alone kvm_only/hosts.c).
 * One host is up in a process, at most.
 */
#ifndef VMM_HOST_H
#define VMM_HOST_H

#include "vmm/backend.h"
#include "vmm/options.h"

struct host {
	const struct kvm_backend *kvm;

	/* It takes the options of a simulated machine. */
	bool simulated;

	/* It is there, and has realms: what cca uses unless told otherwise. */
	bool (*is_offered)(void);

	/* Names of machines, the default first, then NULL. */
	const char *const *(*machines)(void);

	/*
	 * Makes the host of @options ready. An exit status: 0, 2 if they make
	 * no sense here, 3 if it does not come up; with a line in @err, and
	 * nothing left.
	 */
	int (*start)(const struct options *options, struct err *err);
	void (*stop)(void);

	/* Has realms; and why not, in a word, "none" if it has. */
	bool (*has_realms)(void);
	const char *(*reason)(void);

	/*
	 * Before the vCPUs start, while they are to end, and when they have,
	 * with an exit status: a debugger's moments.
	 */
	bool (*vcpus_start)(const struct options *options, struct err *err);
	void (*vcpus_stop)(void);
	void (*vcpus_ended)(int status);

	/*
	 * What the kernel has to say of the RMM under that name (a row
	 * of linux/arch/arm64/kvm/rmi_text.c), without the last end of line.
	 * "" if there is no such thing, or if it is not for us.
	 */
	void (*says)(const char *name, char *text, size_t size);

	/* Prints what cca probe has to say besides. */
	void (*probe)(void);

	/*
	 * Prints what the run has cost, with @details more of it, and what the
	 * realm left behind: true if that is nothing.
	 */
	bool (*report)(bool details);
};

extern const struct host host_sim, host_kvm;

/* What this build has, then NULL. The last is the one for want of a better. */
extern const struct host *const hosts[];

/*
 * The host that @options ask for, else the first that is offered. NULL, with
 * the option in @err, if they ask for one that this build has not, or for what
 * that host has not.
 */
const struct host *host_choose(const struct options *options, struct err *err);

#endif

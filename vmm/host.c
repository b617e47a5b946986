// SPDX-License-Identifier: BSD-3-Clause
/*
 * Which host a run is for.
 */
#include <string.h>

#include "vmm/host.h"

static const struct host *find(const struct options *options, struct err *err)
{
	const struct host *const *host = hosts;

	for (; *host; host++)
		if (!strcmp((*host)->kvm->name, options->backend))
			return *host;
	err_set(err, "--backend %s: this cca has only %s", options->backend,
		hosts[0]->kvm->name);
	return NULL;
}

/* Options that only a simulated machine has are a wish for one. */
static const struct host *best(const struct options *options)
{
	const struct host *const *host = hosts;

	while (host[1] && ((options->sim_option && !(*host)->simulated) ||
			   !(*host)->is_offered()))
		host++;
	return *host;
}

const struct host *host_choose(const struct options *options, struct err *err)
{
	const struct host *host;

	host = options->backend ? find(options, err) : best(options);
	if (!host || host->simulated || !options->sim_option)
		return host;
	err_set(err, "--%s: only with --backend sim, not with %s",
		options->sim_option, host->kvm->name);
	return NULL;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The host that we run on: its kernel has booted long ago, and keeps its ledger
 * in debugfs.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "abi/kvm_uapi.h"
#include "vmm/backend_kvm.h"
#include "vmm/host.h"
#include "vmm/supervise.h"

#define LEDGER "/sys/kernel/debug/rmi/"

/* Granules that the RMM had kept when we began. */
static u64 leaked_before;

static void says(const char *name, char *text, size_t size)
{
	char path[64];
	FILE *file;
	size_t length = 0;

	snprintf(path, sizeof(path), LEDGER "%s", name);
	file = fopen(path, "re");
	if (file) {
		length = fread(text, 1, size - 1, file);
		fclose(file);
	}
	if (length && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
}

/* False if we may not look, or there is nothing. */
static bool read_leaked(u64 *leaked)
{
	char line[32];

	says("leaked", line, sizeof(line));
	return sscanf(line, "%" SCNu64, leaked) == 1;
}

/* 1: realms, 0: none, or -errno of /dev/kvm. */
static long realms(void)
{
	int fd = backend_kvm.open();
	long ret;

	if (fd < 0)
		return fd;
	ret = backend_kvm.ioctl(fd, KVM_CHECK_EXTENSION, KVM_CAP_ARM_RMI);
	backend_kvm.close(fd);
	return ret > 0;
}

static bool has_realms(void)
{
	return realms() > 0;
}

static const char *reason(void)
{
	static char line[64];
	long ret = realms();

	if (ret < 0) {
		snprintf(line, sizeof(line), "/dev/kvm: %s",
			 strerror((int)-ret));
		return line;
	}
	says("reason", line, sizeof(line));
	if (*line)
		return line;
	return ret ? "none" : "the kernel does not say";
}

static const char *const *machines(void)
{
	static const char *const none[] = { NULL };

	return none;
}

static int start(const struct options *options, struct err *err)
{
	(void)options;
	(void)err;
	leaked_before = 0;
	read_leaked(&leaked_before);
	return STATUS_OK;
}

static void stop(void)
{
}

static bool vcpus_start(const struct options *options, struct err *err)
{
	(void)options;
	(void)err;
	return true;
}

static void vcpus_stop(void)
{
}

static void vcpus_ended(int status)
{
	(void)status;
}

static void probe(void)
{
}

/* Without the right to look into debugfs there is nothing to say. */
static bool report(bool details)
{
	u64 leaked;

	(void)details;
	if (!read_leaked(&leaked))
		return true;
	printf("granules leaked %" PRIu64 "\n", leaked - leaked_before);
	return leaked == leaked_before;
}

const struct host host_kvm = {
	.kvm = &backend_kvm,
	.is_offered = has_realms,
	.machines = machines,
	.start = start,
	.stop = stop,
	.has_realms = has_realms,
	.reason = reason,
	.vcpus_start = vcpus_start,
	.vcpus_stop = vcpus_stop,
	.vcpus_ended = vcpus_ended,
	.says = says,
	.probe = probe,
	.report = report,
};

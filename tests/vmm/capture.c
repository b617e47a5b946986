// SPDX-License-Identifier: BSD-3-Clause
/*
 * A command's work in a child process.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/vmm/capture.h"
#include "vmm/measure.h"
#include "vmm/options.h"
#include "vmm/probe.h"
#include "vmm/run.h"
#include "vmm/supervise.h"

#define WORDS_MAX 30

void capture_start(struct capture_child *child,
		   int (*work)(const void *context), const void *context)
{
	child->out = memfd_create("out", MFD_CLOEXEC);
	child->err = memfd_create("err", MFD_CLOEXEC);
	if (child->out < 0 || child->err < 0)
		abort();
	fflush(NULL);
	child->pid = fork();
	if (child->pid < 0)
		abort();
	if (child->pid)
		return;
	dup2(child->out, STDOUT_FILENO);
	dup2(child->err, STDERR_FILENO);
	exit(work(context));
}

static char *read_all(int fd)
{
	char *text = calloc(1, CAPTURE_MAX);
	ssize_t n = text ? pread(fd, text, CAPTURE_MAX - 1, 0) : -1;

	if (n < 0)
		abort();
	return text;
}

void capture_end(struct capture_child *child, struct capture *capture)
{
	int status;

	if (waitpid(child->pid, &status, 0) != child->pid)
		abort();
	capture->status = WIFEXITED(status) ? WEXITSTATUS(status) :
					      1000 + WTERMSIG(status);
	capture->out = read_all(child->out);
	capture->err = read_all(child->err);
	close(child->out);
	close(child->err);
}

void capture_run(struct capture *capture, int (*work)(const void *context),
		 const void *context)
{
	struct capture_child child;

	capture_start(&child, work, context);
	capture_end(&child, capture);
}

void capture_free(struct capture *capture)
{
	free(capture->out);
	free(capture->err);
	capture->out = capture->err = NULL;
}

bool capture_wait_for(const struct capture_child *child, const char *text)
{
	bool found = false;

	for (int tries = 0; !found && tries < 2000; tries++) {
		char *out = read_all(child->out);

		found = strstr(out, text) != NULL;
		free(out);
		if (!found)
			usleep(10000);
	}
	return found;
}

/* As vmm/main.c, which tests are linked without. */
static int cca(const void *context)
{
	static char words[4096];
	static char *argv[WORDS_MAX + 2] = { "cca" };
	struct options options;
	struct err err;
	int argc = 1;

	snprintf(words, sizeof(words), "%s", (const char *)context);
	for (char *word = strtok(words, " "); word && argc <= WORDS_MAX;
	     word = strtok(NULL, " "))
		argv[argc++] = word;
	if (!options_parse(argc, argv, &options, &err)) {
		err_print(&err);
		return STATUS_USAGE;
	}
	if (options.command == COMMAND_MEASURE)
		return measure_realm(&options);
	if (options.command == COMMAND_PROBE)
		return supervise(probe_machine, &options, options.timeout);
	return supervise(run_realm, &options, options.timeout);
}

void capture_cca(struct capture *capture, const char *words)
{
	capture_run(capture, cca, words);
}

void capture_cca_start(struct capture_child *child, const char *words)
{
	capture_start(child, cca, words);
}

bool capture_one_error(const struct capture *capture)
{
	const char *end = strchr(capture->err, '\n');

	return !strncmp(capture->err, "cca: ", 5) && end && !end[1];
}

const char *guest_path(const char *name)
{
	static char path[4096];
	const char *folder = getenv("CCA_GUESTS");

	snprintf(path, sizeof(path), "%s/%s.elf",
		 folder ? folder : "build/guests", name);
	return path;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where machine files come from: machines/, built into the program, or a path.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "sim/machine/conf.h"
#include "sim/machine/embedded.h"

#define DEFAULT_MACHINE "rme"
#define SUFFIX ".conf"
#define FILE_MAX 65536
#define NAMES_MAX 64

static bool is_path(const char *name)
{
	size_t length = strlen(name), suffix = strlen(SUFFIX);

	return strchr(name, '/') ||
	       (length > suffix && !strcmp(name + length - suffix, SUFFIX));
}

/* A file's machine is called as the file, without folder and ending. */
static void set_name(struct machine_conf *conf, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t length;

	path = slash ? slash + 1 : path;
	length = strlen(path);
	if (is_path(path))
		length -= strlen(SUFFIX);
	snprintf(conf->name, sizeof(conf->name), "%.*s", (int)length, path);
}

static bool load_file(const char *path, struct machine_conf *conf, char *err,
		      size_t size)
{
	static _Thread_local char text[FILE_MAX];
	FILE *file = fopen(path, "r");
	size_t length;
	bool bad;

	if (!file) {
		snprintf(err, size, "%s: %s", path, strerror(errno));
		return false;
	}
	errno = 0;
	length = fread(text, 1, sizeof(text), file);
	bad = ferror(file);
	fclose(file);
	if (bad) {
		snprintf(err, size, "%s: %s", path, strerror(errno));
		return false;
	}
	if (length == sizeof(text)) {
		snprintf(err, size, "%s: more than %d bytes", path,
			 FILE_MAX - 1);
		return false;
	}
	text[length] = '\0';
	if (!machine_conf_parse(path, text, conf, err, size))
		return false;
	set_name(conf, path);
	return true;
}

bool machine_conf_load(const char *name_or_file, struct machine_conf *conf,
		       char *err, size_t size)
{
	const struct embedded *file;

	if (is_path(name_or_file))
		return load_file(name_or_file, conf, err, size);
	for (file = machine_files; file->name; file++) {
		if (!strcmp(file->name, name_or_file))
			return machine_conf_parse(name_or_file, file->text,
						  conf, err, size);
	}
	snprintf(err, size, "%s: no built-in machine, and no path to one",
		 name_or_file);
	return false;
}

const char *const *machine_conf_names(void)
{
	static _Thread_local const char *names[NAMES_MAX + 1];
	unsigned int n = 0;

	names[n++] = DEFAULT_MACHINE;
	for (const struct embedded *f = machine_files; f->name; f++) {
		if (strcmp(f->name, DEFAULT_MACHINE) != 0 && n < NAMES_MAX)
			names[n++] = f->name;
	}
	names[n] = NULL;
	return names;
}

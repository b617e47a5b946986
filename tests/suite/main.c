/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * suite --rmm FILE.so: the suite over a port in a shared object.
 */
#include <dlfcn.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/suite/audit.h"
#include "tests/suite/report.h"
#include "tests/suite/run.h"

static const char usage[] =
	"usage: suite --rmm FILE.so [OPTION...]\n"
	"  --rmm FILE.so    the RMM: a port (tests/suite/port.h)\n"
	"  --granule SIZE   4K (the default), 16K or 64K\n"
	"  --strict         also what only a strict RMM must do\n"
	"  --no-strict      not even if the port says that it is\n"
	"  --only TEXT      conditions whose line contains TEXT\n"
	"  --list           say which conditions there are\n"
	"  --tap            all conditions, as the Test Anything Protocol\n"
	"  --json           all conditions, a JSON object a line\n"
	"  --verbose        all conditions, not only those that failed\n"
	"  --audit          make the RMM lie until each condition notices\n"
	"  --audit-all      the same with every lie\n";

enum { OPT_RMM = 1, OPT_GRANULE, OPT_STRICT, OPT_NO_STRICT, OPT_ONLY, OPT_LIST,
       OPT_TAP, OPT_JSON, OPT_VERBOSE, OPT_AUDIT, OPT_AUDIT_ALL, OPT_HELP };

static const struct option long_options[] = {
	{ "rmm", required_argument, NULL, OPT_RMM },
	{ "granule", required_argument, NULL, OPT_GRANULE },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "no-strict", no_argument, NULL, OPT_NO_STRICT },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "list", no_argument, NULL, OPT_LIST },
	{ "tap", no_argument, NULL, OPT_TAP },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "verbose", no_argument, NULL, OPT_VERBOSE },
	{ "audit", no_argument, NULL, OPT_AUDIT },
	{ "audit-all", no_argument, NULL, OPT_AUDIT_ALL },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

static const struct suite_core cores[] = {
	{ "4K", 0x1000, suite_run_4k },
	{ "16K", 0x4000, suite_run_16k },
	{ "64K", 0x10000, suite_run_64k },
};

#define CORES (sizeof(cores) / sizeof(cores[0]))

static struct {
	const char *rmm;
	const struct suite_core *core;
	int strict; /* -1: as the port says */
	bool list;
	bool audit;
	bool audit_all;
	struct report report;
} arguments = { .core = cores, .strict = -1 };

static _Noreturn void die(const char *what, const char *why)
{
	fprintf(stderr, "suite: %s: %s\n", what, why);
	exit(2);
}

static const struct suite_core *find_core(const char *name)
{
	for (unsigned int i = 0; i < CORES; i++) {
		if (!strcmp(cores[i].name, name))
			return &cores[i];
	}
	die(name, "no size of granules; there are 4K, 16K and 64K");
}

static void set_option(int option)
{
	switch (option) {
	case OPT_RMM:
		arguments.rmm = optarg;
		break;
	case OPT_GRANULE:
		arguments.core = find_core(optarg);
		break;
	case OPT_STRICT:
	case OPT_NO_STRICT:
		arguments.strict = option == OPT_STRICT;
		break;
	case OPT_ONLY:
		arguments.report.only = optarg;
		break;
	case OPT_LIST:
		arguments.list = true;
		arguments.report.style = REPORT_LIST;
		break;
	case OPT_TAP:
		arguments.report.style = REPORT_TAP;
		break;
	case OPT_JSON:
		arguments.report.style = REPORT_JSON;
		break;
	case OPT_VERBOSE:
		arguments.report.style = REPORT_ALL;
		break;
	case OPT_AUDIT:
	case OPT_AUDIT_ALL:
		arguments.audit = true;
		arguments.audit_all = option == OPT_AUDIT_ALL;
		break;
	case OPT_HELP:
		fputs(usage, stdout);
		exit(0);
	default:
		fputs(usage, stderr);
		exit(2);
	}
}

static void parse(int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		set_option(option);
	if (optind != argc || !arguments.rmm) {
		fputs(usage, stderr);
		exit(2);
	}
}

static const struct suite_port *load(const char *file)
{
	void *object = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	const struct suite_port *port;
	suite_port_function *function;

	if (!object)
		die(file, dlerror());
	function = (suite_port_function *)dlsym(object, "suite_port");
	if (!function)
		die(file, "no suite_port() in it");
	port = function();
	if (port->version != SUITE_PORT_VERSION)
		die(file, "a port of another version of the suite");
	return port;
}

/* Ends the program if that cannot be. */
static void run(const struct suite_port *port,
		const struct suite_options *options,
		struct suite_totals *totals)
{
	const char *wrong = arguments.core->run(port, options, totals);

	if (!wrong)
		return;
	fprintf(stderr, "suite: %s, with granules of %s: %s\n", arguments.rmm,
		arguments.core->name, wrong);
	exit(2);
}

int main(int argc, char **argv)
{
	const struct suite_port *port;
	struct suite_totals totals;
	struct suite_options options = {
		.wanted = report_wants,
		.told = report_condition,
		.context = &arguments.report,
	};

	parse(argc, argv);
	port = load(arguments.rmm);
	options.list = arguments.list;
	options.strict = arguments.strict > 0;
	if (arguments.strict < 0)
		options.strict = port->properties & SUITE_STRICT;
	if (arguments.audit)
		return !audit(arguments.core, port, &options,
			      arguments.audit_all,
			      arguments.report.style == REPORT_TAP);
	run(port, &options, &totals);
	if (!arguments.list)
		report_end(&arguments.report, port->name, &totals);
	return totals.failed != 0;
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The command line: one row an option, from which parsing and help are made.
 */
#include <inttypes.h>
#include <string.h>

#include "abi/kvm_uapi.h"
#include "vmm/image.h"
#include "vmm/options.h"

/* With which command an option goes; with none, it stands alone. */
#define ON_NONE BIT_ULL(COMMAND_NONE)
#define ON_RUN BIT_ULL(COMMAND_RUN)
#define ON_MEASURE BIT_ULL(COMMAND_MEASURE)
#define ON_PROBE BIT_ULL(COMMAND_PROBE)
#define ON_REALM (ON_RUN | ON_MEASURE)
#define ON_ALL (ON_NONE | ON_REALM | ON_PROBE)

enum value {
	VALUE_NONE,
	VALUE_NEEDED,
	VALUE_MAY, /* as --name=value, or if the next word is FILE.json */
};

struct option {
	const char *name; /* without the dashes */
	const char *form; /* as the help shows it */
	const char *help;
	u64 commands; /* ON_ bits */
	enum value value;
	bool (*set)(struct options *options, const char *value,
		    struct err *err); /* or, if NULL, */
	size_t flag; /* offset of a bool of struct options */
	bool sim; /* only a simulated machine has it */
};

static bool set_memory(struct options *options, const char *value,
		       struct err *err)
{
	if (!options_size(value, &options->layout.ram_size))
		return err_set(err,
			       "--memory %s: not a size (4096, 64K, 256M, 1G)",
			       value);
	return true;
}

static bool set_ipa_bits(struct options *options, const char *value,
			 struct err *err)
{
	if (!options_number(value, IPA_BITS_MAX, &options->layout.ipa_bits))
		return err_set(err, "--ipa-bits %s: from %d to %d", value,
			       IPA_BITS_MIN, IPA_BITS_MAX);
	return true;
}

static bool set_hash(struct options *options, const char *value,
		     struct err *err)
{
	if (!strcmp(value, "sha256"))
		options->hash = KVM_ARM_RMI_HASH_SHA256;
	else if (!strcmp(value, "sha512"))
		options->hash = KVM_ARM_RMI_HASH_SHA512;
	else
		return err_set(err, "--hash %s: sha256 or sha512", value);
	return true;
}

static bool set_rpv(struct options *options, const char *value,
		    struct err *err)
{
	struct err why;

	if (!options_hex(value, options->rpv, RPV_SIZE, &why))
		return err_set(err, "--rpv: %s", why.text);
	return true;
}

static bool set_cpus(struct options *options, const char *value,
		     struct err *err)
{
	if (!options_number(value, CPUS_MAX, &options->layout.cpus) ||
	    !options->layout.cpus)
		return err_set(err, "--cpus %s: from 1 to %d", value, CPUS_MAX);
	return true;
}

static bool set_no_gic(struct options *options, const char *value,
		       struct err *err)
{
	(void)value;
	(void)err;
	options->layout.gic = false;
	return true;
}

static bool set_image_at(struct options *options, const char *value,
			 struct err *err)
{
	if (options->image_at != IMAGE_AT_DEFAULT)
		return err_set(err, "--image-at %s: no IMAGE after the one "
				    "before",
			       value);
	if (!options_size(value, &options->image_at))
		return err_set(err, "--image-at %s: not an address "
				    "(0x48000000)",
			       value);
	if (options->image_at == IMAGE_AT_DEFAULT ||
	    options->image_at % GRANULE_SIZE)
		return err_set(err, "--image-at %s: not a multiple of a "
				    "granule (0x%llx), or zero",
			       value, GRANULE_SIZE);
	return true;
}

/* FILE@IPA; a FILE may have an @ in its name. */
static bool set_share(struct options *options, const char *value,
		      struct err *err)
{
	struct option_share *share = &options->shares[options->share_count];
	const char *at = strrchr(value, '@');

	if (options->share_count == SHARES_MAX)
		return err_set(err, "--share %s: at most %d of them", value,
			       SHARES_MAX);
	if (!at || at == value || !options_size(at + 1, &share->ipa))
		return err_set(err, "--share %s: not FILE@IPA", value);
	if ((size_t)(at - value) >= sizeof(share->path))
		return err_set(err, "--share: a name of %zd characters, at "
				    "most %zu",
			       at - value, sizeof(share->path) - 1);
	snprintf(share->path, sizeof(share->path), "%.*s", (int)(at - value),
		 value);
	options->share_count++;
	return true;
}

static bool set_sched(struct options *options, const char *value,
		      struct err *err)
{
	if (!strcmp(value, "fixed"))
		options->sched = SCHED_FIXED;
	else if (!strcmp(value, "free"))
		options->sched = SCHED_FREE;
	else
		return err_set(err, "--sched %s: fixed or free", value);
	return true;
}

static bool set_backend(struct options *options, const char *value,
			struct err *err)
{
	if (strcmp(value, "kvm") && strcmp(value, "sim"))
		return err_set(err, "--backend %s: kvm or sim", value);
	options->backend = value;
	return true;
}

static bool set_machine(struct options *options, const char *value,
			struct err *err)
{
	if (!*value)
		return err_set(err, "--machine: no name or file");
	options->machine = value;
	return true;
}

static bool set_fault(struct options *options, const char *value,
		      struct err *err)
{
	if (options->fault_count == FAULTS_MAX)
		return err_set(err, "--fault %s: at most %d of them", value,
			       FAULTS_MAX);
	options->faults[options->fault_count++] = value;
	return true;
}

static bool set_timeout(struct options *options, const char *value,
			struct err *err)
{
	if (!options_number(value, TIMEOUT_MAX, &options->timeout) ||
	    !options->timeout)
		return err_set(err, "--timeout %s: from 1 to %d seconds",
			       value, TIMEOUT_MAX);
	return true;
}

static bool set_gdb(struct options *options, const char *value,
		    struct err *err)
{
	if (!options_number(value, PORT_MAX, &options->gdb_port))
		return err_set(err, "--gdb %s: a port from 0 (any that is "
				    "free) to %d",
			       value, PORT_MAX);
	options->gdb = true;
	return true;
}

static bool set_trace(struct options *options, const char *value,
		      struct err *err)
{
	if (value && !*value)
		return err_set(err, "--trace=: no file");
	options->trace = true;
	options->trace_file = value;
	return true;
}

static const struct option option_table[] = {
	{ "backend", "--backend NAME",
	  "kvm: /dev/kvm, sim: a simulated machine (what there is)",
	  ON_RUN | ON_PROBE, VALUE_NEEDED, set_backend, 0, false },
	{ "memory", "--memory SIZE",
	  "RAM at 0x40000000, whole granules (256M)",
	  ON_REALM, VALUE_NEEDED, set_memory, 0, false },
	{ "cpus", "--cpus N",
	  "vCPUs, all but the first off at the start (1)",
	  ON_REALM, VALUE_NEEDED, set_cpus, 0, false },
	{ "ipa-bits", "--ipa-bits N",
	  "width of the IPA space, the top bit included (40)",
	  ON_REALM, VALUE_NEEDED, set_ipa_bits, 0, false },
	{ "hash", "--hash NAME",
	  "of the measurements: sha256 or sha512 (sha256)",
	  ON_REALM, VALUE_NEEDED, set_hash, 0, false },
	{ "rpv", "--rpv HEX",
	  "personalisation value, at most 64 bytes (zero)",
	  ON_REALM, VALUE_NEEDED, set_rpv, 0, false },
	{ "image-at", "--image-at ADDRESS",
	  "where the next IMAGE, a flat one, goes (0x40000000)",
	  ON_REALM, VALUE_NEEDED, set_image_at, 0, false },
	{ "share", "--share FILE@IPA",
	  "a copy of a host file in the shared half",
	  ON_REALM, VALUE_NEEDED, set_share, 0, false },
	{ "no-gic", "--no-gic",
	  "no interrupt controller, and so no timers",
	  ON_REALM, VALUE_NONE, set_no_gic, 0, false },
	{ "blocks", "--blocks",
	  "private memory in blocks of 2 MiB, where the KVM has them",
	  ON_REALM, VALUE_NONE, NULL, offsetof(struct options, blocks), false },
	{ "sched", "--sched ORDER",
	  "of vCPUs: fixed, each time the same, or free (fixed)",
	  ON_RUN, VALUE_NEEDED, set_sched, 0, true },
	{ "trace", "--trace[=FILE]",
	  "show every RMI call, a line each, or in FILE.json",
	  ON_RUN, VALUE_MAY, set_trace, 0, true },
	{ "stats", "--stats",
	  "errors and times by RMI command, too",
	  ON_RUN, VALUE_NONE, NULL, offsetof(struct options, stats), true },
	{ "fault", "--fault SPEC",
	  "answer in the RMM's place: COMMAND[#N]=STATUS[:INDEX]",
	  ON_RUN, VALUE_NEEDED, set_fault, 0, true },
	{ "gdb", "--gdb PORT",
	  "wait for gdb on this port of 127.0.0.1 (0: a free one)",
	  ON_RUN, VALUE_NEEDED, set_gdb, 0, true },
	{ "machine", "--machine NAME",
	  "a built-in machine, or a file",
	  ON_RUN | ON_PROBE, VALUE_NEEDED, set_machine, 0, true },
	{ "timeout", "--timeout SECONDS",
	  "take the realm down after that (60)",
	  ON_RUN, VALUE_NEEDED, set_timeout, 0, false },
	{ "help", "--help",
	  "this text",
	  ON_ALL, VALUE_NONE, NULL, offsetof(struct options, help), false },
	{ "version", "--version",
	  "the version of cca",
	  ON_NONE, VALUE_NONE, NULL, offsetof(struct options, version), false },
};

static const struct {
	const char *name;
	const char *usage;
	const char *about;
} command_table[] = {
	[COMMAND_NONE] = { "cca", "COMMAND [OPTION]...",
			   "Arm CCA realms." },
	[COMMAND_RUN] = { "run", "[OPTION]... IMAGE...",
			  "Runs an ELF or flat AArch64 IMAGE as a realm." },
	[COMMAND_MEASURE] = { "measure", "[OPTION]... IMAGE...",
			      "Prints the measurement (RIM) that it will "
			      "have." },
	[COMMAND_PROBE] = { "probe", "[OPTION]...",
			    "Says whether a machine has realms, or why not." },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void help_options(enum command command, FILE *file)
{
	fprintf(file, "\nOptions:\n");
	for (size_t i = 0; i < COUNT(option_table); i++)
		if (option_table[i].commands & BIT_ULL(command))
			fprintf(file, "  %-20s%s\n", option_table[i].form,
				option_table[i].help);
}

void options_help(enum command command, FILE *file)
{
	bool all = command == COMMAND_NONE;

	fprintf(file, "usage: cca %s%s%s\n%s\n",
		all ? "" : command_table[command].name, all ? "" : " ",
		command_table[command].usage, command_table[command].about);
	if (all) {
		fprintf(file, "\nCommands:\n");
		for (size_t i = COMMAND_RUN; i < COUNT(command_table); i++)
			fprintf(file, "  %-20s%s\n", command_table[i].name,
				command_table[i].about);
	}
	help_options(command, file);
	if (command == COMMAND_RUN)
		fprintf(file, "\nExit status: what the realm wrote to its exit "
			      "register, 124 on a time-out,\n2 for bad use, 3 "
			      "when host, RMM or engine refused or failed.\n");
}

/* By @length characters of @name, which start with two dashes. */
static const struct option *option_find(enum command command,
					const char *name, size_t length)
{
	if (strncmp(name, "--", 2))
		return NULL;
	for (size_t i = 0; i < COUNT(option_table); i++) {
		const struct option *option = &option_table[i];

		if (option->commands & BIT_ULL(command) &&
		    strlen(option->name) == length - 2 &&
		    !strncmp(option->name, name + 2, length - 2))
			return option;
	}
	return NULL;
}

static bool unknown_option(enum command command, const char *word,
			   struct err *err)
{
	bool all = command == COMMAND_NONE;

	return err_set(err, "unknown option %s (see cca%s%s --help)", word,
		       all ? "" : " ",
		       all ? "" : command_table[command].name);
}

/* No image is called that. */
static bool is_json(const char *word)
{
	size_t length = word ? strlen(word) : 0;

	return length > 5 && !strcmp(word + length - 5, ".json");
}

/* Reads the option at argv[*at] and moves *at past it and its value. */
static bool parse_option(char **argv, int *at, struct options *options,
			 struct err *err)
{
	const char *word = argv[(*at)++];
	const char *name = strcmp(word, "-h") ? word : "--help";
	size_t length = strcspn(name, "=");
	const char *value = name[length] ? name + length + 1 : NULL;
	const struct option *option;

	option = option_find(options->command, name, length);
	if (!option)
		return unknown_option(options->command, word, err);
	if (value && option->value == VALUE_NONE)
		return err_set(err, "--%s takes no value", option->name);
	if (!value && (option->value == VALUE_NEEDED ||
		       (option->value == VALUE_MAY && is_json(argv[*at])))) {
		value = argv[*at];
		if (!value)
			return err_set(err, "--%s needs a value: %s",
				       option->name, option->form);
		(*at)++;
	}
	if (option->sim)
		options->sim_option = option->name;
	if (option->set)
		return option->set(options, value, err);
	*(bool *)((char *)options + option->flag) = true;
	return true;
}

static bool parse_command(const char *word, struct options *options,
			  struct err *err)
{
	for (size_t i = COMMAND_RUN; i < COUNT(command_table); i++) {
		if (!strcmp(word, command_table[i].name)) {
			options->command = (enum command)i;
			return true;
		}
	}
	return err_set(err, "unknown command %s (see cca --help)", word);
}

static bool add_image(const char *word, struct options *options,
		      struct err *err)
{
	if (options->image_count == IMAGES_MAX)
		return err_set(err, "%s: at most %d images", word, IMAGES_MAX);
	options->images[options->image_count++] =
		(struct option_image){ word, options->image_at };
	options->image_at = IMAGE_AT_DEFAULT;
	return true;
}

static bool parse_word(const char *word, struct options *options,
		       struct err *err)
{
	if (options->command == COMMAND_NONE)
		return parse_command(word, options, err);
	if (options->command == COMMAND_PROBE)
		return err_set(err, "probe takes no argument: %s", word);
	return add_image(word, options, err);
}

static bool check(const struct options *options, struct err *err)
{
	const char *name = command_table[options->command].name;

	if (options->help || options->version)
		return true;
	if (options->command == COMMAND_NONE)
		return err_set(err, "no command (see cca --help)");
	if (options->command == COMMAND_PROBE)
		return true;
	if (!options->image_count)
		return err_set(err, "%s needs an IMAGE (see cca %s --help)",
			       name, name);
	if (options->image_at != IMAGE_AT_DEFAULT)
		return err_set(err, "--image-at 0x%" PRIx64 ": no IMAGE "
				    "follows",
			       options->image_at);
	return layout_check(&options->layout, err);
}

bool options_parse(int argc, char **argv, struct options *options,
		   struct err *err)
{
	bool words_only = false;
	int at = 1;

	*options = (struct options){
		.layout = { .ipa_bits = IPA_BITS_DEFAULT,
			    .ram_size = RAM_SIZE_DEFAULT,
			    .cpus = 1,
			    .gic = true },
		.hash = KVM_ARM_RMI_HASH_SHA256,
	};
	while (at < argc) {
		const char *word = argv[at];
		bool ok;

		if (!words_only && !strcmp(word, "--")) {
			words_only = true;
			at++;
			continue;
		}
		if (!words_only && word[0] == '-' && word[1])
			ok = parse_option(argv, &at, options, err);
		else
			ok = parse_word(argv[at++], options, err);
		if (!ok)
			return false;
	}
	if (!options->timeout)
		options->timeout = options->gdb ? TIMEOUT_MAX : TIMEOUT_DEFAULT;
	return check(options, err);
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The command line: one row an option, from which parsing and help are made.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "abi/kvm_uapi.h"
#include "vmm/options.h"

/* With which command an option goes; with none, it stands alone. */
#define ON_NONE BIT_ULL(COMMAND_NONE)
#define ON_RUN BIT_ULL(COMMAND_RUN)
#define ON_PROBE BIT_ULL(COMMAND_PROBE)
#define ON_ALL (ON_NONE | ON_RUN | ON_PROBE)

enum value {
	VALUE_NONE,
	VALUE_NEEDED,
	VALUE_MAY, /* only as --name=value */
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
};

bool options_size(const char *text, u64 *size)
{
	static const char suffixes[] = "KMGT";
	const char *suffix;
	unsigned int shift = 0;
	char *end;
	u64 value;

	if (!isdigit((unsigned char)*text))
		return false;
	value = strtoull(text, &end, strncmp(text, "0x", 2) ? 10 : 16);
	if (value == ~0ull)
		return false;
	if (*end) {
		suffix = strchr(suffixes, toupper((unsigned char)*end));
		if (!suffix || end[1])
			return false;
		shift = 10 * (unsigned int)(suffix - suffixes + 1);
	}
	if (value > ~0ull >> shift)
		return false;
	*size = value << shift;
	return true;
}

static bool number(const char *text, unsigned long max, unsigned int *value)
{
	char *end;
	unsigned long n;

	if (!isdigit((unsigned char)*text))
		return false;
	n = strtoul(text, &end, 10);
	if (*end || n > max)
		return false;
	*value = (unsigned int)n;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool options_hex(const char *text, u8 *bytes, size_t max, struct err *err)
{
	size_t digits = strlen(text);

	for (size_t i = 0; i < digits; i++)
		if (hex_digit(text[i]) < 0)
			return err_set(err, "'%c' at digit %zu is not hex",
				       text[i], i + 1);
	if (digits % 2)
		return err_set(err, "%zu hex digits are no whole bytes",
			       digits);
	if (digits > 2 * max)
		return err_set(err, "%zu bytes, at most %zu", digits / 2, max);
	memset(bytes, 0, max);
	for (size_t i = 0; i < digits; i++)
		bytes[i / 2] = (u8)(bytes[i / 2] << 4 | hex_digit(text[i]));
	return true;
}

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
	if (!number(value, IPA_BITS_MAX, &options->layout.ipa_bits))
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
	if (!number(value, TIMEOUT_MAX, &options->timeout) ||
	    !options->timeout)
		return err_set(err, "--timeout %s: from 1 to %d seconds",
			       value, TIMEOUT_MAX);
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
	{ "memory", "--memory SIZE",
	  "RAM at 0x40000000, whole granules (256M)",
	  ON_RUN, VALUE_NEEDED, set_memory, 0 },
	{ "ipa-bits", "--ipa-bits N",
	  "width of the IPA space, the top bit included (40)",
	  ON_RUN, VALUE_NEEDED, set_ipa_bits, 0 },
	{ "hash", "--hash NAME",
	  "of the measurements: sha256 or sha512 (sha256)",
	  ON_RUN, VALUE_NEEDED, set_hash, 0 },
	{ "rpv", "--rpv HEX",
	  "personalisation value, at most 64 bytes (zero)",
	  ON_RUN, VALUE_NEEDED, set_rpv, 0 },
	{ "trace", "--trace[=FILE]",
	  "show every RMI call, a line each (on stderr)",
	  ON_RUN, VALUE_MAY, set_trace, 0 },
	{ "stats", "--stats",
	  "errors and time by RMI command, too",
	  ON_RUN, VALUE_NONE, NULL, offsetof(struct options, stats) },
	{ "fault", "--fault SPEC",
	  "answer in the RMM's place: COMMAND[#N]=STATUS[:INDEX]",
	  ON_RUN, VALUE_NEEDED, set_fault, 0 },
	{ "machine", "--machine NAME",
	  "a built-in machine, or a file",
	  ON_RUN | ON_PROBE, VALUE_NEEDED, set_machine, 0 },
	{ "timeout", "--timeout SECONDS",
	  "take the realm down after that (60)",
	  ON_RUN, VALUE_NEEDED, set_timeout, 0 },
	{ "help", "--help",
	  "this text",
	  ON_ALL, VALUE_NONE, NULL, offsetof(struct options, help) },
	{ "version", "--version",
	  "the version of cca",
	  ON_NONE, VALUE_NONE, NULL, offsetof(struct options, version) },
};

static const struct {
	const char *name;
	const char *usage;
	const char *about;
} command_table[] = {
	[COMMAND_NONE] = { "cca", "COMMAND [OPTION]...",
			   "Arm CCA realms on a simulated machine." },
	[COMMAND_RUN] = { "run", "[OPTION]... IMAGE",
			  "Runs an ELF or flat AArch64 IMAGE as a realm." },
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
	if (!value && option->value == VALUE_NEEDED) {
		value = argv[*at];
		if (!value)
			return err_set(err, "--%s needs a value: %s",
				       option->name, option->form);
		(*at)++;
	}
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

static bool parse_word(const char *word, struct options *options,
		       struct err *err)
{
	if (options->command == COMMAND_NONE)
		return parse_command(word, options, err);
	if (options->command == COMMAND_PROBE)
		return err_set(err, "probe takes no argument: %s", word);
	if (options->image)
		return err_set(err, "one IMAGE only: %s and %s",
			       options->image, word);
	options->image = word;
	return true;
}

static bool check(const struct options *options, struct err *err)
{
	if (options->help || options->version)
		return true;
	if (options->command == COMMAND_NONE)
		return err_set(err, "no command (see cca --help)");
	if (options->command == COMMAND_PROBE)
		return true;
	if (!options->image)
		return err_set(err, "run needs an IMAGE (see cca run --help)");
	return layout_check(&options->layout, err);
}

bool options_parse(int argc, char **argv, struct options *options,
		   struct err *err)
{
	bool words_only = false;
	int at = 1;

	*options = (struct options){
		.layout = { IPA_BITS_DEFAULT, RAM_SIZE_DEFAULT },
		.hash = KVM_ARM_RMI_HASH_SHA256,
		.timeout = TIMEOUT_DEFAULT,
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
	return check(options, err);
}

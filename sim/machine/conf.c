/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Machine files: lines of `key = value`, and comments that start with '#'.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/arm_arch.h"
#include "abi/rmi_smc.h"
#include "sim/machine/conf.h"
#include "sim/machine/conf_parse.h"
#include "sim/machine/fault.h"

#define GRANULE 0x1000ull
#define LINE_MAX_BYTES 256

/*
 * What all CPUs have: AArch64 at EL0 to EL3, floating point, a GICv3 CPU
 * interface, RAS.
 */
#define ID_AA64PFR0_BASE 0x11001111ull

bool conf_error(struct conf_parser *p, const char *format, ...)
{
	va_list args;
	int used = 0;

	if (p->line)
		used = snprintf(p->err, p->size, "%s:%u: ", p->name, p->line);
	else
		used = snprintf(p->err, p->size, "%s: ", p->name);
	if (used < 0 || (size_t)used >= p->size)
		return false;
	va_start(args, format);
	vsnprintf(p->err + used, p->size - (size_t)used, format, args);
	va_end(args);
	return false;
}

static bool parse_ram(struct conf_parser *p, const char *value)
{
	struct machine_conf *conf = p->conf;
	struct machine_ram *ram = &conf->ram[conf->ram_count];
	uint64_t floor = 0;
	const char *rest;

	if (conf->ram_count == MACHINE_RAM_MAX)
		return conf_error(p, "ram: more than %d ranges",
				  MACHINE_RAM_MAX);
	rest = conf_number(value, &ram->base);
	if (!rest || *rest != '+')
		return conf_error(p, "ram: '%s' is not BASE+SIZE", value);
	rest = conf_number(rest + 1, &ram->size);
	if (!rest || *rest)
		return conf_error(p, "ram: '%s' is not BASE+SIZE", value);
	if (ram->base % GRANULE || ram->size % GRANULE || ram->size == 0)
		return conf_error(p, "ram: '%s' is not whole granules (0x%llx)",
				  value, GRANULE);
	if (ram->base + ram->size < ram->base)
		return conf_error(p, "ram: '%s' ends past 2^64", value);
	if (conf->ram_count)
		floor = ram[-1].base + ram[-1].size;
	if (ram->base < floor)
		return conf_error(p, "ram: 0x%llx is below the end of the "
				  "range before it, 0x%llx",
				  (unsigned long long)ram->base,
				  (unsigned long long)floor);
	conf->ram_count++;
	return true;
}

static bool parse_cpus(struct conf_parser *p, const char *value)
{
	return conf_uint(p, "cpus", value, 1, MACHINE_CPU_MAX, &p->conf->cpus);
}

/* The widths that ID_AA64MMFR0_EL1.PARange can say, and a PE of sim has. */
static bool parse_pa_bits(struct conf_parser *p, const char *value)
{
	unsigned int bits;

	if (!conf_uint(p, "pa_bits", value, 32, 44, &bits))
		return false;
	if (bits != 32 && bits != 36 && bits != 40 && bits != 42 && bits != 44)
		return conf_error(p, "pa_bits: %u is none of 32, 36, 40, 42, "
				  "44", bits);
	p->conf->pa_bits = bits;
	return true;
}

static bool parse_rme(struct conf_parser *p, const char *value)
{
	return conf_uint(p, "rme", value, 0, 1, &p->rme);
}

static bool parse_vhe(struct conf_parser *p, const char *value)
{
	return conf_bool(p, "vhe", value, &p->conf->vhe);
}

static bool parse_sched(struct conf_parser *p, const char *value)
{
	bool is_free = strcmp(value, "free") == 0;

	if (!is_free && strcmp(value, "fixed") != 0)
		return conf_error(p, "sched: '%s' is neither fixed nor free",
				  value);
	p->conf->sched = is_free ? MACHINE_SCHED_FREE : MACHINE_SCHED_FIXED;
	return true;
}

static bool parse_rmm(struct conf_parser *p, const char *value)
{
	return conf_bool(p, "rmm", value, &p->conf->rmm);
}

static bool parse_versions(struct conf_parser *p, const char *value)
{
	struct machine_conf *conf = p->conf;
	unsigned int major, minor;
	int used;

	while (sscanf(value, " %5u.%5u%n", &major, &minor, &used) == 2) {
		uint64_t version = RMI_ABI_VERSION(major, minor);
		unsigned int n = conf->version_count;

		if (n == MACHINE_VERSIONS_MAX)
			return conf_error(p, "versions: more than %d",
					  MACHINE_VERSIONS_MAX);
		if (major > 0x7fff || minor > 0xffff)
			return conf_error(p, "versions: %u.%u is above "
					  "32767.65535", major, minor);
		if (n && conf->versions[n - 1] >= version)
			return conf_error(p, "versions: %u.%u does not ascend",
					  major, minor);
		conf->versions[conf->version_count++] = version;
		value += used;
	}
	if (*value || conf->version_count == 0)
		return conf_error(p, "versions: '%s' is not MAJOR.MINOR",
				  value);
	return true;
}

static bool parse_answer(struct conf_parser *p, const char *value)
{
	struct machine_conf *conf = p->conf;
	struct fault fault;
	char why[128];

	if (conf->answer_count == MACHINE_ANSWERS_MAX)
		return conf_error(p, "answer: more than %d",
				  MACHINE_ANSWERS_MAX);
	if (strlen(value) >= MACHINE_ANSWER_MAX)
		return conf_error(p, "answer: longer than %d bytes",
				  MACHINE_ANSWER_MAX - 1);
	if (!fault_parse(value, &fault, why, sizeof(why)))
		return conf_error(p, "answer: %s", why);
	strcpy(conf->answers[conf->answer_count++], value);
	return true;
}

static bool parse_cpu_rme(struct conf_parser *p, const char *key,
			  const char *value)
{
	unsigned int cpu, rme;
	int used = 0;

	if (sscanf(key, "cpu%2u.rme%n", &cpu, &used) != 1 || !used || key[used])
		return conf_error(p, "%s: no such key", key);
	if (cpu >= MACHINE_CPU_MAX)
		return conf_error(p, "%s: CPUs are 0 to %d", key,
				  MACHINE_CPU_MAX - 1);
	if (!conf_uint(p, key, value, 0, 1, &rme))
		return false;
	p->cpu_rme[cpu] = (int)rme;
	return true;
}

static const struct {
	const char *name;
	bool repeats;
	bool (*parse)(struct conf_parser *p, const char *value);
} conf_keys[] = {
	{ "ram", true, parse_ram },
	{ "cpus", false, parse_cpus },
	{ "pa_bits", false, parse_pa_bits },
	{ "rme", false, parse_rme },
	{ "vhe", false, parse_vhe },
	{ "rmm", false, parse_rmm },
	{ "sched", false, parse_sched },
	{ "versions", false, parse_versions },
	{ "answer", true, parse_answer },
};

#define CONF_KEYS (sizeof(conf_keys) / sizeof(conf_keys[0]))

static bool parse_key(struct conf_parser *p, const char *key,
		      const char *value)
{
	for (unsigned int i = 0; i < CONF_KEYS; i++) {
		if (strcmp(key, conf_keys[i].name) != 0)
			continue;
		if (!conf_keys[i].repeats && (p->seen & 1u << i))
			return conf_error(p, "%s: given twice", key);
		p->seen |= 1u << i;
		return conf_keys[i].parse(p, value);
	}
	return parse_cpu_rme(p, key, value);
}

static bool parse_line(struct conf_parser *p, char *line)
{
	char *hash = strchr(line, '#'), *equals;
	char *key, *value;

	/* '#' is a comment at the start of a word; "A#3=B" has one inside. */
	while (hash && hash != line && hash[-1] != ' ' && hash[-1] != '\t')
		hash = strchr(hash + 1, '#');
	if (hash)
		*hash = '\0';
	key = conf_trim(line);
	if (!*key)
		return true;
	equals = strchr(key, '=');
	if (!equals)
		return conf_error(p, "'%s' is not KEY = VALUE", key);
	*equals = '\0';
	value = conf_trim(equals + 1);
	key = conf_trim(key);
	if (!*value)
		return conf_error(p, "%s: no value", key);
	return parse_key(p, key, value);
}

/* What no line says alone. */
static bool finish(struct conf_parser *p)
{
	struct machine_conf *conf = p->conf;
	uint64_t end;

	p->line = 0;
	if (conf->ram_count == 0)
		return conf_error(p, "no ram");
	end = conf->ram[conf->ram_count - 1].base +
	      conf->ram[conf->ram_count - 1].size;
	if (end > 1ull << conf->pa_bits)
		return conf_error(p, "ram: ends at 0x%llx, past 2^%u",
				  (unsigned long long)end, conf->pa_bits);
	for (unsigned int i = 0; i < MACHINE_CPU_MAX; i++) {
		unsigned int rme = p->rme;

		if (p->cpu_rme[i] >= 0 && i >= conf->cpus)
			return conf_error(p, "cpu%u.rme: there are %u CPUs", i,
					  conf->cpus);
		if (p->cpu_rme[i] >= 0)
			rme = (unsigned int)p->cpu_rme[i];
		if (i < conf->cpus)
			conf->id_aa64pfr0[i] = ID_AA64PFR0_BASE |
				FIELD_PREP(ID_AA64PFR0_RME, rme);
	}
	return true;
}

bool machine_conf_parse(const char *name, const char *text,
			struct machine_conf *conf, char *err, size_t size)
{
	struct conf_parser p = {
		.name = name, .conf = conf, .err = err, .size = size, .rme = 1,
	};
	char line[LINE_MAX_BYTES];

	memset(conf, 0, sizeof(*conf));
	memset(p.cpu_rme, -1, sizeof(p.cpu_rme));
	snprintf(conf->name, sizeof(conf->name), "%s", name);
	conf->cpus = 1;
	conf->pa_bits = 44;
	conf->vhe = true;
	conf->rmm = true;

	while (*text) {
		size_t length = strcspn(text, "\n");

		p.line++;
		if (length >= sizeof(line))
			return conf_error(&p, "line of more than %d bytes",
					  LINE_MAX_BYTES - 1);
		memcpy(line, text, length);
		line[length] = '\0';
		if (!parse_line(&p, line))
			return false;
		text += length + (text[length] == '\n');
	}
	return finish(&p);
}

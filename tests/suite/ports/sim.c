/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The port for our RMM in sim: RMM, machine and engine in one shared
 * object. Realm code is executed by the engine. The machine is a small one, or
 * that which SUITE_MACHINE names in the environment (sim/machine/conf.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/gic.h"
#include "sim/machine/conduit.h"
#include "sim/machine/ich.h"
#include "sim/machine/machine.h"
#include "tests/suite/port.h"

#define NO_RAM 0x10000000ull

/* Little, so that a fresh machine is a matter of a millisecond. */
#define RAM_SIZE (160ull << 20)

static bool load(struct machine_conf *conf, char *err, size_t size)
{
	const char *name = getenv("SUITE_MACHINE");

	if (name)
		return machine_conf_load(name, conf, err, size);
	if (!machine_conf_load("rme", conf, err, size))
		return false;
	conf->ram[0].size = RAM_SIZE;
	return true;
}

static bool sim_open(void)
{
	struct machine_conf conf;
	char err[256];

	machine_stop();
	if (load(&conf, err, sizeof(err)) &&
	    machine_start(&conf, err, sizeof(err)))
		return true;
	fprintf(stderr, "suite: %s\n", err);
	return false;
}

static bool sim_accessible(uint64_t pa)
{
	uint8_t byte;

	return machine_probe_read(pa, &byte);
}

static bool sim_ram(unsigned int index, uint64_t *base, uint64_t *size)
{
	const struct machine_conf *conf = machine_conf();

	if (index >= conf->ram_count)
		return false;
	*base = conf->ram[index].base;
	*size = conf->ram[index].size;
	return true;
}

static void sim_irq(bool high)
{
	if (high)
		machine_irq_raise(0);
	else
		machine_irq_lower(0);
}

static void sim_list_register(unsigned int index, uint64_t value)
{
	ich_write(0, ICH_LR_EL2(index), value);
}

static const struct suite_port port = {
	.version = SUITE_PORT_VERSION,
	.properties = SUITE_STRICT,
	.name = "ccakit, in sim",
	.open = sim_open,
	.close = machine_stop,
	.ram = sim_ram,
	.memory = machine_host_view,
	.accessible = sim_accessible,
	.no_ram = NO_RAM,
	.smc = conduit_smc,
	.irq = sim_irq,
	.list_register = sim_list_register,
};

suite_port_function suite_port;

const struct suite_port *suite_port(void)
{
	return &port;
}

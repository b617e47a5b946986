// SPDX-License-Identifier: BSD-3-Clause
/*
 * The devices that every realm has.
 */
#include <stddef.h>

#include "vmm/devices.h"

void devices_init(struct devices *devices, const struct vm *vm,
		  void (*console)(void *context, const char *line),
		  void (*message)(void *context, const char *line))
{
	*devices = (struct devices){
		.mailbox = { .ram = vm->shared,
			     .ram_size = vm->layout.ram_size,
			     .line = message },
	};
	pl011_init(&devices->console, console, NULL);
	mmio_add(&devices->bus,
		 &(struct mmio_device){ .name = "pl011",
					.base = PL011_BASE,
					.size = PL011_SIZE,
					.read = pl011_read,
					.write = pl011_write,
					.context = &devices->console });
	mmio_add(&devices->bus,
		 &(struct mmio_device){ .name = "exit register",
					.base = EXITREG_BASE,
					.size = EXITREG_SIZE,
					.read = exitreg_read,
					.write = exitreg_write,
					.context = &devices->exitreg });
	mmio_add(&devices->bus,
		 &(struct mmio_device){ .name = "mailbox",
					.base = MAILBOX_BASE,
					.size = MAILBOX_SIZE,
					.read = mailbox_read,
					.write = mailbox_write,
					.context = &devices->mailbox });
}

void devices_flush(struct devices *devices)
{
	pl011_flush(&devices->console);
}

int devices_status(const struct devices *devices)
{
	return devices->exitreg.value & 0xff;
}

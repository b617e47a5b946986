/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The devices that every realm has: a console, the exit register, a mailbox.
 */
#ifndef VMM_DEVICES_H
#define VMM_DEVICES_H

#include "vmm/exitreg.h"
#include "vmm/mailbox.h"
#include "vmm/pl011.h"
#include "vmm/vm.h"

struct devices {
	struct mmio_bus bus;
	struct pl011 console;
	struct exitreg exitreg;
	struct mailbox mailbox;
};

/* Of @vm. The console's lines and the mailbox's go to these. */
void devices_init(struct devices *devices, const struct vm *vm,
		  void (*console)(void *context, const char *line),
		  void (*message)(void *context, const char *line));

/* What the console has not shown for want of an end of line, shows now. */
void devices_flush(struct devices *devices);

/* The exit status that the realm chose. */
int devices_status(const struct devices *devices);

#endif

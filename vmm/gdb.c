// SPDX-License-Identifier: BSD-3-Clause
/*
 * A conversation with a debugger: it asks while the target is stopped, and
 * waits, but for an interrupt, while the target runs.
 */
#include <stdio.h>

#include "vmm/gdb.h"

#define TRAP 5 /* signals, as gdb numbers them */
#define INTERRUPTED 2

void gdb_init(struct gdb *gdb, int fd, const struct gdb_target *target)
{
	rsp_init(&gdb->rsp, fd);
	gdb->target = target;
	gdb->thread = 1;
	gdb->event = (struct gdb_event){ GDB_ASKED, 1 };
	gdb->running = false;
	gdb->over = false;
}

/* As if it had detached. */
static void gone(struct gdb *gdb)
{
	gdb->target->detach(gdb->target->context);
	gdb->over = true;
}

static void say(struct gdb *gdb, const char *data)
{
	if (!rsp_write(&gdb->rsp, data))
		gone(gdb);
}

static void say_why(struct gdb *gdb)
{
	char reply[32];

	snprintf(reply, sizeof(reply), "T%02xthread:%x;",
		 gdb->event.why == GDB_ASKED ? INTERRUPTED : TRAP,
		 gdb->event.thread);
	say(gdb, reply);
}

static void take(struct gdb *gdb, enum rsp_event event, const char *data)
{
	char reply[RSP_DATA_MAX + 1];

	switch (event) {
	case RSP_NOTHING:
		break;
	case RSP_INTERRUPT:
		if (gdb->running)
			gdb->target->stop(gdb->target->context);
		break;
	case RSP_CLOSED:
		gone(gdb);
		break;
	case RSP_PACKET:
		/* Nobody asks while it runs, but to interrupt it. */
		if (gdb->running)
			break;
		gdb_packet(gdb, data, reply);
		/* What makes the target run is answered when it stops. */
		if (!gdb->running)
			say(gdb, reply);
		break;
	}
}

/* While the target runs both sides may have something to say. */
#define TICK_MS 10

void gdb_turn(struct gdb *gdb, int ms)
{
	char data[RSP_DATA_MAX + 1];

	if (gdb->running &&
	    gdb->target->wait(gdb->target->context, &gdb->event, TICK_MS)) {
		gdb->running = false;
		gdb->thread = gdb->event.thread;
		say_why(gdb);
		return;
	}
	take(gdb, rsp_read(&gdb->rsp, data, gdb->running ? 0 : ms), data);
}

void gdb_exited(struct gdb *gdb, int status)
{
	char reply[8];

	snprintf(reply, sizeof(reply), "W%02x", (unsigned int)status & 0xff);
	if (gdb->running)
		say(gdb, reply);
	gdb->over = true;
}

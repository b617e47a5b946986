// SPDX-License-Identifier: BSD-3-Clause
/*
 * Packets of the gdb remote protocol: one function each. A reply of "" says
 * that the packet is not known, "OK" that it was done, "E01" that it was not.
 */
#include <stdio.h>
#include <string.h>

#include "vmm/gdb.h"
#include "vmm/gdb_regs.h"

#define THREADS_MAX 64
#define FAILED "E01"

/* As much memory as fits a packet. */
#define MEMORY_MAX (RSP_DATA_MAX / 2)

static void answer(char *reply, bool ok)
{
	strcpy(reply, ok ? "OK" : FAILED);
}

/* ---- Registers ----------------------------------------------------------- */

static void read_all(struct gdb *gdb, const char *data, char *reply)
{
	struct gdb_regs regs;
	size_t size;

	(void)data;
	if (!gdb->target->read_regs(gdb->target->context, gdb->thread,
				    &regs)) {
		answer(reply, false);
		return;
	}
	for (u64 i = 0; i < GDB_REGS; i++) {
		void *reg = gdb_reg(&regs, i, &size);

		reply = rsp_hex(reply, reg, size);
	}
}

static bool set_all(struct gdb *gdb, const char *data)
{
	struct gdb_regs regs;
	size_t size;

	for (u64 i = 0; i < GDB_REGS; i++) {
		void *reg = gdb_reg(&regs, i, &size);

		data = rsp_unhex(data, reg, size);
		if (!data)
			return false;
	}
	return gdb->target->write_regs(gdb->target->context, gdb->thread,
				       &regs);
}

static void write_all(struct gdb *gdb, const char *data, char *reply)
{
	answer(reply, set_all(gdb, data));
}

static void read_one(struct gdb *gdb, const char *data, char *reply)
{
	struct gdb_regs regs;
	size_t size;
	u64 number;
	void *reg;

	data = rsp_number(data, &number);
	reg = data ? gdb_reg(&regs, number, &size) : NULL;
	if (reg && gdb->target->read_regs(gdb->target->context, gdb->thread,
					  &regs))
		rsp_hex(reply, reg, size);
	else
		answer(reply, false);
}

/* NUMBER=VALUE */
static bool set_one(struct gdb *gdb, const char *data)
{
	const struct gdb_target *target = gdb->target;
	struct gdb_regs regs;
	size_t size;
	u64 number;
	void *reg;

	data = rsp_number(data, &number);
	reg = data && *data == '=' ? gdb_reg(&regs, number, &size) : NULL;
	return reg &&
	       target->read_regs(target->context, gdb->thread, &regs) &&
	       rsp_unhex(data + 1, reg, size) &&
	       target->write_regs(target->context, gdb->thread, &regs);
}

static void write_one(struct gdb *gdb, const char *data, char *reply)
{
	answer(reply, set_one(gdb, data));
}

/* ---- Memory -------------------------------------------------------------- */

/* ADDRESS,SIZE; returns behind it, NULL if it is not that, or too much. */
static const char *range(const char *data, u64 *address, u64 *size)
{
	data = rsp_number(data, address);
	data = data && *data == ',' ? rsp_number(data + 1, size) : NULL;
	return data && *size <= MEMORY_MAX ? data : NULL;
}

static void read_memory(struct gdb *gdb, const char *data, char *reply)
{
	u8 bytes[MEMORY_MAX];
	u64 address, size;

	if (range(data, &address, &size))
		size = gdb->target->read(gdb->target->context, gdb->thread,
					 address, bytes, size);
	else
		size = 0;
	if (size)
		rsp_hex(reply, bytes, size);
	else
		answer(reply, false);
}

/* ADDRESS,SIZE:BYTES */
static void write_memory(struct gdb *gdb, const char *data, char *reply)
{
	u8 bytes[MEMORY_MAX];
	u64 address, size;

	data = range(data, &address, &size);
	answer(reply, data && *data == ':' &&
			      rsp_unhex(data + 1, bytes, size) &&
			      gdb->target->write(gdb->target->context,
						 gdb->thread, address, bytes,
						 size) == size);
}

/* KIND,ADDRESS,SIZE: kinds 0 and 1 are the same to us, others are unknown. */
static void breakpoint(struct gdb *gdb, const char *data, bool add,
		       char *reply)
{
	u64 kind, address;

	data = rsp_number(data, &kind);
	if (!data || kind > 1)
		return;
	answer(reply, *data == ',' && rsp_number(data + 1, &address) &&
			      gdb->target->breakpoint(gdb->target->context,
						      address, add));
}

static void breakpoint_add(struct gdb *gdb, const char *data, char *reply)
{
	breakpoint(gdb, data, true, reply);
}

static void breakpoint_remove(struct gdb *gdb, const char *data, char *reply)
{
	breakpoint(gdb, data, false, reply);
}

/* ---- Threads ------------------------------------------------------------- */

static bool alive(const struct gdb *gdb, u64 thread)
{
	unsigned int numbers[THREADS_MAX];
	unsigned int count = gdb->target->threads(gdb->target->context,
						  numbers, THREADS_MAX);

	for (unsigned int i = 0; i < count; i++)
		if (numbers[i] == thread)
			return true;
	return false;
}

/* H, then what it is for, then a thread: 0 is any, -1 all. */
static void choose(struct gdb *gdb, const char *data, char *reply)
{
	u64 thread = 0;
	bool ok = true;

	if (*data == 'g' && rsp_number(data + 1, &thread) && thread) {
		ok = alive(gdb, thread);
		if (ok)
			gdb->thread = (unsigned int)thread;
	}
	answer(reply, ok);
}

static void is_alive(struct gdb *gdb, const char *data, char *reply)
{
	u64 thread;

	answer(reply, rsp_number(data, &thread) && alive(gdb, thread));
}

static void list_threads(const struct gdb *gdb, char *reply)
{
	unsigned int numbers[THREADS_MAX];
	unsigned int count = gdb->target->threads(gdb->target->context,
						  numbers, THREADS_MAX);

	for (unsigned int i = 0; i < count; i++)
		reply += sprintf(reply, "%c%x", i ? ',' : 'm', numbers[i]);
	if (!count)
		strcpy(reply, "l");
}

static void name_thread(const char *data, char *reply)
{
	char name[32];
	u64 thread;

	if (!rsp_number(data, &thread) || !thread || thread > THREADS_MAX) {
		answer(reply, false);
		return;
	}
	snprintf(name, sizeof(name), "REC %u", (unsigned int)thread - 1);
	rsp_hex(reply, name, strlen(name));
}

/* ---- Stop and go --------------------------------------------------------- */

/* The answer is the next stop. */
static void why_stopped(struct gdb *gdb, const char *data, char *reply)
{
	(void)data;
	(void)reply;
	gdb->running = true;
}

static void resume(struct gdb *gdb)
{
	gdb->target->resume(gdb->target->context);
	gdb->running = true;
}

static void step(struct gdb *gdb, unsigned int thread, char *reply)
{
	gdb->running = gdb->target->step(gdb->target->context, thread);
	if (!gdb->running)
		answer(reply, false);
}

/* From another address than the present one: not known. */
static void go_on(struct gdb *gdb, const char *data, char *reply)
{
	(void)reply;
	if (!*data)
		resume(gdb);
}

static void step_one(struct gdb *gdb, const char *data, char *reply)
{
	if (!*data)
		step(gdb, gdb->event.thread, reply);
}

/*
 * ;ACTION[:THREAD]...: an action is c or s, or C or S with a signal, for which
 * a realm has no use. The first decides: all go, or one steps.
 */
static void act(struct gdb *gdb, const char *data, char *reply)
{
	const char *colon = data + strcspn(data, ":;");
	u64 thread = gdb->event.thread;

	switch (*data) {
	case 'c':
	case 'C':
		resume(gdb);
		break;
	case 's':
	case 'S':
		if (*colon == ':')
			rsp_number(colon + 1, &thread);
		step(gdb, (unsigned int)thread, reply);
		break;
	default:
		answer(reply, false);
	}
}

static void detach(struct gdb *gdb, const char *data, char *reply)
{
	(void)data;
	gdb->target->detach(gdb->target->context);
	gdb->over = true;
	answer(reply, true);
}

static void kill_run(struct gdb *gdb, const char *data, char *reply)
{
	(void)data;
	gdb->target->kill(gdb->target->context);
	gdb->over = true;
	answer(reply, true);
}

/* ---- Questions and names ------------------------------------------------- */

static void supported(struct gdb *gdb, const char *data, char *reply)
{
	(void)gdb;
	(void)data;
	sprintf(reply,
		"PacketSize=%x;QStartNoAckMode+;qXfer:features:read+;"
		"vContSupported+",
		RSP_DATA_MAX);
}

static void no_ack(struct gdb *gdb, const char *data, char *reply)
{
	(void)data;
	gdb->rsp.no_ack = true;
	answer(reply, true);
}

/* OFFSET,SIZE of the description: a part with m, the last one with l. */
static void describe(struct gdb *gdb, const char *data, char *reply)
{
	size_t length = strlen(gdb_target_xml);
	u64 offset, size;

	(void)gdb;
	if (!range(data, &offset, &size) || offset > length) {
		answer(reply, false);
		return;
	}
	*reply = size < length - offset ? 'm' : 'l';
	snprintf(reply + 1, size + 1, "%s", gdb_target_xml + offset);
}

static void current(struct gdb *gdb, const char *data, char *reply)
{
	(void)data;
	sprintf(reply, "QC%x", gdb->thread);
}

static void first_threads(struct gdb *gdb, const char *data, char *reply)
{
	(void)data;
	list_threads(gdb, reply);
}

static void more_threads(struct gdb *gdb, const char *data, char *reply)
{
	(void)gdb;
	(void)data;
	strcpy(reply, "l");
}

static void thread_name(struct gdb *gdb, const char *data, char *reply)
{
	(void)gdb;
	name_thread(data, reply);
}

/* To a run that was there before: quitting gdb leaves it alone. */
static void attached(struct gdb *gdb, const char *data, char *reply)
{
	(void)gdb;
	(void)data;
	strcpy(reply, "1");
}

static void can_act(struct gdb *gdb, const char *data, char *reply)
{
	(void)gdb;
	(void)data;
	strcpy(reply, "vCont;c;C;s;S");
}

/* The first that a packet begins with; longer ones come before shorter. */
static const struct {
	const char *name;
	void (*handle)(struct gdb *gdb, const char *data, char *reply);
} packets[] = {
	{ "qSupported", supported },
	{ "QStartNoAckMode", no_ack },
	{ "qXfer:features:read:target.xml:", describe },
	{ "qfThreadInfo", first_threads },
	{ "qsThreadInfo", more_threads },
	{ "qThreadExtraInfo,", thread_name },
	{ "qAttached", attached },
	{ "qC", current },
	{ "vCont?", can_act },
	{ "vCont;", act },
	{ "vKill", kill_run },
	{ "?", why_stopped },
	{ "g", read_all },
	{ "G", write_all },
	{ "p", read_one },
	{ "P", write_one },
	{ "m", read_memory },
	{ "M", write_memory },
	{ "Z", breakpoint_add },
	{ "z", breakpoint_remove },
	{ "H", choose },
	{ "T", is_alive },
	{ "c", go_on },
	{ "s", step_one },
	{ "D", detach },
	{ "k", kill_run },
};

void gdb_packet(struct gdb *gdb, const char *data, char reply[RSP_DATA_MAX + 1])
{
	*reply = '\0';
	for (size_t i = 0; i < sizeof(packets) / sizeof(*packets); i++) {
		size_t length = strlen(packets[i].name);

		if (!strncmp(data, packets[i].name, length)) {
			packets[i].handle(gdb, data + length, reply);
			return;
		}
	}
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a debugger asks by the gdb remote protocol, and what it asks it of. A
 * thread is a REC; they stop and go together.
 */
#ifndef VMM_GDB_H
#define VMM_GDB_H

#include "vmm/rsp.h"

/* In the order and with the sizes of the target description. */
struct gdb_regs {
	u64 x[31];
	u64 sp;
	u64 pc;
	u32 cpsr;
	u8 v[32][16];
	u32 fpsr;
	u32 fpcr;
};

enum gdb_stop {
	GDB_ASKED,
	GDB_STEPPED,
	GDB_BREAKPOINT,
};

struct gdb_event {
	enum gdb_stop why;
	unsigned int thread;
};

/*
 * What is debugged. Threads have numbers from 1 on. But for wait, stop, detach
 * and kill, all is asked only while the target is stopped.
 */
struct gdb_target {
	void *context;

	/* Fills at most @max numbers. */
	unsigned int (*threads)(void *context, unsigned int *numbers,
				unsigned int max);
	bool (*read_regs)(void *context, unsigned int thread,
			  struct gdb_regs *regs);
	bool (*write_regs)(void *context, unsigned int thread,
			   const struct gdb_regs *regs);

	/* As the thread sees memory: the number of bytes that are there. */
	size_t (*read)(void *context, unsigned int thread, u64 address,
		       void *data, size_t size);
	size_t (*write)(void *context, unsigned int thread, u64 address,
			const void *data, size_t size);

	/* False if there is no room for one more, or none to remove. */
	bool (*breakpoint)(void *context, u64 address, bool add);

	/* Everything, or one instruction of one thread. */
	void (*resume)(void *context);
	bool (*step)(void *context, unsigned int thread);

	/* Asks for a stop; wait() says when. */
	void (*stop)(void *context);
	/* Waits at most @ms for the target to be stopped. */
	bool (*wait)(void *context, struct gdb_event *event, int ms);

	/* Without breakpoints, everything goes on. */
	void (*detach)(void *context);
	/* The same, and the run ends. */
	void (*kill)(void *context);
};

/* A conversation with one debugger. */
struct gdb {
	struct rsp rsp;
	const struct gdb_target *target;
	unsigned int thread; /* that registers and memory are asked of */
	struct gdb_event event; /* why the target is stopped */
	bool running; /* so that the debugger waits for a stop */
	bool over; /* detached, killed, or gone */
};

/* @fd is a connection; the target is stopped, or will be soon. */
void gdb_init(struct gdb *gdb, int fd, const struct gdb_target *target);

/* Takes one thing from the connection or the target, for at most @ms. */
void gdb_turn(struct gdb *gdb, int ms);

/* The run has ended by itself, with an exit status. */
void gdb_exited(struct gdb *gdb, int status);

/* Answers one packet's data: "" to what it does not know. */
void gdb_packet(struct gdb *gdb, const char *data,
		char reply[RSP_DATA_MAX + 1]);

#endif

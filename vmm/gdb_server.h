/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where debuggers connect: a port of the loopback interface, served by a thread
 * of its own, one debugger after the other.
 */
#ifndef VMM_GDB_SERVER_H
#define VMM_GDB_SERVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "vmm/err.h"
#include "vmm/gdb.h"

struct gdb_server {
	const struct gdb_target *target;
	void (*attach)(void); /* a debugger is there: stop the target */
	int listener; /* -1 if there is no server */
	unsigned int port;
	pthread_t thread;
	atomic_bool end;
	int fd; /* of the debugger that is connected, or -1 */
	struct gdb gdb;
};

/*
 * Listens on @port, or with 0 on one that is free: server->port says which.
 * False, with the port in @err, if that is impossible.
 */
bool gdb_server_start(struct gdb_server *server, unsigned int port,
		      const struct gdb_target *target, void (*attach)(void),
		      struct err *err);

/*
 * In two steps, since the target can only end once nobody stops it any more:
 * the first takes no more orders, the second tells a debugger that is connected
 * the run's exit status. Nothing without a server.
 */
void gdb_server_stop(struct gdb_server *server);
void gdb_server_end(struct gdb_server *server, int status);

#endif

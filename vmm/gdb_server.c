// SPDX-License-Identifier: BSD-3-Clause
/*
 * Where debuggers connect.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vmm/gdb_server.h"

/* So often the thread looks whether it should end. */
#define TICK_MS 50

static void hang_up(struct gdb_server *server)
{
	if (server->fd >= 0)
		close(server->fd);
	server->fd = -1;
}

static void serve(struct gdb_server *server)
{
	const int on = 1;

	server->fd = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
	if (server->fd < 0)
		return;
	setsockopt(server->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	server->attach();
	gdb_init(&server->gdb, server->fd, server->target);
	while (!server->gdb.over) {
		if (atomic_load(&server->end))
			return;
		gdb_turn(&server->gdb, TICK_MS);
	}
	hang_up(server);
}

static void *server_thread(void *context)
{
	struct gdb_server *server = context;
	struct pollfd poll_fd = { .fd = server->listener, .events = POLLIN };

	while (!atomic_load(&server->end))
		if (poll(&poll_fd, 1, TICK_MS) > 0)
			serve(server);
	return NULL;
}

/* Only from this machine: a debugger sees all that a realm has. */
static int listen_on(unsigned int port, unsigned int *bound)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const int on = 1;

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&address, size) || listen(fd, 1) ||
	    getsockname(fd, (struct sockaddr *)&address, &size)) {
		int error = errno;

		close(fd);
		return -error;
	}
	*bound = ntohs(address.sin_port);
	return fd;
}

bool gdb_server_start(struct gdb_server *server, unsigned int port,
		      const struct gdb_target *target, void (*attach)(void),
		      struct err *err)
{
	int error;

	server->target = target;
	server->attach = attach;
	atomic_store(&server->end, false);
	server->fd = -1;
	server->listener = listen_on(port, &server->port);
	if (server->listener < 0) {
		error = -server->listener;
	} else {
		error = pthread_create(&server->thread, NULL, server_thread,
				       server);
		if (!error)
			return true;
		close(server->listener);
	}
	server->listener = -1;
	return err_set(err, "--gdb %u: %s", port, strerror(error));
}

void gdb_server_stop(struct gdb_server *server)
{
	if (server->listener < 0)
		return;
	atomic_store(&server->end, true);
	pthread_join(server->thread, NULL);
	close(server->listener);
	server->listener = -1;
}

void gdb_server_end(struct gdb_server *server, int status)
{
	if (server->fd >= 0)
		gdb_exited(&server->gdb, status);
	hang_up(server);
}

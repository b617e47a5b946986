/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The debugger's side of the remote protocol, for tests: whole packets over a
 * connection.
 */
#ifndef TESTS_VMM_GDB_KIT_H
#define TESTS_VMM_GDB_KIT_H

/* Of the connection that is tested; -1 if there is none. */
extern int gdb_fd;

/* Sends @bytes as they are. */
void gdb_send_raw(const char *bytes);

/* Sends a packet, and an acknowledgment for the one before it. */
void gdb_send(const char *data);

/*
 * The next packet's data, static, without acknowledgments; at most 20 seconds
 * from now, or the test fails.
 */
const char *gdb_receive(void);

/* The next @size bytes as they come, static. */
const char *gdb_receive_raw(unsigned int size);

/* Sends @data and expects @reply. */
void gdb_asks(const char *data, const char *reply);

#endif

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The debugger's side of the remote protocol.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/gdb_kit.h"

#define DATA_MAX 0x8000

int gdb_fd = -1;

void gdb_send_raw(const char *bytes)
{
	size_t size = strlen(bytes);

	assert_int_equal(write(gdb_fd, bytes, size), size);
}

void gdb_send(const char *data)
{
	static char packet[DATA_MAX];
	unsigned char sum = 0;

	for (const char *at = data; *at; at++)
		sum = (unsigned char)(sum + *at);
	snprintf(packet, sizeof(packet), "$%s#%02x", data, sum);
	gdb_send_raw(packet);
}

static char receive_byte(void)
{
	struct pollfd poll_fd = { .fd = gdb_fd, .events = POLLIN };
	char byte;

	if (poll(&poll_fd, 1, 20000) != 1)
		fail_msg("nothing came");
	assert_int_equal(read(gdb_fd, &byte, 1), 1);
	return byte;
}

const char *gdb_receive_raw(unsigned int size)
{
	static char bytes[256];

	assert_true(size < sizeof(bytes));
	for (unsigned int i = 0; i < size; i++)
		bytes[i] = receive_byte();
	bytes[size] = '\0';
	return bytes;
}

const char *gdb_receive(void)
{
	static char data[DATA_MAX];
	size_t size = 0;
	char byte;

	do
		byte = receive_byte();
	while (byte == '+');
	assert_int_equal(byte, '$');
	while ((byte = receive_byte()) != '#') {
		assert_true(size < sizeof(data) - 1);
		data[size++] = byte;
	}
	data[size] = '\0';
	receive_byte();
	receive_byte();
	return data;
}

void gdb_asks(const char *data, const char *reply)
{
	gdb_send(data);
	assert_string_equal(gdb_receive(), reply);
}

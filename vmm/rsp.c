// SPDX-License-Identifier: BSD-3-Clause
/*
 * Packets of the gdb remote serial protocol.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "vmm/rsp.h"

#define INTERRUPT '\x03'

void rsp_init(struct rsp *rsp, int fd)
{
	rsp->fd = fd;
	rsp->no_ack = false;
	rsp->in_size = 0;
	rsp->out_size = 0;
}

/* ---- Hex ----------------------------------------------------------------- */

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *rsp_hex(char *to, const void *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const u8 *from = bytes;

	while (size--) {
		*to++ = digits[*from >> 4];
		*to++ = digits[*from++ & 0xf];
	}
	*to = '\0';
	return to;
}

const char *rsp_unhex(const char *from, void *bytes, size_t size)
{
	u8 *to = bytes;

	for (; size--; from += 2) {
		if (digit(from[0]) < 0 || digit(from[1]) < 0)
			return NULL;
		*to++ = (u8)(digit(from[0]) << 4 | digit(from[1]));
	}
	return from;
}

const char *rsp_number(const char *from, u64 *number)
{
	if (digit(*from) < 0)
		return NULL;
	for (*number = 0; digit(*from) >= 0; from++)
		*number = *number << 4 | (u64)digit(*from);
	return from;
}

/* ---- Sending ------------------------------------------------------------- */

static u8 sum(const char *data, size_t size)
{
	u8 sum = 0;

	while (size--)
		sum = (u8)(sum + (u8)*data++);
	return sum;
}

static bool send_all(const struct rsp *rsp, const char *data, size_t size)
{
	while (size) {
		ssize_t n = send(rsp->fd, data, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		size -= (size_t)n;
	}
	return true;
}

bool rsp_write(struct rsp *rsp, const char *data)
{
	size_t size = strnlen(data, RSP_DATA_MAX);

	rsp->out_size = (size_t)snprintf(rsp->out, sizeof(rsp->out),
					 "$%.*s#%02x", (int)size, data,
					 sum(data, size));
	return send_all(rsp, rsp->out, rsp->out_size);
}

/* ---- Receiving ----------------------------------------------------------- */

static void drop(struct rsp *rsp, size_t size)
{
	rsp->in_size -= size;
	memmove(rsp->in, rsp->in + size, rsp->in_size);
}

static enum rsp_event acknowledge(const struct rsp *rsp, char with,
				  enum rsp_event event)
{
	if (!rsp->no_ack && !send_all(rsp, &with, 1))
		return RSP_CLOSED;
	return event;
}

/* A whole packet at the start of what was received, if there is one. */
static enum rsp_event take_packet(struct rsp *rsp, char *data)
{
	const char *end = memchr(rsp->in, '#', rsp->in_size);
	size_t size = end ? (size_t)(end - rsp->in) - 1 : 0;
	u8 expected;
	bool right;

	if (!end || rsp->in_size < size + 4)
		return rsp->in_size < sizeof(rsp->in) ? RSP_NOTHING :
							RSP_CLOSED;
	memcpy(data, rsp->in + 1, size);
	data[size] = '\0';
	right = rsp_unhex(end + 1, &expected, 1) &&
		expected == sum(data, size);
	drop(rsp, size + 4);
	return right ? acknowledge(rsp, '+', RSP_PACKET) :
		       acknowledge(rsp, '-', RSP_NOTHING);
}

/* Takes what is complete from what was received. */
static enum rsp_event take(struct rsp *rsp, char *data)
{
	enum rsp_event event = RSP_NOTHING;

	while (event == RSP_NOTHING && rsp->in_size) {
		size_t before = rsp->in_size;
		char first = rsp->in[0];

		if (first == '$') {
			event = take_packet(rsp, data);
			if (rsp->in_size == before)
				break;
			continue;
		}
		drop(rsp, 1);
		if (first == INTERRUPT)
			event = RSP_INTERRUPT;
		else if (first == '-' &&
			 !send_all(rsp, rsp->out, rsp->out_size))
			event = RSP_CLOSED;
	}
	return event;
}

enum rsp_event rsp_read(struct rsp *rsp, char data[RSP_DATA_MAX + 1], int ms)
{
	struct pollfd poll_fd = { .fd = rsp->fd, .events = POLLIN };
	enum rsp_event event = take(rsp, data);
	ssize_t n;

	if (event != RSP_NOTHING)
		return event;
	if (poll(&poll_fd, 1, ms) <= 0)
		return RSP_NOTHING;
	n = recv(rsp->fd, rsp->in + rsp->in_size,
		 sizeof(rsp->in) - rsp->in_size, 0);
	if (n < 0 && errno == EINTR)
		return RSP_NOTHING;
	if (n <= 0)
		return RSP_CLOSED;
	rsp->in_size += (size_t)n;
	return take(rsp, data);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets of the gdb remote serial protocol over a connection: "$data#sum", in
 * which data is mostly hex, each answered by + or - until both sides agree to
 * leave that out.
 */
#ifndef VMM_RSP_H
#define VMM_RSP_H

#include <stdbool.h>
#include <stddef.h>

#include "abi/stdint/abi_types.h"

/* The data of a packet, without its frame. */
#define RSP_DATA_MAX 0x4000

struct rsp {
	int fd;
	bool no_ack; /* from the next packet on: no + or - */
	char in[RSP_DATA_MAX + 8]; /* received, not yet used */
	size_t in_size;
	char out[RSP_DATA_MAX + 8]; /* the last packet sent */
	size_t out_size;
};

enum rsp_event {
	RSP_NOTHING, /* in this time */
	RSP_PACKET,
	RSP_INTERRUPT, /* the byte 0x03: stop, whatever runs */
	RSP_CLOSED, /* or what came was no such protocol */
};

void rsp_init(struct rsp *rsp, int fd);

/*
 * Waits at most @ms for something; a packet's data is in @data, as a string. A
 * packet with a wrong sum is asked for again.
 */
enum rsp_event rsp_read(struct rsp *rsp, char data[RSP_DATA_MAX + 1], int ms);

/* False if the other side is gone. */
bool rsp_write(struct rsp *rsp, const char *data);

/* @size bytes as 2 * @size digits and a NUL; returns the end. */
char *rsp_hex(char *to, const void *bytes, size_t size);

/* Reads @size bytes; returns behind them, NULL if there are not as many. */
const char *rsp_unhex(const char *from, void *bytes, size_t size);

/* A number in hex; returns behind it, NULL if there is none. */
const char *rsp_number(const char *from, u64 *number);

#endif

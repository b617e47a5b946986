/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Operations, step by step: what the conditions about them share.
 */
#ifndef SUITE_RMI_SRO_H
#define SUITE_RMI_SRO_H

#include "tests/suite/rmi/lists.h"
#include "tests/suite/rmi/tables.h"

/* The last answer, and what memory it asks for. */
extern uint64_t sro_last, sro_request;

/*
 * Opens a REC_CREATE of the granule MINE, or a REC_DESTROY of REC2; HANDLE.
 * False, with the condition skipped, if no memory is to be moved.
 */
bool sro_open_create(void);
bool sro_open_destroy(void);

/* True if the operation is open and wants this. */
bool sro_is(uint64_t memory);

/* Pages that are asked for. */
uint64_t sro_pages(void);

/*
 * True if the request is for a few delegated pages wherever they are; else the
 * condition is skipped.
 */
bool sro_simple_request(void);

/* OP_MEM_DONATE of a list of descriptors, as words of tables: x0. */
uint64_t sro_donate(const uint64_t *list, unsigned int count);
#define donate(...) \
	sro_donate((const uint64_t[]){ __VA_ARGS__ }, \
		   COUNT(((const uint64_t[]){ __VA_ARGS__ })))

/*
 * OP_CANCEL has answered @ret, and the operation ends: with SUCCESS only if
 * that is OP_CANCEL's own, since the command has not done what it was for.
 */
void sro_cancelled(uint64_t ret);

/* Drives it to its end, which must be @want. */
void sro_finish(uint64_t want);

#endif

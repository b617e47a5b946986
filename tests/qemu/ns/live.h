/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm that runs. What it executes is a copy of this test image, mapped
 * where the image lies, so that a test can name a function of its own and have
 * it run inside (inside.h).
 */
#ifndef TESTS_QEMU_NS_LIVE_H
#define TESTS_QEMU_NS_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"

#define LIVE_RECS 2
#define LIVE_IPA_BITS 33
#define LIVE_RD 0x4a000000ull

/* In the protected half: two pages of RAM that are not there, RIPAS EMPTY. */
#define LIVE_HOLE_IPA 0x443f0000ull
#define LIVE_HOLE2_IPA 0x443f1000ull
#define LIVE_EMPTY_IPA 0x443f2000ull

/* In the unprotected half: with tables, and without. */
#define LIVE_SHARED_IPA 0x1443f0000ull
#define LIVE_DEVICE_IPA 0x109000000ull

/* Of the host's own memory: two pages for LIVE_SHARED_IPA. */
#define LIVE_SHARED_PA 0x49801000ull

/* The page that the host gives in each REC_ENTER: run[REC]. */
extern struct rec_run live_run[LIVE_RECS];

/*
 * Builds the realm and its RECs, of which only the first is runnable, measures
 * everything, and activates it; true if every step succeeded.
 */
bool live_build(void);

/* Takes it apart, all memory back; true if every step succeeded. */
bool live_destroy(void);

/* RIM as it should be, computed here; 32 bytes. */
extern uint64_t live_rim[4];

/* RMI_PSCI_COMPLETE for a request of the first REC about the second. */
uint64_t live_psci_complete(uint64_t status);

/* Maps a fresh page at a hole, and takes it back. */
uint64_t live_fill(uint64_t hole_ipa);
uint64_t live_empty(uint64_t hole_ipa);

/* RTT_SET_RIPAS for the whole request of the first REC. */
uint64_t live_set_ripas(void);

/* The host's page at LIVE_SHARED_IPA: for writing too, only to read, away. */
uint64_t live_share(uint64_t pa);
uint64_t live_show(uint64_t pa);
uint64_t live_unshare(void);

/* REC_ENTER with @flags; its status. */
uint64_t live_enter(unsigned int rec, uint64_t flags);

/* The exit was of this reason; or SYNC with this exception class. */
bool live_exit_is(unsigned int rec, unsigned int reason);
bool live_exit_class(unsigned int rec, uint64_t class);

/* IPA of an abort that the host was told of. */
uint64_t live_exit_ipa(unsigned int rec);

/*
 * Puts what a REC that waits for work is to do next into its page; and enters
 * it for that with no flags, for the status of REC_ENTER.
 */
typedef uint64_t inside_function(uint64_t a, uint64_t b, uint64_t c);
void live_ask(unsigned int rec, inside_function *function, uint64_t a,
	      uint64_t b, uint64_t c);
uint64_t live_begin(unsigned int rec, inside_function *function, uint64_t a,
		    uint64_t b, uint64_t c);

/* True if the REC has done its work with @value as the result, and waits. */
bool live_done(unsigned int rec, uint64_t value);

/*
 * Begin, and done at once. Anything else than that is printed, and answers
 * ~0, which no function returns.
 */
uint64_t live_eval(unsigned int rec, inside_function *function, uint64_t a,
		   uint64_t b, uint64_t c);

#endif

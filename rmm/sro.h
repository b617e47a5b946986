/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stateful operations (Arm DEN 0137, chapter "Stateful RMI operations"): a
 * command that needs memory of the host, or has some to give back, answers
 * INCOMPLETE and goes on in further calls that name it by a handle.
 *
 * An operation goes through at most four steps:
 *
 *	DONATE    the host must give `wanted` granules  (OP_MEM_DONATE)
 *	WORK      all is there, it can be done          (OP_CONTINUE, as often
 *	          as interrupts make it stop)
 *	RECLAIM   the host must take `held` granules    (OP_MEM_RECLAIM)
 *	END       the last answer is due                (OP_CONTINUE)
 *
 *	REC_CREATE     DONATE -> WORK
 *	                    \       \
 *	REC_DESTROY          +-------+--> RECLAIM -> END
 *	DATA_MAP, DATA_UNMAP     WORK
 *
 * and is over at the end of its line. REC_CREATE turns down where the host
 * gives up (OP_CANCEL, a donation of which nothing can be used), or the work
 * fails.
 *
 * Granules are asked for delegated, in any place or all in one, and are
 * GRANULE_INTERNAL while we hold them. While it waits for memory, an operation
 * can be cancelled, so that a host without memory need not leave it open.
 *
 * An operation that the host abandons keeps its handle, what it holds and what
 * it claimed. There are SRO_HANDLES of them, and no more.
 */
#ifndef RMM_SRO_H
#define RMM_SRO_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_smc.h"
#include "rmm/block.h"

#define SRO_HANDLES 64
#define SRO_GRANULES 16 /* the most that one operation can hold */

struct sro;

/* What is particular to a kind of operation. */
struct sro_kind {
	/*
	 * WORK: checks and does it, and takes over all granules with
	 * sro_keep(); @out gets the results of the command that opened the
	 * operation. INCOMPLETE if there is more to do. After any other status
	 * but SUCCESS what is held goes back to the host, then the status. NULL
	 * if the operation has no such step.
	 */
	uint64_t (*work)(struct sro *sro, uint64_t out[5]);

	/* WORK: from now on it is undone. NULL if never sro->cancellable. */
	void (*cancel)(struct sro *sro);

	/*
	 * END: gives back what the operation claimed when it was opened. NULL
	 * if it holds nothing of the host's: then it ends with WORK.
	 */
	void (*end)(struct sro *sro);
};

/* Work on one entry of a realm's tables, and what the command will answer. */
struct sro_range {
	uint64_t rd;
	uint64_t ipa;
	int level;
	struct block block; /* its DATA is in no table meanwhile */
	bool progress; /* there was some before this entry */
	uint64_t out[3]; /* x1 to x3 */
};

/* No granule, where the address of one could stand. */
#define SRO_NO_OBJECT (~(uint64_t)0)

enum sro_step {
	SRO_DONATE,
	SRO_WORK,
	SRO_RECLAIM,
	SRO_END,
};

struct sro {
	uint32_t use; /* whose turn it is, see sro.c */
	enum sro_step step;
	const struct sro_kind *kind;
	uint64_t status; /* of END */
	uint64_t object; /* PA of the granule that is PENDING meanwhile */
	uint64_t arg[2]; /* the kind's own */
	struct sro_range range; /* the same */
	bool cancellable; /* at WORK */
	unsigned int wanted; /* granules still to be donated */
	bool contiguous; /* all in one place */
	bool refused; /* the last donation */
	unsigned int held;
	uint64_t granule[SRO_GRANULES]; /* PAs, ascending */
};

/* All handles free. */
void sro_init(void);

/*
 * Takes a free handle for an operation of @kind; the calling CPU has it until
 * sro_leave() or sro_close(). NULL if there is none, with *@status BLOCKED, or
 * BUSY if one is being used at this moment and may soon be free.
 */
struct sro *sro_open(const struct sro_kind *kind, uint64_t *status);

/*
 * What comes first: @count granules from the host, or all held ones to it. If
 * they are to be @contiguous, @count is a power of two, and they are aligned to
 * their size; no command of ours asks for that, tests do.
 */
void sro_donate_first(struct sro *sro, unsigned int count, bool contiguous);
void sro_reclaim_first(struct sro *sro);

/* Adds a granule in GRANULE_INTERNAL to those held. */
void sro_hold(struct sro *sro, uint64_t pa);

/* The last of the granules held, now the caller's. */
uint64_t sro_keep(struct sro *sro);

/* The operation that waits for the host as @handle; NULL if none does. */
struct sro *sro_enter(uint64_t handle);

/*
 * The operation waits for the host again: the result word that says for what,
 * and *@request, the memory wanted if it is DONATE.
 */
uint64_t sro_leave(struct sro *sro, uint64_t *request);

/*
 * Two other ends of a call about an operation that is entered. It cannot get
 * what it wants: RECLAIM, also if there is nothing to give back, so that the
 * host learns it in one way only, then ERROR_INPUT. Or the call is not the one
 * that is due, or bad: the operation waits on, the result is ERROR_INPUT.
 */
uint64_t sro_give_up(struct sro *sro, uint64_t *request);
uint64_t sro_refuse(struct sro *sro);

/* The operation is over, its handle free. */
void sro_close(struct sro *sro);

/*
 * The end of a command that does its work at once if it can: @status is what
 * came of that, and the operation is over unless it is INCOMPLETE.
 */
uint64_t sro_finish(struct sro *sro, uint64_t status, uint64_t out[5]);

uint64_t sro_handle(const struct sro *sro);

/*
 * What a command answers that did not find the granule at @pa in the state that
 * it needs: BLOCKED if it is the object of an operation, else ERROR_INPUT.
 */
uint64_t sro_refusal(uint64_t pa);

/* Open operations by handle, for the ledger; NULL if the handle is free. */
const struct sro *sro_at(unsigned int handle);

/*
 * The rest of the calls that drive it: each wants the operation entered, and
 * the last of its work is sro_leave() or sro_close(). Result words as in
 * Arm DEN 0137, OP_CONTINUE, OP_CANCEL, OP_MEM_DONATE and OP_MEM_RECLAIM.
 */
uint64_t sro_continue(struct sro *sro, uint64_t out[5]);
uint64_t sro_cancel(struct sro *sro, uint64_t out[5]);
uint64_t sro_donate(struct sro *sro, uint64_t list, uint64_t count,
		    uint64_t *taken, uint64_t *request);
uint64_t sro_reclaim(struct sro *sro, uint64_t list, uint64_t count,
		     uint64_t *written);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Turns of vCPUs, for a machine with sched fixed: of all that are in KVM_RUN
 * one has the turn, and it alone does anything. It has it until TURN_TICKS
 * instructions are executed and another is ready, or it idles, or KVM_RUN ends
 * for good. The next one is the next ready one by number, around the ring.
 *
 * The same in each run of the same program, guest and options: what each vCPU
 * executes between any two of its exits, the order of all RMI calls and exits
 * of vCPUs and of what their threads do with them, and the counter at each.
 *
 * For that nobody has the turn while the vCPU that has it handles an exit in
 * the VMM, or while one that was turned on has not entered KVM_RUN yet. But
 * nobody waits for either longer than TURN_PATIENCE_S seconds of the host, or
 * if its thread comes with another vCPU: from there on the order is a
 * different one. When no vCPU is ready, the counter jumps to the first
 * deadline.
 *
 * Not fixed: what comes from elsewhere and when (kicks, so Ctrl-C and time
 * limits; interrupts of devices with threads of their own), system calls of
 * threads that run no vCPU, and the order in which vCPUs begin that are on from
 * the start, if there are several.
 *
 * This file knows only the ring; cpus.c calls it under its lock, and waits.
 */
#ifndef SIM_KERNEL_TURNS_H
#define SIM_KERNEL_TURNS_H

#include <linux/types.h>

#define TURN_TICKS 20000
#define TURN_PATIENCE_S 5

enum seat_state {
	SEAT_NONE, /* not in KVM_RUN, and nobody waits for it */
	SEAT_EXPECTED, /* was woken, and has not come yet */
	SEAT_READY, /* wants the turn */
	SEAT_TURN,
	SEAT_KEPT, /* has the turn, and is in the VMM with an exit */
	SEAT_IDLE, /* until a wake or its deadline */
};

struct seat {
	enum seat_state state;
	u64 order;
	u64 deadline; /* IDLE */
	struct seat *next;
};

/* An empty ring. */
void turns_init(void);

/*
 * Changes a seat's state; what leaves the turn gives it to the next. Who joins
 * and is not ready is idle until a wake. Who kept the turn has it again.
 */
void turn_join(struct seat *seat, u64 order, bool ready);
void turn_keep(struct seat *seat);
void turn_sleep(struct seat *seat, u64 deadline);
void turn_leave(struct seat *seat);

/* IDLE becomes READY; NONE becomes EXPECTED. Others stay. */
void turn_wake(struct seat *seat);

/* Lets the next one have the turn, if the time of @seat is over. */
void turn_offer(struct seat *seat);

/* The counter at which the host wants the holder of the turn back. */
u64 turn_until(const struct seat *seat);

/* True if all wait for somebody outside; and going on without those. */
bool turns_wait_outside(void);
void turns_give_up(void);

#endif

// SPDX-License-Identifier: BSD-3-Clause
/*
 * The ring of vCPUs.
 */
#include "sim/kernel/turns.h"

#include "sim/machine/machine.h"

#define NO_DEADLINE (~0ull)

static struct seat *ring; /* by order; none of them is SEAT_NONE */
static u64 last; /* the order of who had the turn last */
static u64 began; /* the counter when the turn began */

void turns_init(void)
{
	ring = NULL;
	last = NO_DEADLINE;
}

static void insert(struct seat *seat)
{
	struct seat **at = &ring;

	while (*at && (*at)->order < seat->order)
		at = &(*at)->next;
	seat->next = *at;
	*at = seat;
}

static void remove(struct seat *seat)
{
	struct seat **at = &ring;

	while (*at && *at != seat)
		at = &(*at)->next;
	if (*at)
		*at = seat->next;
}

static bool any(enum seat_state state)
{
	struct seat *seat = ring;

	while (seat && seat->state != state)
		seat = seat->next;
	return seat;
}

/* The first deadline of those that idle. */
static u64 first_deadline(void)
{
	u64 first = NO_DEADLINE;
	struct seat *seat;

	for (seat = ring; seat; seat = seat->next) {
		if (seat->state == SEAT_IDLE && seat->deadline < first)
			first = seat->deadline;
	}
	return first;
}

static void wake_due(void)
{
	u64 now = machine_counter();
	struct seat *seat;

	for (seat = ring; seat; seat = seat->next) {
		if (seat->state == SEAT_IDLE && seat->deadline <= now)
			seat->state = SEAT_READY;
	}
}

/* The first that is ready after the last that had the turn. */
static struct seat *next_ready(void)
{
	struct seat *first = NULL, *seat;

	for (seat = ring; seat; seat = seat->next) {
		if (seat->state != SEAT_READY)
			continue;
		if (seat->order > last)
			return seat;
		if (!first)
			first = seat;
	}
	return first;
}

/* Gives the turn to somebody, if nobody has it. */
static void pass(void)
{
	struct seat *next;

	wake_due();
	if (any(SEAT_TURN) || turns_wait_outside())
		return;
	next = next_ready();
	if (!next && first_deadline() != NO_DEADLINE) {
		machine_counter_skip(first_deadline());
		wake_due();
		next = next_ready();
	}
	if (!next)
		return;
	next->state = SEAT_TURN;
	last = next->order;
	began = machine_counter();
}

void turn_join(struct seat *seat, u64 order, bool ready)
{
	if (seat->state == SEAT_KEPT) {
		seat->state = SEAT_TURN;
		return;
	}
	remove(seat);
	seat->order = order;
	seat->state = ready ? SEAT_READY : SEAT_IDLE;
	seat->deadline = NO_DEADLINE;
	insert(seat);
	pass();
}

void turn_keep(struct seat *seat)
{
	if (seat->state == SEAT_TURN)
		seat->state = SEAT_KEPT;
}

void turn_sleep(struct seat *seat, u64 deadline)
{
	seat->state = SEAT_IDLE;
	seat->deadline = deadline;
	pass();
}

void turn_leave(struct seat *seat)
{
	remove(seat);
	seat->state = SEAT_NONE;
	pass();
}

void turn_wake(struct seat *seat)
{
	if (seat->state == SEAT_IDLE) {
		seat->state = SEAT_READY;
		pass();
	} else if (seat->state == SEAT_NONE) {
		seat->state = SEAT_EXPECTED;
		insert(seat);
	}
}

/* Others want the turn. */
static bool wanted(void)
{
	return any(SEAT_READY) || any(SEAT_EXPECTED);
}

void turn_offer(struct seat *seat)
{
	wake_due();
	if (!wanted() || machine_counter() < began + TURN_TICKS)
		return;
	seat->state = SEAT_READY;
	pass();
}

u64 turn_until(const struct seat *seat)
{
	if (seat->state != SEAT_TURN)
		return NO_DEADLINE;
	return wanted() ? began + TURN_TICKS : first_deadline();
}

bool turns_wait_outside(void)
{
	return any(SEAT_KEPT) || any(SEAT_EXPECTED);
}

void turns_give_up(void)
{
	struct seat *seat = ring, *next;

	for (; seat; seat = next) {
		next = seat->next;
		if (seat->state != SEAT_KEPT && seat->state != SEAT_EXPECTED)
			continue;
		remove(seat);
		seat->state = SEAT_NONE;
	}
	pass();
}

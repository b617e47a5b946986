// SPDX-License-Identifier: BSD-3-Clause
/*
 * Turns of vCPUs: the ring alone, and threads that go through cpus.h with it.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "sim/kernel/cpus.h"
#include "sim/machine/counter.h"
#include "sim/machine/machine.h"

#define SEATS 3
#define NEVER (~0ull)

static struct seat seats[SEATS];

static int setup(void **state)
{
	struct machine_conf conf;
	char err[128];
	unsigned int i;

	(void)state;
	assert_true(machine_conf_parse("test", "ram = 0x80000000+1M\n"
				       "cpus = 4\nrmm = no\n", &conf, err,
				       sizeof(err)));
	assert_true(machine_start(&conf, err, sizeof(err)));
	turns_init();
	for (i = 0; i < SEATS; i++)
		seats[i] = (struct seat){ .state = SEAT_NONE };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	machine_stop();
	return 0;
}

static void join(unsigned int i)
{
	turn_join(&seats[i], i, true);
}

static void expect_states(enum seat_state a, enum seat_state b,
			  enum seat_state c)
{
	assert_int_equal(seats[0].state, a);
	assert_int_equal(seats[1].state, b);
	assert_int_equal(seats[2].state, c);
}

/* ---- The ring ------------------------------------------------------------ */

static void turn_goes_round_by_number(void **state)
{
	unsigned int i, holder = 2;

	join(2);
	join(0);
	join(1);
	expect_states(SEAT_READY, SEAT_READY, SEAT_TURN);
	for (i = 0; i < 7; i++) {
		turn_offer(&seats[holder]);
		assert_int_equal(seats[holder].state, SEAT_TURN);
		counter_add(TURN_TICKS);
		turn_offer(&seats[holder]);
		assert_int_equal(seats[holder].state, SEAT_READY);
		holder = (holder + 1) % SEATS;
		assert_int_equal(seats[holder].state, SEAT_TURN);
	}
}

static void who_is_alone_keeps_the_turn(void **state)
{
	join(1);
	assert_int_equal(turn_until(&seats[1]), NEVER);
	counter_add(5 * TURN_TICKS);
	turn_offer(&seats[1]);
	assert_int_equal(seats[1].state, SEAT_TURN);
	/* Its time is long over for whoever comes. */
	join(0);
	assert_true(turn_until(&seats[1]) <= machine_counter());
	turn_offer(&seats[1]);
	expect_states(SEAT_TURN, SEAT_READY, SEAT_NONE);
}

static void who_leaves_gives_the_turn_away(void **state)
{
	join(0);
	join(1);
	turn_leave(&seats[0]);
	expect_states(SEAT_NONE, SEAT_TURN, SEAT_NONE);
}

static void time_jumps_to_the_first_deadline_when_all_idle(void **state)
{
	u64 start = machine_counter();

	join(0);
	join(1);
	turn_sleep(&seats[0], start + 9000);
	expect_states(SEAT_IDLE, SEAT_TURN, SEAT_NONE);
	assert_int_equal(machine_counter(), start);
	/* The host wants the CPU back when the other is due. */
	assert_int_equal(turn_until(&seats[1]), start + 9000);
	turn_sleep(&seats[1], start + 5000);
	expect_states(SEAT_IDLE, SEAT_TURN, SEAT_NONE);
	assert_int_equal(machine_counter(), start + 5000);
	turn_sleep(&seats[1], NEVER);
	expect_states(SEAT_TURN, SEAT_IDLE, SEAT_NONE);
	assert_int_equal(machine_counter(), start + 9000);
	turn_sleep(&seats[0], NEVER);
	expect_states(SEAT_IDLE, SEAT_IDLE, SEAT_NONE);
	turn_wake(&seats[1]);
	expect_states(SEAT_IDLE, SEAT_TURN, SEAT_NONE);
}

static void who_is_due_gets_its_turn_among_the_others(void **state)
{
	join(0);
	join(1);
	turn_sleep(&seats[0], machine_counter() + 100);
	counter_add(100);
	turn_offer(&seats[1]);
	expect_states(SEAT_READY, SEAT_TURN, SEAT_NONE);
	counter_add(TURN_TICKS);
	turn_offer(&seats[1]);
	expect_states(SEAT_TURN, SEAT_READY, SEAT_NONE);
}

static void nobody_has_the_turn_while_it_is_kept(void **state)
{
	join(0);
	turn_keep(&seats[0]);
	join(1);
	assert_true(turns_wait_outside());
	expect_states(SEAT_KEPT, SEAT_READY, SEAT_NONE);
	join(0);
	expect_states(SEAT_TURN, SEAT_READY, SEAT_NONE);
	turn_keep(&seats[0]);
	turns_give_up();
	expect_states(SEAT_NONE, SEAT_TURN, SEAT_NONE);
	assert_false(turns_wait_outside());
}

static void who_was_turned_on_is_waited_for(void **state)
{
	join(0);
	turn_wake(&seats[1]);
	expect_states(SEAT_TURN, SEAT_EXPECTED, SEAT_NONE);
	counter_add(TURN_TICKS);
	turn_offer(&seats[0]);
	expect_states(SEAT_READY, SEAT_EXPECTED, SEAT_NONE);
	join(1);
	expect_states(SEAT_READY, SEAT_TURN, SEAT_NONE);
}

static void who_comes_and_is_off_disturbs_nobody(void **state)
{
	join(0);
	turn_join(&seats[1], 1, false);
	expect_states(SEAT_TURN, SEAT_IDLE, SEAT_NONE);
	assert_int_equal(turn_until(&seats[0]), NEVER);
	turn_wake(&seats[1]);
	expect_states(SEAT_TURN, SEAT_READY, SEAT_NONE);
	assert_int_equal(turn_until(&seats[0]), machine_counter() + TURN_TICKS);
}

/* ---- Threads ------------------------------------------------------------- */

#define VCPUS 3
#define ROUNDS 40
#define LOG_MAX (VCPUS * ROUNDS)

static struct kick kicks[VCPUS];
static unsigned int order[LOG_MAX], logged;
static u64 counters[LOG_MAX];

static void nap(long ns)
{
	struct timespec time = { .tv_nsec = ns };

	nanosleep(&time, NULL);
}

static int setup_cpus(void **state)
{
	setup(state);
	cpus_init(4, true);
	for (unsigned int i = 0; i < VCPUS; i++)
		kicks[i] = (struct kick){ .pending = false };
	logged = 0;
	return 0;
}

/*
 * A guest of a vCPU: stays in its realm for some time, idles for some, exits to
 * a VMM that is as slow as it likes. Vcpu 0 turns the others on. What it logs
 * has no lock: the turn is one.
 */
static void *vcpu_thread(void *context)
{
	struct kick *kick = context;
	unsigned int self = (unsigned int)(kick - kicks), round;

	for (round = 0; round < ROUNDS; round++) {
		nap(rand() % 200000);
		cpu_get_run(kick, self, self && !round);
		assert_int_equal(machine_cpu(), 0);
		assert_true(cpu_realm_begin(kick));
		order[logged] = self;
		counters[logged++] = machine_counter();
		counter_add(3000 * (self + 1));
		cpu_realm_end(kick);
		if (!self && round == 3) {
			cpu_wake(&kicks[1]);
			cpu_wake(&kicks[2]);
		}
		if (round % 4 == self)
			cpu_idle_until(kick, machine_counter() + 7000);
		cpu_put_run(kick, round < ROUNDS - 1);
	}
	return NULL;
}

static void run_vcpus(void)
{
	pthread_t threads[VCPUS];
	unsigned int i;

	for (i = 0; i < VCPUS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, vcpu_thread,
						&kicks[i]), 0);
	for (i = 0; i < VCPUS; i++)
		pthread_join(threads[i], NULL);
}

static void order_is_the_same_twice(void **state)
{
	unsigned int first[LOG_MAX], i, changes = 0;
	u64 first_counters[LOG_MAX];

	run_vcpus();
	assert_int_equal(logged, LOG_MAX);
	for (i = 0; i < LOG_MAX; i++) {
		first[i] = order[i];
		first_counters[i] = counters[i];
		changes += i && first[i] != first[i - 1];
	}
	assert_true(changes > VCPUS);
	teardown(state);
	setup_cpus(state);
	run_vcpus();
	for (i = 0; i < LOG_MAX; i++) {
		assert_int_equal(order[i], first[i]);
		assert_int_equal(counters[i], first_counters[i]);
	}
}

/* A look without the lock, until another thread has got as far. */
__attribute__((no_sanitize("thread")))
static void wait_for(const struct kick *kick, enum seat_state state)
{
	while (*(const volatile enum seat_state *)&kick->seat.state != state)
		nap(1000000);
}

static void *enter_and_leave(void *context)
{
	struct kick *kick = context;

	cpu_get_run(kick, (u64)(kick - kicks), false);
	if (cpu_realm_begin(kick))
		cpu_realm_end(kick);
	else
		kick->cpu = 99;
	cpu_put_run(kick, false);
	return NULL;
}

static void kick_ends_waiting_for_the_turn(void **state)
{
	pthread_t thread;

	cpu_get_run(&kicks[0], 0, false);
	pthread_create(&thread, NULL, enter_and_leave, &kicks[1]);
	wait_for(&kicks[1], SEAT_READY);
	cpu_kick(&kicks[1]);
	pthread_join(thread, NULL);
	assert_int_equal(kicks[1].cpu, 99);
	assert_int_equal(kicks[0].seat.state, SEAT_TURN);
	cpu_put_run(&kicks[0], false);
}

static void *idle_for_ever(void *context)
{
	struct kick *kick = context;

	cpu_get_run(kick, 1, false);
	cpu_idle(kick);
	assert_true(cpu_take_kick(kick));
	cpu_put_run(kick, false);
	return NULL;
}

static void kick_ends_idling(void **state)
{
	pthread_t thread;

	pthread_create(&thread, NULL, idle_for_ever, &kicks[1]);
	wait_for(&kicks[1], SEAT_IDLE);
	cpu_kick(&kicks[1]);
	pthread_join(thread, NULL);
	assert_int_equal(kicks[1].seat.state, SEAT_NONE);
}

/* Each of these would else take TURN_PATIENCE_S. */
static void nobody_waits_for_who_does_not_come_back(void **state)
{
	pthread_t thread;

	cpu_get_run(&kicks[0], 0, false);
	cpu_put_run(&kicks[0], true);
	cpu_kick(&kicks[0]);
	enter_and_leave(&kicks[1]);
	assert_int_equal(kicks[0].seat.state, SEAT_NONE);

	kicks[0].pending = false;
	cpu_get_run(&kicks[0], 0, false);
	cpu_put_run(&kicks[0], true);
	enter_and_leave(&kicks[1]); /* the same thread */
	assert_int_equal(kicks[0].seat.state, SEAT_NONE);

	cpu_get_run(&kicks[0], 0, false);
	cpu_put_run(&kicks[0], true);
	pthread_create(&thread, NULL, enter_and_leave, &kicks[1]);
	wait_for(&kicks[1], SEAT_READY);
	assert_int_equal(kicks[0].seat.state, SEAT_KEPT);
	cpu_gone(&kicks[0]);
	pthread_join(thread, NULL);
}

static void end_of_the_turn_interrupts_the_realm(void **state)
{
	pthread_t thread;

	cpu_get_run(&kicks[0], 0, false);
	pthread_create(&thread, NULL, enter_and_leave, &kicks[1]);
	wait_for(&kicks[1], SEAT_READY);
	assert_true(cpu_realm_begin(&kicks[0]));
	counter_add(TURN_TICKS - 1);
	assert_false(machine_irq_pending(0));
	counter_add(1);
	assert_true(machine_irq_pending(0));
	cpu_realm_end(&kicks[0]);
	assert_false(machine_irq_pending(0));
	/* The other has its turn meanwhile. */
	assert_true(cpu_realm_begin(&kicks[0]));
	cpu_realm_end(&kicks[0]);
	pthread_join(thread, NULL);
	cpu_put_run(&kicks[0], false);
}

#define RING(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define CPUS(test) cmocka_unit_test_setup_teardown(test, setup_cpus, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RING(turn_goes_round_by_number),
		RING(who_is_alone_keeps_the_turn),
		RING(who_leaves_gives_the_turn_away),
		RING(time_jumps_to_the_first_deadline_when_all_idle),
		RING(who_is_due_gets_its_turn_among_the_others),
		RING(nobody_has_the_turn_while_it_is_kept),
		RING(who_was_turned_on_is_waited_for),
		RING(who_comes_and_is_off_disturbs_nobody),
		CPUS(order_is_the_same_twice),
		CPUS(kick_ends_waiting_for_the_turn),
		CPUS(kick_ends_idling),
		CPUS(nobody_waits_for_who_does_not_come_back),
		CPUS(end_of_the_turn_interrupts_the_realm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

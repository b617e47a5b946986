// SPDX-License-Identifier: BSD-3-Clause
/*
 * The remote protocol, byte by byte, with a target that notes what it is asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/fake_target.h"
#include "tests/vmm/gdb_kit.h"
#include "vmm/gdb_regs.h"

/* ---- The connection ------------------------------------------------------ */

static struct gdb gdb;

static int connect_them(void **state)
{
	int fds[2];

	(void)state;
	memset(&fake_target, 0, sizeof(fake_target));
	fake_target.stopped = true;
	fake_target.event = (struct gdb_event){ GDB_ASKED, 1 };
	for (int i = 0; i < FAKE_MEMORY; i++)
		fake_target.memory[i] = (u8)i;
	for (u64 i = 0; i < 31; i++)
		fake_target.regs[0].x[i] = 0x1100 + i;
	fake_target.regs[0].pc = 0x40000104;
	fake_target.regs[0].cpsr = 0x3c5;
	fake_target.regs[0].v[1][15] = 0x80;
	fake_target.regs[0].fpcr = 0x11223344;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		return -1;
	gdb_fd = fds[0];
	gdb_init(&gdb, fds[1], &fake_gdb_target);
	return 0;
}

static int disconnect(void **state)
{
	(void)state;
	close(gdb.rsp.fd);
	if (gdb_fd >= 0)
		close(gdb_fd);
	return 0;
}

/* Sends @data; the answer after as many turns as it takes. */
static const char *ask(const char *data)
{
	gdb_send(data);
	gdb_turn(&gdb, 1000);
	if (gdb.running)
		gdb_turn(&gdb, 1000);
	return gdb_receive();
}

static void answers(const char *data, const char *reply)
{
	assert_string_equal(ask(data), reply);
}

/* ---- Frames -------------------------------------------------------------- */

static void a_packet_is_acknowledged(void **state)
{
	(void)state;
	gdb_send_raw("$qC#b4");
	gdb_turn(&gdb, 1000);
	assert_string_equal(gdb_receive_raw(8), "+$QC1#c5");
}

static void a_wrong_sum_is_asked_for_again(void **state)
{
	(void)state;
	gdb_send_raw("$qC#b5");
	gdb_turn(&gdb, 1000);
	assert_string_equal(gdb_receive_raw(1), "-");
	gdb_send_raw("$qC#xy");
	gdb_turn(&gdb, 1000);
	assert_string_equal(gdb_receive_raw(1), "-");
	answers("qC", "QC1");
}

static void a_reply_is_sent_again_if_asked(void **state)
{
	(void)state;
	answers("qC", "QC1");
	gdb_send_raw("-");
	gdb_turn(&gdb, 1000);
	assert_string_equal(gdb_receive(), "QC1");
}

static void packets_may_come_in_pieces(void **state)
{
	(void)state;
	gdb_send_raw("+$q");
	gdb_turn(&gdb, 0);
	gdb_send_raw("C#b");
	gdb_turn(&gdb, 0);
	gdb_send_raw("4$qC#b4");
	gdb_turn(&gdb, 0);
	assert_string_equal(gdb_receive(), "QC1");
	gdb_turn(&gdb, 0);
	assert_string_equal(gdb_receive(), "QC1");
}

static void acknowledgments_may_be_left_out(void **state)
{
	(void)state;
	answers("QStartNoAckMode", "OK");
	gdb_send_raw("$qC#b4");
	gdb_turn(&gdb, 1000);
	assert_string_equal(gdb_receive_raw(7), "$QC1#c5");
}

static void endless_data_ends_it(void **state)
{
	static char data[RSP_DATA_MAX / 4 + 1];

	(void)state;
	memset(data, 'x', sizeof(data) - 1);
	gdb_send_raw("$");
	for (int i = 0; i < 8 && !gdb.over; i++) {
		gdb_send_raw(data);
		gdb_turn(&gdb, 1000);
	}
	assert_true(gdb.over);
	assert_int_equal(fake_target.detached, 1);
}

static void a_closed_connection_detaches(void **state)
{
	(void)state;
	close(gdb_fd);
	gdb_fd = -1;
	gdb_turn(&gdb, 1000);
	assert_true(gdb.over);
	assert_int_equal(fake_target.detached, 1);
}

/* ---- Simple questions, and nonsense -------------------------------------- */

static const struct question {
	const char *data;
	const char *reply;
} questions[] = {
	{ "vMustReplyEmpty", "" },
	{ "qfThreadInfo", "m1,12" },
	{ "qsThreadInfo", "l" },
	{ "qThreadExtraInfo,12", "524543203137" }, /* "REC 17" */
	{ "qThreadExtraInfo,0", "E01" },
	{ "qThreadExtraInfo,zz", "E01" },
	{ "qAttached", "1" },
	{ "qC", "QC1" },
	{ "vCont?", "vCont;c;C;s;S" },
	{ "Hg12", "OK" },
	{ "Hg0", "OK" },
	{ "Hc-1", "OK" },
	{ "Hg13", "E01" },
	{ "Hg1", "OK" },
	{ "T1", "OK" },
	{ "T2", "E01" },
	{ "T", "E01" },
	{ "p0", "0011000000000000" },
	{ "p1e", "1e11000000000000" },
	{ "p20", "0401004000000000" },
	{ "p21", "c5030000" },
	{ "p23", "00000000000000000000000000000080" },
	{ "p43", "44332211" },
	{ "p44", "E01" },
	{ "p", "E01" },
	{ "P0=", "E01" },
	{ "P0=00110000000000", "E01" },
	{ "P44=00", "E01" },
	{ "P0", "E01" },
	{ "G00", "E01" },
	{ "m40000010,4", "10111213" },
	{ "m40000ffe,4", "feff" },
	{ "m50000000,4", "E01" },
	{ "m40000000,0", "E01" },
	{ "m40000000,2001", "E01" },
	{ "m40000000", "E01" },
	{ "m,4", "E01" },
	{ "M40000000,2:aabb", "OK" },
	{ "M40000000,2:aa", "E01" },
	{ "M40000000,2", "E01" },
	{ "M40000fff,2:aabb", "E01" },
	{ "X40000000,1:a", "" },
	{ "Z2,40000000,4", "" },
	{ "Z", "" },
	{ "Z0", "E01" },
	{ "Z0,", "E01" },
	{ "z0,40000000,4", "E01" },
	{ "vCont;x", "E01" },
	{ "vCont;", "E01" },
	{ "c40000000", "" },
	{ "s40000000", "" },
	{ "qXfer:features:read:target.xml:zz", "E01" },
	{ "qXfer:features:read:target.xml:99999,10", "E01" },
	{ "qXfer:features:read:other.xml:0,10", "" },
	{ "QNonStop:1", "" },
	{ "!", "" },
	{ "", "" },
};

static void each_question_has_its_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		const char *reply = ask(questions[i].data);

		if (strcmp(reply, questions[i].reply))
			fail_msg("%s: '%s', not '%s'", questions[i].data,
				 reply, questions[i].reply);
	}
}

static void it_says_what_it_can(void **state)
{
	const char *reply;

	(void)state;
	reply = ask("qSupported:multiprocess+;swbreak+;hwbreak+");
	assert_non_null(strstr(reply, "PacketSize=4000"));
	assert_non_null(strstr(reply, "qXfer:features:read+"));
	assert_non_null(strstr(reply, "QStartNoAckMode+"));
}

static void the_description_comes_in_parts(void **state)
{
	static char all[0x4000];
	size_t size = 0;
	char ask_for[64];
	const char *reply;

	(void)state;
	do {
		snprintf(ask_for, sizeof(ask_for),
			 "qXfer:features:read:target.xml:%zx,200", size);
		reply = ask(ask_for);
		strcpy(all + size, reply + 1);
		size += strlen(reply + 1);
	} while (*reply == 'm');
	assert_int_equal(*reply, 'l');
	assert_string_equal(all, gdb_target_xml);
	assert_non_null(strstr(all, "<architecture>aarch64</architecture>"));
}

static void the_description_names_every_register(void **state)
{
	unsigned int count = 0;

	(void)state;
	for (const char *at = gdb_target_xml; (at = strstr(at, "<reg ")); at++)
		count++;
	assert_int_equal(count, GDB_REGS);
}

/* ---- Registers ----------------------------------------------------------- */

static void all_registers_are_read_and_written(void **state)
{
	static char packet[4096];
	struct gdb_regs before = fake_target.regs[0];

	(void)state;
	/* 31 x, sp, pc: 8 bytes; cpsr, fpsr, fpcr: 4; 32 v: 16. */
	snprintf(packet, sizeof(packet), "G%s", ask("g"));
	assert_int_equal(strlen(packet), 1 + 2 * (33 * 8 + 3 * 4 + 32 * 16));
	memset(&fake_target.regs[0], 0, sizeof(fake_target.regs[0]));
	answers(packet, "OK");
	assert_memory_equal(&fake_target.regs[0], &before,
			    offsetof(struct gdb_regs, fpcr) + 4);
}

static void one_register_is_written(void **state)
{
	(void)state;
	answers("P20=0800004000000000", "OK");
	assert_int_equal(fake_target.regs[0].pc, 0x40000008);
	assert_int_equal(fake_target.regs[0].x[3], 0x1103);
}

static void registers_are_those_of_the_chosen_thread(void **state)
{
	(void)state;
	fake_target.regs[1].pc = 0x1234;
	answers("Hg12", "OK");
	answers("p20", "3412000000000000");
	answers("Hg1", "OK");
	answers("p20", "0401004000000000");
}

static void registers_that_cannot_be_had_are_an_error(void **state)
{
	(void)state;
	fake_target.refuse = true;
	answers("g", "E01");
	answers("p0", "E01");
	answers("P0=0000000000000000", "E01");
	answers("vCont;s:1", "E01");
}

/* ---- Stop and go --------------------------------------------------------- */

static void it_says_why_it_stopped(void **state)
{
	(void)state;
	answers("?", "T02thread:1;");
	fake_target.event = (struct gdb_event){ GDB_BREAKPOINT, 0x12 };
	answers("?", "T05thread:12;");
	/* From now on that thread is meant. */
	answers("qC", "QC12");
}

static void breakpoints_come_and_go(void **state)
{
	(void)state;
	answers("Z0,40000104,4", "OK");
	assert_int_equal(fake_target.breakpoint, 0x40000104);
	answers("Z1,40000108,4", "E01");
	answers("z0,40000104,4", "OK");
	answers("Z1,40000108,4", "OK");
	assert_int_equal(fake_target.breakpoint, 0x40000108);
}

/* Sends @data, which has no answer before the target stops. */
static void goes_on(const char *data)
{
	gdb_send(data);
	fake_target.event.why = GDB_BREAKPOINT;
	gdb_turn(&gdb, 1000);
	assert_true(gdb.running);
	gdb_turn(&gdb, 0);
	assert_true(gdb.running);
	fake_target.stopped = true;
	gdb_turn(&gdb, 0);
	assert_false(gdb.running);
	assert_string_equal(gdb_receive(), "T05thread:1;");
}

static void each_way_to_go_on_goes_on(void **state)
{
	static const char *const ways[] = { "c", "vCont;c", "vCont;C05:1",
					    "vCont;c:-1" };

	(void)state;
	for (unsigned int i = 0; i < 4; i++) {
		goes_on(ways[i]);
		assert_int_equal(fake_target.resumed, i + 1);
	}
	assert_int_equal(fake_target.stepped, 0);
}

static void each_way_to_step_steps(void **state)
{
	static const struct {
		const char *data;
		unsigned int thread;
	} ways[] = {
		{ "s", 1 },
		{ "vCont;s:12", 0x12 },
		{ "vCont;s:12;c", 0x12 },
		{ "vCont;S05:1;c:-1", 1 },
		{ "vCont;s", 1 },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		fake_target.event.why = GDB_STEPPED;
		answers(ways[i].data, "T05thread:1;");
		assert_int_equal(fake_target.stepped, i + 1);
		assert_int_equal(fake_target.thread, ways[i].thread);
	}
	assert_int_equal(fake_target.resumed, 0);
}

static void an_interrupt_stops_what_runs(void **state)
{
	(void)state;
	gdb_send_raw("\x03");
	gdb_turn(&gdb, 1000);
	assert_int_equal(fake_target.stops, 0);
	gdb_send("c");
	gdb_turn(&gdb, 1000);
	gdb_send_raw("\x03");
	for (int i = 0; i < 3 && gdb.running; i++)
		gdb_turn(&gdb, 1000);
	assert_int_equal(fake_target.stops, 1);
	assert_string_equal(gdb_receive(), "T02thread:1;");
}

static void detaching_lets_it_go(void **state)
{
	(void)state;
	answers("D", "OK");
	assert_true(gdb.over);
	assert_int_equal(fake_target.detached, 1);
	assert_int_equal(fake_target.killed, 0);
}

static void killing_ends_it(void **state)
{
	(void)state;
	answers("vKill;1", "OK");
	assert_true(gdb.over);
	assert_int_equal(fake_target.killed, 1);
}

static void the_end_of_the_run_is_told(void **state)
{
	(void)state;
	gdb_send("c");
	gdb_turn(&gdb, 1000);
	gdb_exited(&gdb, 42);
	assert_string_equal(gdb_receive(), "W2a");
	assert_true(gdb.over);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, connect_them, \
						   disconnect)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_packet_is_acknowledged),
		TEST(a_wrong_sum_is_asked_for_again),
		TEST(a_reply_is_sent_again_if_asked),
		TEST(packets_may_come_in_pieces),
		TEST(acknowledgments_may_be_left_out),
		TEST(endless_data_ends_it),
		TEST(a_closed_connection_detaches),
		TEST(each_question_has_its_answer),
		TEST(it_says_what_it_can),
		TEST(the_description_comes_in_parts),
		TEST(the_description_names_every_register),
		TEST(all_registers_are_read_and_written),
		TEST(one_register_is_written),
		TEST(registers_are_those_of_the_chosen_thread),
		TEST(registers_that_cannot_be_had_are_an_error),
		TEST(it_says_why_it_stopped),
		TEST(breakpoints_come_and_go),
		TEST(each_way_to_go_on_goes_on),
		TEST(each_way_to_step_steps),
		TEST(an_interrupt_stops_what_runs),
		TEST(detaching_lets_it_go),
		TEST(killing_ends_it),
		TEST(the_end_of_the_run_is_told),
	};

	return cmocka_run_group_tests_name("gdb", tests, NULL, NULL);
}

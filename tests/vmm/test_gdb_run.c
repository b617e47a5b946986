// SPDX-License-Identifier: BSD-3-Clause
/*
 * A debugger at a realm that runs: what gdb would send, and what comes of it.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/gdb_kit.h"
#include "tests/vmm/run_kit.h"

static struct capture_child child;

/* Connects to the port that the run names. */
static void debugger_comes(void)
{
	static const char text[] = "gdb: target remote 127.0.0.1:";
	struct sockaddr_in address = { .sin_family = AF_INET };
	char out[4096] = "";
	const char *port;

	assert_true(capture_wait_for(&child, text));
	assert_true(pread(child.out, out, sizeof(out) - 1, 0) > 0);
	port = strstr(out, text) + strlen(text);
	address.sin_port = htons((uint16_t)atoi(port));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	gdb_fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_return_code(connect(gdb_fd, (struct sockaddr *)&address,
				   sizeof(address)), 0);
}

/*
 * A run with a debugger, which has turned acknowledgments off and waited for
 * the first stop: the first vCPU's, before its first instruction.
 */
static void debug_guest(const char *options, const char *guest)
{
	char words[4096];

	snprintf(words, sizeof(words), "run --gdb 0 --timeout 20 %s %s",
		 options, guest_path(guest));
	capture_cca_start(&child, words);
	debugger_comes();
	gdb_asks("QStartNoAckMode", "OK");
	gdb_asks("?", "T02thread:1;");
}

static void ends(int status)
{
	capture_end(&child, &capture);
	ended_with(status);
	says(CLEAN);
}

static int hang_up(void **state)
{
	if (gdb_fd >= 0)
		close(gdb_fd);
	gdb_fd = -1;
	return forget(state);
}

static void it_waits_before_the_first_instruction(void **state)
{
	(void)state;
	debug_guest("", "hello");
	gdb_asks("p20", "0000004000000000");
	gdb_asks("p0", "0000e04f00000000");
	gdb_asks("p21", "c5030000");
	gdb_asks("qfThreadInfo", "m1");
	gdb_asks("vCont;c", "W00");
	ends(0);
	says("hello from a realm\n");
}

static void it_steps(void **state)
{
	(void)state;
	debug_guest("", "hello");
	gdb_asks("vCont;s:1;c", "T05thread:1;");
	gdb_asks("p20", "0400004000000000");
	gdb_asks("vCont;s:1;c", "T05thread:1;");
	gdb_asks("p20", "0800004000000000");
	gdb_asks("D", "OK");
	ends(0);
	says("hello from a realm\n");
}

static void it_stops_at_a_breakpoint_and_goes_over_it(void **state)
{
	(void)state;
	debug_guest("", "hello");
	gdb_asks("Z0,40000008,4", "OK");
	gdb_asks("vCont;c", "T05thread:1;");
	gdb_asks("p20", "0800004000000000");
	/* As gdb does it. */
	gdb_asks("z0,40000008,4", "OK");
	gdb_asks("vCont;s:1", "T05thread:1;");
	gdb_asks("p20", "0c00004000000000");
	gdb_asks("Z0,40000008,4", "OK");
	gdb_asks("vCont;c", "W00");
	ends(0);
}

static void registers_are_written(void **state)
{
	(void)state;
	debug_guest("", "hello");
	gdb_asks("P3=8877665544332211", "OK");
	gdb_asks("p3", "8877665544332211");
	gdb_asks("P22=000102030405060708090a0b0c0d0e0f", "OK");
	gdb_asks("p22", "000102030405060708090a0b0c0d0e0f");
	gdb_asks("D", "OK");
	ends(0);
}

static void memory_is_read_and_written(void **state)
{
	(void)state;
	debug_guest("", "hello");
	gdb_asks("M40001ff8,8:0102030405060708", "OK");
	gdb_asks("m40001ff8,8", "0102030405060708");
	/* Nothing is there, in either half. */
	gdb_asks("m1000,4", "E01");
	gdb_asks("m8009000000,4", "E01");
	gdb_asks("D", "OK");
	ends(0);
}

static void an_interrupt_stops_it_and_killing_ends_it(void **state)
{
	(void)state;
	debug_guest("", "spin");
	gdb_send("vCont;c");
	assert_true(capture_wait_for(&child, "spinning\n"));
	gdb_send_raw("\x03");
	assert_string_equal(gdb_receive(), "T02thread:1;");
	gdb_asks("vKill;1", "OK");
	ends(143);
	assert_non_null(strstr(capture.err, "taken down by signal 15"));
}

static void a_debugger_may_come_again(void **state)
{
	(void)state;
	debug_guest("", "spin");
	gdb_asks("D", "OK");
	close(gdb_fd);
	assert_true(capture_wait_for(&child, "spinning\n"));
	debugger_comes();
	gdb_asks("?", "T02thread:1;");
	gdb_send("k");
	ends(143);
}

static void a_debugger_that_vanishes_lets_it_go(void **state)
{
	(void)state;
	debug_guest("", "hello");
	close(gdb_fd);
	gdb_fd = -1;
	ends(0);
	says("hello from a realm\n");
}

static void the_user_may_end_what_is_stopped(void **state)
{
	(void)state;
	debug_guest("", "hello");
	kill(child.pid, SIGINT);
	ends(130);
	assert_null(strstr(capture.out, "hello from a realm"));
}

static void nobody_has_to_come(void **state)
{
	char words[4096];

	(void)state;
	snprintf(words, sizeof(words), "run --gdb 0 --timeout 1 %s",
		 guest_path("hello"));
	capture_cca(&capture, words);
	ended_with(124);
	says(CLEAN);
}

static void a_port_that_is_taken_is_refused(void **state)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);
	char words[4096];

	(void)state;
	gdb_fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_return_code(bind(gdb_fd, (struct sockaddr *)&address, size), 0);
	assert_return_code(listen(gdb_fd, 1), 0);
	assert_return_code(getsockname(gdb_fd, (struct sockaddr *)&address,
				       &size), 0);
	snprintf(words, sizeof(words), "--gdb %u", ntohs(address.sin_port));
	run(words, "hello");
	strcat(words, ": Address already in use");
	failed(3, words);
	says(CLEAN);
}

#define TEST(name) cmocka_unit_test_teardown(name, hang_up)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(it_waits_before_the_first_instruction),
		TEST(it_steps),
		TEST(it_stops_at_a_breakpoint_and_goes_over_it),
		TEST(registers_are_written),
		TEST(memory_is_read_and_written),
		TEST(an_interrupt_stops_it_and_killing_ends_it),
		TEST(a_debugger_may_come_again),
		TEST(a_debugger_that_vanishes_lets_it_go),
		TEST(the_user_may_end_what_is_stopped),
		TEST(nobody_has_to_come),
		TEST(a_port_that_is_taken_is_refused),
	};

	return cmocka_run_group_tests_name("gdb run", tests, NULL, NULL);
}

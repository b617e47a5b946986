// SPDX-License-Identifier: BSD-3-Clause
/*
 * The bus, the console, the exit register, and the host's answers to RHI.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "abi/rsi_smc.h"
#include "vmm/exitreg.h"
#include "vmm/layout.h"
#include "vmm/mailbox.h"
#include "vmm/pl011.h"
#include "vmm/rhi.h"

/* ---- The bus ------------------------------------------------------------ */

struct log {
	u64 offset;
	unsigned int size;
	u64 value;
	int accesses;
};

static u64 log_read(void *context, u64 offset, unsigned int size)
{
	struct log *log = context;

	*log = (struct log){ offset, size, 0, log->accesses + 1 };
	return 0x1122334455667788;
}

static void log_write(void *context, u64 offset, unsigned int size, u64 value)
{
	struct log *log = context;

	*log = (struct log){ offset, size, value, log->accesses + 1 };
}

static struct mmio_device device(u64 base, u64 size, struct log *log)
{
	return (struct mmio_device){ "log", base, size, log_read, log_write,
				     log };
}

static void bus_gives_the_offset_in_the_device(void **state)
{
	struct mmio_bus bus = { .count = 0 };
	struct log first = { 0 }, second = { 0 };
	struct mmio_device a = device(0x1000, 0x100, &first);
	struct mmio_device b = device(0x1100, 0x100, &second);
	u64 value;

	(void)state;
	assert_true(mmio_add(&bus, &a));
	assert_true(mmio_add(&bus, &b));
	assert_true(mmio_write(&bus, 0x1104, 4, 7));
	assert_int_equal(second.offset, 4);
	assert_int_equal(second.value, 7);
	assert_true(mmio_read(&bus, 0x1000, 8, &value));
	assert_int_equal(first.offset, 0);
	assert_int_equal(value, 0x1122334455667788);
}

static void bus_cuts_values_to_the_access(void **state)
{
	static const struct {
		unsigned int size;
		u64 read;
		u64 written;
	} rows[] = {
		{ 1, 0x88, 0xef },
		{ 2, 0x7788, 0xbeef },
		{ 4, 0x55667788, 0xdeadbeef },
		{ 8, 0x1122334455667788, 0x01234567deadbeef },
	};
	struct mmio_bus bus = { .count = 0 };
	struct log log = { 0 };
	struct mmio_device a = device(0, 8, &log);
	u64 value;

	(void)state;
	mmio_add(&bus, &a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		mmio_read(&bus, 0, rows[i].size, &value);
		assert_int_equal(value, rows[i].read);
		mmio_write(&bus, 0, rows[i].size, 0x01234567deadbeef);
		assert_int_equal(log.value, rows[i].written);
		assert_int_equal(log.size, rows[i].size);
	}
}

static void bus_refuses_what_is_not_within_one_device(void **state)
{
	struct mmio_bus bus = { .count = 0 };
	struct log log = { 0 };
	struct mmio_device a = device(0x1000, 0x10, &log);
	u64 value = 5;

	(void)state;
	mmio_add(&bus, &a);
	assert_false(mmio_read(&bus, 0xfff, 1, &value));
	assert_false(mmio_read(&bus, 0x1010, 1, &value));
	assert_false(mmio_read(&bus, 0x100c, 8, &value));
	assert_false(mmio_write(&bus, 0xffc, 8, 0));
	assert_false(mmio_write(&bus, ~0ull, 1, 0));
	assert_int_equal(log.accesses, 0);
	assert_int_equal(value, 5);
}

static void bus_takes_no_overlap_and_no_fifth_device(void **state)
{
	struct mmio_bus bus = { .count = 0 };
	struct log log = { 0 };

	(void)state;
	for (u64 i = 0; i < MMIO_DEVICES_MAX; i++) {
		struct mmio_device a = device(0x1000 * i, 0x1000, &log);
		struct mmio_device over = device(0x1000 * i + 0xfff, 2, &log);

		assert_true(mmio_add(&bus, &a));
		assert_false(mmio_add(&bus, &over));
	}
	struct mmio_device more = device(0x100000, 4, &log);

	assert_false(mmio_add(&bus, &more));
}

/* ---- The console -------------------------------------------------------- */

static struct {
	char lines[8][PL011_LINE_MAX + 1];
	int count;
} printed;

static void keep_line(void *context, const char *line)
{
	assert_ptr_equal(context, &printed);
	strcpy(printed.lines[printed.count++], line);
}

static struct pl011 uart;

static int reset(void **state)
{
	(void)state;
	printed.count = 0;
	pl011_init(&uart, keep_line, &printed);
	return 0;
}

static void send(const char *text)
{
	while (*text)
		pl011_write(&uart, PL011_DR, 1, (u8)*text++);
}

static void console_passes_on_whole_lines(void **state)
{
	(void)state;
	send("one\ntw");
	assert_int_equal(printed.count, 1);
	assert_string_equal(printed.lines[0], "one");
	send("o\n\nthree");
	assert_int_equal(printed.count, 3);
	assert_string_equal(printed.lines[1], "two");
	assert_string_equal(printed.lines[2], "");
	pl011_flush(&uart);
	assert_string_equal(printed.lines[3], "three");
	pl011_flush(&uart);
	assert_int_equal(printed.count, 4);
}

static void console_leaves_out_carriage_returns(void **state)
{
	(void)state;
	send("a\r\nb\r\n");
	assert_string_equal(printed.lines[0], "a");
	assert_string_equal(printed.lines[1], "b");
}

static void console_takes_only_the_low_byte(void **state)
{
	(void)state;
	pl011_write(&uart, PL011_DR, 4, 0xffffff41);
	send("\n");
	assert_string_equal(printed.lines[0], "A");
}

static void console_cuts_a_line_that_is_too_long(void **state)
{
	(void)state;
	for (int i = 0; i < PL011_LINE_MAX + 3; i++)
		send("x");
	send("\n");
	assert_int_equal(printed.count, 2);
	assert_int_equal(strlen(printed.lines[0]), PL011_LINE_MAX);
	assert_string_equal(printed.lines[1], "xxx");
}

static void console_is_on_and_ready_after_reset(void **state)
{
	(void)state;
	assert_int_equal(pl011_read(&uart, PL011_CR, 4), 0x301);
	assert_int_equal(pl011_read(&uart, PL011_FR, 4), 0x90);
	assert_int_equal(pl011_read(&uart, PL011_DR, 4), 0);
	assert_int_equal(pl011_read(&uart, PL011_RSR, 4), 0);
	assert_int_equal(pl011_read(&uart, PL011_IFLS, 4), 0x12);
	assert_int_equal(pl011_read(&uart, PL011_IMSC, 4), 0);
}

static void console_sends_only_while_switched_on(void **state)
{
	(void)state;
	pl011_write(&uart, PL011_CR, 4, PL011_CR_TXE);
	send("a");
	pl011_write(&uart, PL011_CR, 4, PL011_CR_UARTEN);
	send("b");
	pl011_write(&uart, PL011_CR, 4, PL011_CR_UARTEN | PL011_CR_TXE);
	send("c\n");
	assert_string_equal(printed.lines[0], "c");
}

static void console_keeps_its_registers(void **state)
{
	static const struct {
		u64 offset;
		u64 bits;
	} rows[] = {
		{ PL011_ILPR, 0xff },  { PL011_IBRD, 0xffff },
		{ PL011_FBRD, 0x3f },  { PL011_LCRH, 0xff },
		{ PL011_CR, 0xff87 },  { PL011_IFLS, 0x3f },
		{ PL011_IMSC, 0x7ff }, { PL011_DMACR, 0x7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		pl011_write(&uart, rows[i].offset, 4, 0xffffffff);
		assert_int_equal(pl011_read(&uart, rows[i].offset, 4),
				 rows[i].bits);
		pl011_write(&uart, rows[i].offset, 4, 0);
		assert_int_equal(pl011_read(&uart, rows[i].offset, 4), 0);
	}
}

static void console_raises_and_clears_its_transmit_status(void **state)
{
	(void)state;
	assert_int_equal(pl011_read(&uart, PL011_RIS, 4), 0);
	send("x");
	assert_int_equal(pl011_read(&uart, PL011_RIS, 4), PL011_INT_TX);
	assert_int_equal(pl011_read(&uart, PL011_MIS, 4), 0);
	pl011_write(&uart, PL011_IMSC, 4, PL011_INT_TX);
	assert_int_equal(pl011_read(&uart, PL011_MIS, 4), PL011_INT_TX);
	pl011_write(&uart, PL011_ICR, 4, PL011_INT_TX);
	assert_int_equal(pl011_read(&uart, PL011_RIS, 4), 0);
	assert_int_equal(pl011_read(&uart, PL011_MIS, 4), 0);
}

static void console_names_itself(void **state)
{
	static const u8 ids[] = { 0x11, 0x10, 0x34, 0, 0xd, 0xf0, 5, 0xb1 };

	(void)state;
	for (u64 i = 0; i < 8; i++)
		assert_int_equal(pl011_read(&uart, 0xfe0 + 4 * i, 4), ids[i]);
}

static void console_ignores_unknown_registers(void **state)
{
	struct pl011 before = uart;

	(void)state;
	for (u64 offset = 0x4c; offset < PL011_PERIPH_ID; offset += 4) {
		pl011_write(&uart, offset, 4, 0xffffffff);
		assert_int_equal(pl011_read(&uart, offset, 4), 0);
	}
	pl011_write(&uart, PL011_FR, 4, 0xffffffff);
	pl011_write(&uart, PL011_PERIPH_ID, 4, 0);
	assert_memory_equal(&uart, &before, sizeof(uart));
}

/* ---- The exit register -------------------------------------------------- */

static void exit_register_takes_four_bytes_at_once(void **state)
{
	struct exitreg exitreg = { 0 };

	(void)state;
	exitreg_write(&exitreg, 0, 4, 0x12a);
	assert_int_equal(exitreg_read(&exitreg, 0, 4), 0x12a);
	exitreg_write(&exitreg, 0, 1, 7);
	exitreg_write(&exitreg, 1, 1, 7);
	exitreg_write(&exitreg, 0, 2, 7);
	assert_int_equal(exitreg.value, 0x12a);
	assert_int_equal(exitreg_read(&exitreg, 0, 2), 0);
}

/* ---- RHI ---------------------------------------------------------------- */

/* ---- The mailbox --------------------------------------------------------- */

#define PAGES 2

static char shared_ram[PAGES * GRANULE_SIZE];
static char message[GRANULE_SIZE];
static unsigned int messages;

static void take_message(void *context, const char *line)
{
	(void)context;
	messages++;
	snprintf(message, sizeof(message), "%s", line);
}

static struct mailbox mailbox = {
	.ram = shared_ram,
	.ram_size = sizeof(shared_ram),
	.line = take_message,
};

static int empty_mailbox(void **state)
{
	(void)state;
	memset(shared_ram, 0, sizeof(shared_ram));
	messages = 0;
	return 0;
}

static void mailbox_passes_a_line_on_and_answers(void **state)
{
	(void)state;
	strcpy(shared_ram + GRANULE_SIZE, "Good morning, 1");
	shared_ram[GRANULE_SIZE + 16] = 'x';
	mailbox_write(&mailbox, 0, 4, RAM_BASE + GRANULE_SIZE);
	assert_int_equal(messages, 1);
	assert_string_equal(message, "Good morning, 1");
	assert_string_equal(shared_ram + GRANULE_SIZE, "GOOD MORNING, 1");
	assert_int_equal(shared_ram[GRANULE_SIZE + 16], 'x');
	mailbox_write(&mailbox, 0, 8, RAM_BASE);
	assert_int_equal(messages, 2);
	assert_string_equal(message, "");
	assert_int_equal(mailbox_read(&mailbox, 0, 8), 0);
}

static void mailbox_ignores_what_is_no_page(void **state)
{
	static const struct {
		u64 offset;
		unsigned int size;
		u64 value;
	} rows[] = {
		{ 0, 4, 0 },
		{ 0, 4, RAM_BASE - GRANULE_SIZE },
		{ 0, 4, RAM_BASE + PAGES * GRANULE_SIZE },
		{ 0, 8, ~(GRANULE_SIZE - 1) },
		{ 0, 4, RAM_BASE + 8 },
		{ 4, 4, RAM_BASE },
		{ 0, 2, RAM_BASE },
	};

	(void)state;
	strcpy(shared_ram, "text");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		mailbox_write(&mailbox, rows[i].offset, rows[i].size,
			      rows[i].value);
	mailbox.ram = NULL;
	mailbox_write(&mailbox, 0, 4, RAM_BASE);
	mailbox.ram = shared_ram;
	assert_int_equal(messages, 0);
	assert_string_equal(shared_ram, "text");
}

static void mailbox_ignores_a_line_without_an_end(void **state)
{
	(void)state;
	memset(shared_ram, 'a', GRANULE_SIZE);
	mailbox_write(&mailbox, 0, 4, RAM_BASE);
	assert_int_equal(messages, 0);
	assert_int_equal(shared_ram[0], 'a');
}

/* ---- Host calls ---------------------------------------------------------- */

static void rhi_answers_host_configuration(void **state)
{
	(void)state;
	assert_int_equal(rhi_call(RHI_HOSTCONF_VERSION), 0x10000);
	assert_int_equal(rhi_call(RHI_HOSTCONF_FEATURES), 1);
	assert_int_equal(rhi_call(RHI_HOSTCONF_GET_IPA_CHANGE_ALIGNMENT),
			 4096);
}

static void rhi_has_no_other_family(void **state)
{
	(void)state;
	for (u64 fid = RHI_FID_BASE; fid < RHI_FID_BASE + RHI_FID_COUNT; fid++)
		if (fid < RHI_HOSTCONF_VERSION ||
		    fid > RHI_HOSTCONF_GET_IPA_CHANGE_ALIGNMENT)
			assert_int_equal(rhi_call(fid), ~0ull);
	assert_int_equal(rhi_call(0), ~0ull);
	assert_int_equal(rhi_call(RHI_HOSTCONF_VERSION | 1ull << 32), ~0ull);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(bus_gives_the_offset_in_the_device),
		cmocka_unit_test(bus_cuts_values_to_the_access),
		cmocka_unit_test(bus_refuses_what_is_not_within_one_device),
		cmocka_unit_test(bus_takes_no_overlap_and_no_fifth_device),
		cmocka_unit_test_setup(console_passes_on_whole_lines, reset),
		cmocka_unit_test_setup(console_leaves_out_carriage_returns,
				       reset),
		cmocka_unit_test_setup(console_takes_only_the_low_byte, reset),
		cmocka_unit_test_setup(console_cuts_a_line_that_is_too_long,
				       reset),
		cmocka_unit_test_setup(console_is_on_and_ready_after_reset,
				       reset),
		cmocka_unit_test_setup(console_sends_only_while_switched_on,
				       reset),
		cmocka_unit_test_setup(console_keeps_its_registers, reset),
		cmocka_unit_test_setup(
			console_raises_and_clears_its_transmit_status, reset),
		cmocka_unit_test_setup(console_names_itself, reset),
		cmocka_unit_test_setup(console_ignores_unknown_registers,
				       reset),
		cmocka_unit_test(exit_register_takes_four_bytes_at_once),
		cmocka_unit_test_setup(mailbox_passes_a_line_on_and_answers,
				       empty_mailbox),
		cmocka_unit_test_setup(mailbox_ignores_what_is_no_page,
				       empty_mailbox),
		cmocka_unit_test_setup(mailbox_ignores_a_line_without_an_end,
				       empty_mailbox),
		cmocka_unit_test(rhi_answers_host_configuration),
		cmocka_unit_test(rhi_has_no_other_family),
	};

	return cmocka_run_group_tests_name("devices", tests, NULL, NULL);
}

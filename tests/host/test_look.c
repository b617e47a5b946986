// SPDX-License-Identifier: BSD-3-Clause
/*
 * The host looks for a realm's secret, in all memory that it has. It knows no
 * word of the secret, which the realm makes at run time, but the rule by which
 * each word follows from the one before.
 */
#include <string.h>

#include <asm/kvm_rmi.h>
#include <linux/errno.h>

#include "abi/rmi_smc.h"
#include "abi/rsi_smc.h"
#include "tests/host/rig.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define RAM_SIZE 0x2000000ull
#define PAGE_WORDS (PAGE_SIZE / sizeof(u64))

/* A page that is populated, and one that comes when it is needed. */
#define SECRET (REALM_BASE + PAGE_SIZE)
#define SECRET_SIZE (2 * PAGE_SIZE)
#define SHOWN (REALM_BASE + 8 * PAGE_SIZE)
#define SHOWN_SIZE 64

#define FACTOR 0x2545f4914f6cdd1dull

static u64 next_word(u64 word)
{
	word ^= word >> 12;
	word ^= word << 25;
	word ^= word >> 27;
	return word * FACTOR;
}

/* ---- The realm ----------------------------------------------------------- */

/* EOR Xd, Xd, Xd, LSR or LSL #by; MUL Xd, Xd, Xm; SUB Xd, Xn, Xm */
#define A64_EOR_LSR(d, by) \
	(0xca400000u | (d) << 16 | (by) << 10 | (d) << 5 | (d))
#define A64_EOR_LSL(d, by) \
	(0xca000000u | (d) << 16 | (by) << 10 | (d) << 5 | (d))
#define A64_MUL(d, m) (0x9b007c00u | (m) << 16 | (d) << 5 | (d))
#define A64_SUBTRACT(d, n, m) (0xcb000000u | (m) << 16 | (n) << 5 | (d))
#define A64_MRS_CNTVCT(t) A64_MRS(3, 14, 0, 2, t)

#define NEXT A64_EOR_LSR(0, 12), A64_EOR_LSL(0, 25), A64_EOR_LSR(0, 27), \
	     A64_MUL(0, 19)
#define REPORT(reg) A64_SET(9, UART), A64_STR_X(reg, 9)

static const u32 program[] = {
	A64_SET(19, FACTOR), A64_MRS_CNTVCT(22), A64_ADD(22, 22, 1),
	/* Writes it. */
	A64_MOV(0, 22), A64_SET(1, SECRET), A64_SET(2, SECRET + SECRET_SIZE),
	A64_STR_X(0, 1), A64_ADD(1, 1, 8), NEXT,
	A64_SUBTRACT(3, 2, 1), A64_CBNZ(3, -7),
	REPORT(3),
	/* Reads it, and says how far it is what it was: to its end. */
	A64_MOV(0, 22), A64_SET(1, SECRET),
	A64_LDR_X(3, 1, 0), A64_SUBTRACT(3, 3, 0), A64_CBNZ(3, 8),
	A64_ADD(1, 1, 8), NEXT, A64_SUBTRACT(3, 2, 1), A64_CBNZ(3, -9),
	REPORT(1),
	/* Shows its start. */
	A64_SET(0, SMC_RSI_IPA_STATE_SET), A64_SET(1, SHOWN),
	A64_SET(2, SHOWN + PAGE_SIZE), A64_SET(3, RMI_EMPTY), A64_SET(4, 0),
	A64_SMC,
	A64_SET(0, SECRET), A64_SET(1, SHOWN | REALM_SHARED_BIT),
	A64_SET(2, (SHOWN | REALM_SHARED_BIT) + SHOWN_SIZE),
	A64_LDR_X(3, 0, 0), A64_STR_X(3, 1), A64_ADD(0, 0, 8), A64_ADD(1, 1, 8),
	A64_SUBTRACT(3, 2, 1), A64_CBNZ(3, -5),
	REPORT(3),
	PROGRAM_OFF,
};

static u64 next_report(struct guest *guest)
{
	u64 value;

	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MMIO);
	memcpy(&value, guest->run->mmio.data, sizeof(value));
	return value;
}

/* ---- The host ------------------------------------------------------------ */

struct sight {
	u64 granules; /* that fault */
	u64 secrets; /* pages with one */
	u64 secret; /* where the last of these is */
};

/* Four words in a row are no accident. */
static bool has_secret(const u64 *words)
{
	unsigned int i, run = 0;

	for (i = 1; i < PAGE_WORDS && run < 3; i++)
		run = words[i - 1] && words[i] == next_word(words[i - 1]) ?
		      run + 1 : 0;
	return run == 3;
}

/* Reads all of RAM, and writes where it cannot read. */
static struct sight look(void)
{
	const struct machine_ram *ram = &machine_conf()->ram[0];
	struct sight sight = { 0 };
	u64 pa;
	u8 byte;

	for (pa = ram->base; pa < ram->base + ram->size; pa += PAGE_SIZE) {
		if (!machine_probe_read(pa, &byte)) {
			assert_false(machine_probe_write(pa, 0));
			sight.granules++;
		} else if (has_secret(machine_host_view(pa))) {
			sight.secrets++;
			sight.secret = pa;
		}
	}
	assert_int_equal(sight.granules, machine_delegated());
	assert_int_equal(sight.granules, kvm_rmi_delegated());
	return sight;
}

static void small_ram(struct machine_conf *conf)
{
	conf->ram[0].size = RAM_SIZE;
}

static void show(struct guest *guest)
{
	assert_int_equal(guest_run(guest), -EFAULT);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MEMORY_FAULT);
	assert_int_equal(guest_attributes(guest, SHOWN, PAGE_SIZE, 0), 0);
	next_report(guest);
}

static void secret_is_in_no_page_of_the_host(void **state)
{
	struct guest guest;
	struct sight sight;
	u8 *shown;

	/* Not before: cmocka takes SIGSEGV for itself when a test begins. */
	rig_start("rme", small_ram);
	guest_load(&guest, program, sizeof(program));
	shown = guest.ram + (SHOWN - REALM_BASE);
	next_report(&guest);
	sight = look();
	assert_int_equal(sight.secrets, 0);
	assert_true(sight.granules > SECRET_SIZE / PAGE_SIZE);
	/* No write of the host has landed. */
	assert_int_equal(next_report(&guest), SECRET + SECRET_SIZE);

	show(&guest);
	sight = look();
	assert_int_equal(sight.secrets, 1);
	assert_ptr_equal(machine_host_view(sight.secret), shown);
	memset(shown, 0, PAGE_SIZE);

	guest_run_to_off(&guest);
	guest_close(&guest);
	sight = look();
	assert_int_equal(sight.granules, 0);
	assert_int_equal(sight.secrets, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(secret_is_in_no_page_of_the_host,
					  rig_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

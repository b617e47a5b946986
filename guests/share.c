// SPDX-License-Identifier: BSD-3-Clause
/*
 * Shares a page with the VMM, passes it a message and reads the answer, and
 * makes the page its own again: what was there before is gone both times.
 *
 * The mailbox is a register in the host's half (docs/boot.md): writing a page's
 * address there has the VMM read a line from that page, print it, and write the
 * line back in capitals.
 */
#include "abi/rmi_smc.h"
#include "guests/guest.h"

#define PAGE 0x41000000ull
#define PAGE_SIZE 0x1000ull
#define MAILBOX 0x09020000ull
#define SECRET 0x5ec2e75ec2e7ull
#define ROUNDS 3

static bool change_state(u64 ripas)
{
	struct smc call = {
		.x = { SMC_RSI_IPA_STATE_SET, PAGE, PAGE + PAGE_SIZE, ripas,
		       RSI_CHANGE_DESTROYED },
	};

	smc(&call);
	return call.x[0] == RSI_SUCCESS && call.x[1] == PAGE + PAGE_SIZE &&
	       call.x[2] == RSI_ACCEPT;
}

static u64 get_state(void)
{
	struct smc call = {
		.x = { SMC_RSI_IPA_STATE_GET, PAGE, PAGE + PAGE_SIZE },
	};

	smc(&call);
	return call.x[0] ? ~0ull : call.x[2];
}

static bool is_zero(u64 page)
{
	u64 any = 0;

	for (u64 at = page; at < page + PAGE_SIZE; at += 8)
		any |= *(volatile u64 *)at;
	return !any;
}

static void put_message(u64 page, const char *text)
{
	volatile char *to = (volatile char *)page;

	do {
		*to++ = *text;
	} while (*text++);
}

static bool is_answer(u64 page, const char *text)
{
	volatile const char *from = (volatile const char *)page;

	do {
		char want = *text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' :
							  *text;

		if (*from++ != want)
			return false;
	} while (*text++);
	return true;
}

static bool exchange(const char *text)
{
	u64 page = shared(PAGE);

	put_message(page, text);
	__asm__ volatile("dmb sy" : : : "memory");
	mmio_write32(shared(MAILBOX), PAGE);
	return is_answer(page, text);
}

static int check(bool good, const char *what)
{
	put(good ? "ok - " : "not ok - ");
	put(what);
	put("\n");
	return !good;
}

static int round(void)
{
	int failed = 0;

	*(volatile u64 *)PAGE = SECRET;
	failed |= check(change_state(RMI_EMPTY) && get_state() == RMI_EMPTY,
			"the page is given away");
	failed |= check(is_zero(shared(PAGE)),
			"the host's page does not have the secret");
	failed |= check(exchange("good morning") && exchange("and good night"),
			"messages are answered");
	failed |= check(change_state(RMI_RAM) && get_state() == RMI_RAM,
			"the page is taken back");
	failed |= check(is_zero(PAGE), "and is wiped");
	return failed;
}

int main(u64 dtb)
{
	int failed = 0;

	(void)dtb;
	for (int n = 0; n < ROUNDS; n++)
		failed |= round();
	return failed;
}

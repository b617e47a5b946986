// SPDX-License-Identifier: BSD-3-Clause
/*
 * A small life of a realm.
 */
#include "tests/host/life.h"

#include <string.h>

#include <linux/errno.h>

#include "abi/rmi_smc.h"
#include "abi/rsi_smc.h"
#include "tests/host/rig.h"

#define PAGE(n) (REALM_BASE + (n) * 0x1000ull)
#define SHARED(gpa) ((gpa) | REALM_SHARED_BIT)
#define EXITS_MAX 12

/* Ends the realm if that did not come to the end. */
#define IPA_STATE_SET(base, top, ripas) \
	A64_SET(0, SMC_RSI_IPA_STATE_SET), A64_SET(1, base), A64_SET(2, top), \
	A64_SET(3, ripas), A64_MOVZ(4, 0, 0), A64_SMC, \
	A64_SET(10, top), 0xcb0a0021u /* sub x1, x1, x10 */, \
	A64_CBZ(1, 6), PROGRAM_OFF

static const u32 program[] = {
	A64_SET(6, LIFE_VALUE),
	/* Private memory on demand, where there is no table, too. */
	A64_SET(5, PAGE(0x201)), A64_STR_X(6, 5),
	A64_SET(5, PAGE(8)), A64_STR_X(6, 5),
	/* Given up, used as the host's, and taken back. */
	IPA_STATE_SET(PAGE(8), PAGE(10), RMI_EMPTY),
	A64_SET(5, SHARED(PAGE(8))), A64_LDR_X(7, 5, 0), A64_STR_X(6, 5),
	IPA_STATE_SET(PAGE(8), PAGE(10), RMI_RAM),
	A64_SET(5, PAGE(8)), A64_STR_X(6, 5),
	A64_SET(5, PAGE(0x201)), A64_LDR_X(6, 5, 0),
	A64_SET(9, SHARED(REALM_UART)), A64_STR_X(6, 9),
	PROGRAM_OFF,
};

/* What KVM_RUN asks for is granted. */
static long convert(struct guest *guest)
{
	const struct kvm_run *run = guest->run;

	return guest_attributes(guest, run->memory_fault.gpa,
				run->memory_fault.size,
				run->memory_fault.flags &
				KVM_MEMORY_EXIT_FLAG_PRIVATE ?
				KVM_MEMORY_ATTRIBUTE_PRIVATE : 0);
}

/* True to go on. */
static bool run_once(struct guest *guest, struct life *life)
{
	long ret = guest_run(guest);

	if (ret == -EAGAIN)
		return true;
	if (ret == -EFAULT && guest->run->exit_reason == KVM_EXIT_MEMORY_FAULT)
		return !convert(guest);
	life->error = ret;
	if (!ret && guest->run->exit_reason == KVM_EXIT_MMIO) {
		memcpy(&life->value, guest->run->mmio.data,
		       sizeof(life->value));
		return true;
	}
	life->off = !ret && guest->run->exit_reason == KVM_EXIT_SYSTEM_EVENT;
	return false;
}

struct life life_live(void)
{
	struct life life = {};
	struct guest guest;
	unsigned int exits;

	if (!guest_try_open(&guest))
		return life;
	memcpy(guest.ram, program, sizeof(program));
	life.error = guest_populate(&guest);
	if (!life.error)
		life.error = guest_set_reg(&guest, KVM_REG_ARM64_CORE_PC,
					   REALM_BASE);
	for (exits = 0; exits < EXITS_MAX && !life.error; exits++) {
		if (!run_once(&guest, &life))
			break;
	}
	guest_close(&guest);
	return life;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements at Realm EL2 against the vectors of tests/rmm, which sim has to
 * reproduce as well.
 */
#include "abi/rsi_smc.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/ns/realm_kit.h"
#include "tests/qemu/rmm/probe.h"

#define PART 32 /* bytes that PROBE_READ answers */

static uint8_t nibble(char c)
{
	return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* True if the measurement is @hex, and zero behind that. */
static bool measured(unsigned int index, const char *hex)
{
	for (uint64_t at = 0; at < RSI_MEASUREMENT_SIZE; at += PART) {
		struct answer a =
			call(PROBE_READ, REALM_RD, index, at, 0, 0);
		const uint8_t *byte = (const uint8_t *)&a.x[1];

		if (a.x[0] != RMI_SUCCESS)
			return false;
		for (unsigned int i = 0; i < PART; i++) {
			uint8_t want = 0;

			if (*hex) {
				want = (uint8_t)(nibble(hex[0]) << 4 |
						 nibble(hex[1]));
				hex += 2;
			}
			if (byte[i] != want)
				return false;
		}
	}
	return true;
}

static bool extend(unsigned int index, uint64_t size)
{
	return call(PROBE_EXTEND, REALM_RD, index, size, 0, 0).x[0] ==
	       RMI_SUCCESS;
}

static bool build(uint8_t hash)
{
	return realm_delegate() == RMI_SUCCESS &&
	       realm_create(REALM_IPA_BITS, hash) == RMI_SUCCESS &&
	       realm_add_tables() == RMI_SUCCESS;
}

static bool take_apart(void)
{
	return realm_destroy_rec() == RMI_SUCCESS && realm_destroy();
}

static void test_sha_256(void)
{
	expect("a SHA-256 realm is made", build(RMI_HASH_SHA_256));
	expect("its RIM is that of its parameters",
	       measured(0, "53de626e00bd6e56fdab0d092b7963081274c9b3d1cbbe5bb"
			   "fe87ce9f2f294e8"));
	realm_add_page();
	expect("then that with a measured page",
	       measured(0, "8b7c55616524458e5afbe65260ac1626d56c666894cd98a38"
			   "c406032dfc18975"));
	realm_add_rec();
	expect("then that with a REC",
	       measured(0, "3add6e11a66ef24df47d4ab164abe170e7a9064e2f1f76c1c"
			   "5eb5cea1cc1a86c"));
	expect("its REMs are zero", measured(1, "") && measured(2, "") &&
					    measured(3, "") && measured(4, ""));
	expect("a REM takes 32 bytes",
	       extend(1, 32) &&
		       measured(1, "0b8f4c5b6adc4c087ab9f43aaeb6007084c264adc"
				   "aa3cb07176b792342850412"));
	expect("a REM takes 64 bytes",
	       extend(4, 64) &&
		       measured(4, "43b82455ef0991fa22379b3281e53b7f44d116986"
				   "8c7b7c420283f6d8e6efde2"));
	expect("the other REMs stay zero", measured(2, "") && measured(3, ""));
	expect("it is taken apart", take_apart());
}

static void test_sha_512(void)
{
	expect("a SHA-512 realm with a page and a REC is made",
	       build(RMI_HASH_SHA_512) && realm_add_page() == RMI_SUCCESS &&
		       realm_add_rec() == RMI_SUCCESS);
	expect("its RIM is the vector",
	       measured(0, "752a39b34d068b42f7f5e4f1609d9880b638171b5220c4ad3"
			   "5abc339f29dd1834eed267268d009d562771fbb0ee09d2050"
			   "6a311c6d429c27597c66dc97f0859a"));
	expect("a REM takes nothing, and changes",
	       extend(1, 0) &&
		       measured(1, "7be9fda48f4179e611c698a73cff09faf72869431"
				   "efee6eaad14de0cb44bbf66503f752b7a8eb17083"
				   "355f3ce6eb7d2806f236b25af96a24e22b887405c"
				   "20081"));
	expect("it is taken apart", take_apart());
}

static void test_both(void)
{
	test_sha_256();
	test_sha_512();
}

void test_measure(void)
{
	unsigned int cpus = cpus_count();

	test_both();
	for (unsigned int cpu = 1; cpu < cpus; cpu++) {
		print("     on CPU %u\n", cpu);
		expect("another CPU starts", cpu_start(cpu));
		cpu_run(cpu, test_both);
		cpu_wait(cpu);
	}
}

// SPDX-License-Identifier: BSD-3-Clause
/*
 * Extends its measurement registers: each by itself, by a value of any size. A
 * verifier can compute what must come out. The RIM stays as it is.
 */
#include "abi/rmi_smc.h"
#include "guests/guest.h"

#define WORDS (RSI_MEASUREMENT_SIZE / 8)

/* A digest, as it lies in registers: the first byte is the lowest. */
struct digest {
	u64 words[WORDS];
};

/*
 * What a REM is after it was zero and was extended by the bytes 1, 2, 3, ... of
 * @size, and 0 bytes: the hash of the old digest and the value.
 */
static const struct vector {
	unsigned int size;
	bool then_nothing;
	struct digest sha_256;
	struct digest sha_512;
} vectors[] = {
	{ 32, false,
	  { { 0x084cdc6a5b4c8f0b, 0x7000b6ae3af4b97a,
	      0x07cba3caad64c284, 0x1204854223796b17 } },
	  { { 0xf2dfa54f9403f845, 0x6c7e4b9d1a7e9442,
	      0x8bbee442b80ef48c, 0x22724d211094302a,
	      0xe44f85ecfaf9b5f6, 0x6f0a1868f8b83da6,
	      0x88d3f263f504479e, 0x420361f09bfd1067 } } },
	{ 64, false,
	  { { 0xfa9109ef5524b843, 0x7f3be581329b3722,
	      0xc4b7c7689816d144, 0xe2fd6e8e6d3f2820 } },
	  { { 0xdfd30803747056fd, 0x5ffd2c7449b8b3e0,
	      0x4cf74b3b36c51b77, 0xd3bc8417243adb84,
	      0xe52edcb6842aaea6, 0x9202112787b95a1f,
	      0xff63fec11cbbd8e7, 0x2bdadeda1c5b9c84 } } },
	{ 32, true,
	  { { 0x8c91cda02e883c05, 0xcafc6b1eb4aa08c2,
	      0xe93782c022ec5e05, 0x0aa79188a5b0bceb } },
	  { { 0xb394ff2f15c43530, 0x8f8015c1d348c29a,
	      0xf0a8c7dd821e70c5, 0x2e9efae998082c0e,
	      0xb81a909e7f967a64, 0x25318b8aad29936c,
	      0xe04e4f2a35b59821, 0x9d015d78c97cee70 } } },
};

#define VECTORS (sizeof(vectors) / sizeof(vectors[0]))

static u64 extend(u64 index, unsigned int size)
{
	struct smc call = { .x = { SMC_RSI_MEASUREMENT_EXTEND, index, size } };

	for (unsigned int i = 0; i < size && i < RSI_MEASUREMENT_SIZE; i++)
		call.x[3 + i / 8] |= (u64)(i + 1) << 8 * (i % 8);
	smc(&call);
	return call.x[0];
}

static struct digest get(u64 index)
{
	struct digest digest;
	struct smc call;

	if (smc_call(&call, SMC_RSI_MEASUREMENT_READ, index))
		guest_exit(64);
	for (unsigned int i = 0; i < WORDS; i++)
		digest.words[i] = call.x[1 + i];
	return digest;
}

static bool same(const struct digest *a, const struct digest *b)
{
	u64 difference = 0;

	for (unsigned int i = 0; i < WORDS; i++)
		difference |= a->words[i] ^ b->words[i];
	return !difference;
}

/* One REM a vector; those that are not extended yet are zero. */
static int check_vector(const struct vector *vector, u64 index)
{
	bool sha_512 = get_realm_config()->hash_algo == RMI_HASH_SHA_512;
	static const struct digest zero;
	struct digest before = get(index), after;
	u64 status = extend(index, vector->size);

	if (vector->then_nothing)
		status |= extend(index, 0);
	after = get(index);
	put("REM ");
	put_number(index - 1);
	put(" ");
	put_hex(after.words[0], 16);
	put("\n");
	return !status && same(&before, &zero) &&
	       same(&after, sha_512 ? &vector->sha_512 : &vector->sha_256) ?
		       0 : 1;
}

/* No REM of that index, nothing that large, and the RIM is read only. */
static int check_refusals(void)
{
	return extend(0, 32) == RSI_ERROR_INPUT &&
	       extend(RSI_MEASUREMENTS, 32) == RSI_ERROR_INPUT &&
	       extend(1, RSI_MEASUREMENT_SIZE + 1) == RSI_ERROR_INPUT ? 0 : 2;
}

int main(u64 dtb)
{
	struct digest rim = get(0), first, now;
	int failed = 0;

	(void)dtb;
	for (u64 i = 0; i < VECTORS; i++)
		failed |= check_vector(&vectors[i], i + 1);
	first = get(1);
	failed |= check_refusals();
	now = get(1);
	failed |= same(&now, &first) ? 0 : 4;
	now = get(0);
	failed |= same(&now, &rim) ? 0 : 8;
	put(failed ? "measurements are wrong\n" : "measurements are right\n");
	return failed;
}

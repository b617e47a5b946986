// SPDX-License-Identifier: BSD-3-Clause
/*
 * Says what a realm knows of itself: RSI's version, its IPA width and hash, its
 * initial measurement, and what its host answers to a host call.
 */
#include "abi/rmi_smc.h"
#include "guests/guest.h"

static struct rsi_host_call host_call __attribute__((aligned(256)));
static u64 scratch[4096];

static void put_version(u64 version)
{
	put_number(version >> 16);
	put_char('.');
	put_number(version & 0xffff);
}

static int say_version(void)
{
	struct smc call;
	u64 status = smc_call(&call, SMC_RSI_VERSION, RSI_ABI_VERSION_1_0);

	put("RSI ");
	put_version(call.x[1]);
	put("\n");
	return status == RSI_SUCCESS ? 0 : 1;
}

static unsigned int say_config(void)
{
	const struct realm_config *config = get_realm_config();
	int sha_512 = config->hash_algo == RMI_HASH_SHA_512;

	put("IPA width ");
	put_number(config->ipa_width);
	put(sha_512 ? ", SHA-512\n" : ", SHA-256\n");
	return sha_512 ? 64 : 32;
}

static int say_rim(unsigned int bytes)
{
	struct smc call;
	u64 status = smc_call(&call, SMC_RSI_MEASUREMENT_READ, 0);

	put("RIM ");
	for (unsigned int i = 0; i < bytes; i++)
		put_hex(call.x[1 + i / 8] >> 8 * (i % 8), 2);
	put("\n");
	return status == RSI_SUCCESS ? 0 : 2;
}

static int say_host_call(void)
{
	struct smc call;
	u64 status;

	host_call.gprs[0] = RHI_HOSTCONF_VERSION;
	status = smc_call(&call, SMC_RSI_HOST_CALL, (u64)&host_call);
	put("RHI ");
	put_version(host_call.gprs[0]);
	put("\n");
	return status == RSI_SUCCESS &&
	       host_call.gprs[0] == RHI_VERSION_1_0 ? 0 : 4;
}

/* Memory that is no part of the image comes when touched, and is zero. */
static int touch_memory(void)
{
	volatile u64 *words = scratch;
	u64 sum = 0;

	for (unsigned int i = 0; i < 4096; i += 512) {
		sum |= words[i];
		words[i] = i + 1;
	}
	for (unsigned int i = 0; i < 4096; i += 512)
		sum |= words[i] - (i + 1);
	return sum ? 8 : 0;
}

int main(u64 dtb)
{
	int failed = 0;

	(void)dtb;
	put("hello from a realm\n");
	failed |= say_version();
	failed |= say_rim(say_config());
	failed |= say_host_call();
	failed |= touch_memory();
	return failed;
}

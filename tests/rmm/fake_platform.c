/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fake machine: everything of rmm/platform.h, on mapped memory.
 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

#include "abi/rmi_layout.h"
#include "fake_platform.h"
#include "rmm/config.h"
#include "rmm/rmm.h"

struct fake fake;
_Thread_local unsigned int fake_cpu;
_Thread_local uint64_t fake_out[18];
jmp_buf fake_panic_env;
bool fake_panic_expected;
const char *fake_panic_text;

/* Memory of the host that stands for RAM and what belongs to it. */
struct backing {
	void *memory;
	size_t size;
};

static struct {
	struct backing memory;
	struct backing pas; /* a byte a granule */
} ram[FAKE_RANGES];

static struct backing metadata;

/* ---- The machine ------------------------------------------------------- */

static void *map(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		abort();
	return p;
}

/* Mapped once; afterwards the pages are dropped, and read as zero again. */
static void fresh(struct backing *backing, size_t size)
{
	if (backing->size < size) {
		if (backing->size && munmap(backing->memory, backing->size))
			abort();
		backing->memory = map(size);
		backing->size = size;
	} else if (size && madvise(backing->memory, size, MADV_DONTNEED)) {
		abort();
	}
}

void fake_boot(void)
{
	uint64_t granules = 0;

	for (unsigned int i = 0; i < FAKE_RANGES; i++) {
		fresh(&ram[i].memory, fake.ram[i].size);
		fresh(&ram[i].pas, fake.ram[i].size / FAKE_PAGE);
		granules += fake.ram[i].size / FAKE_PAGE;
	}
	fresh(&metadata, rmm_metadata_size(granules));
	fake.next_granule = fake.ram[0].base;
	fake.next_ns_page = fake.ram[0].base + fake.ram[0].size;
	rmm_init(metadata.memory);
}

void fake_prepare(void)
{
	fake = (struct fake){
		.features = {
			.ipa_bits = 48,
			.pa_bits = 48,
			.num_bps = 6,
			.num_wps = 4,
			.cpus = FAKE_CPUS,
			.lrs = FAKE_LRS,
			.granule_sizes = 7,
		},
		.ram = {
			{ FAKE_RAM0_BASE, FAKE_RAM0_SIZE },
			{ FAKE_RAM1_BASE, FAKE_RAM1_SIZE },
		},
		.l0gpt_shift = 30,
	};
	fake_panic_expected = false;
	fake_cpu = 0;
}

void fake_reset(void)
{
	fake_prepare();
	fake_boot();
}

void fake_activate(void)
{
	uint64_t page = fake_ns_page();

	((struct rmm_config *)fake_view(page))->rmi_granule_size =
		fake.granule;
	assert_int_equal(rmi(RMM_CONFIG_SET, page), RMI_SUCCESS);
	assert_int_equal(rmi(RMM_ACTIVATE), RMI_SUCCESS);
}

/* Index of the range of @pa and offset in it; false if it is no RAM. */
static bool find(uint64_t pa, unsigned int *range, uint64_t *at)
{
	for (unsigned int i = 0; i < FAKE_RANGES; i++) {
		uint64_t offset = pa - fake.ram[i].base;

		if (pa >= fake.ram[i].base && offset < fake.ram[i].size) {
			*range = i;
			*at = offset;
			return true;
		}
	}
	return false;
}

void *fake_view(uint64_t pa)
{
	unsigned int i;
	uint64_t at;

	return find(pa, &i, &at) ? (uint8_t *)ram[i].memory.memory + at : NULL;
}

static uint8_t *pas_of(uint64_t pa)
{
	unsigned int i;
	uint64_t at;

	if (!find(pa, &i, &at))
		return NULL;
	return (uint8_t *)ram[i].pas.memory + at / FAKE_PAGE;
}

enum fake_pas fake_pas(uint64_t pa)
{
	uint8_t *pas = pas_of(pa);

	if (!pas)
		fail_msg("0x%llx is no RAM", (unsigned long long)pa);
	return __atomic_load_n(pas, __ATOMIC_ACQUIRE);
}

void fake_set_pas(uint64_t pa, enum fake_pas pas)
{
	__atomic_store_n(pas_of(pa), pas, __ATOMIC_RELEASE);
}

/* ---- What tests call --------------------------------------------------- */

uint64_t fake_smc_array(uint64_t fid, const uint64_t args[6])
{
	fake_out[0] = fid;
	memcpy(&fake_out[1], args, 6 * sizeof(args[0]));
	for (unsigned int i = 7; i < 18; i++)
		fake_out[i] = 0x5a5a000000000000ull | i;
	rmm_handle_smc(fake_out);
	return fake_out[0];
}

uint64_t fake_smc(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		  uint64_t x4, uint64_t x5, uint64_t x6)
{
	return fake_smc_array(fid, (uint64_t[6]){ x1, x2, x3, x4, x5, x6 });
}

uint64_t fake_ns_page(void)
{
	fake.next_ns_page -= granule_size();
	fake.next_ns_page &= ~(granule_size() - 1);
	if (fake.next_ns_page < fake.next_granule)
		fail_msg("no Non-secure page left");
	memset(fake_view(fake.next_ns_page), 0, granule_size());
	return fake.next_ns_page;
}

uint64_t fake_granules(unsigned int n)
{
	uint64_t size = n * granule_size();
	uint64_t pa = (fake.next_granule + granule_size() - 1) &
		      ~(granule_size() - 1);

	if ((n & (n - 1)) == 0)
		pa = (pa + size - 1) & ~(size - 1);
	if (pa + size > fake.next_ns_page)
		fail_msg("no %u granules left", n);
	fake.next_granule = pa + size;
	return pa;
}

uint64_t fake_delegate(unsigned int n)
{
	uint64_t pa = fake_granules(n);
	uint64_t top = pa + n * granule_size();

	for (uint64_t at = pa; at < top; at = fake_out[1])
		assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, at, top),
				 RMI_SUCCESS);
	return pa;
}

/* ---- rmm/platform.h ---------------------------------------------------- */

/* True when a countdown has just come to its end. */
static bool expires(unsigned int *countdown)
{
	return *countdown && --*countdown == 0;
}

static void count(unsigned int *counter)
{
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

void plat_features(struct plat_features *features)
{
	*features = fake.features;
}

bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size)
{
	if (index >= FAKE_RANGES)
		return false;
	*base = fake.ram[index].base;
	*size = fake.ram[index].size;
	return true;
}

void *plat_realm_view(uint64_t pa)
{
	void *view = fake_view(pa);

	if (!view || fake_pas(pa) != FAKE_REALM)
		fail_msg("RMM looks at 0x%llx, which is not Realm memory",
			 (unsigned long long)pa);
	return view;
}

/* The address of what may be copied, NULL if that faults. */
static void *ns_view(uint64_t pa, size_t size)
{
	if (size > granule_size() - (pa & (granule_size() - 1)))
		fail_msg("copy of %zu bytes at 0x%llx leaves its granule", size,
			 (unsigned long long)pa);
	for (uint64_t at = pa & ~(FAKE_PAGE - 1); at < pa + size;
	     at += FAKE_PAGE) {
		if (!fake_view(at) || fake_pas(at) != FAKE_NS)
			return NULL;
	}
	if (fake.ns_fault_pa && (pa & ~(FAKE_PAGE - 1)) == fake.ns_fault_pa)
		return NULL;
	return fake_view(pa);
}

bool ns_read(void *dst, uint64_t pa, size_t size)
{
	const void *src = ns_view(pa, size);

	if (!src || fake.ns_read_fails || expires(&fake.ns_read_countdown))
		return false;
	memcpy(dst, src, size);
	return true;
}

bool ns_write(uint64_t pa, const void *src, size_t size)
{
	void *dst = ns_view(pa, size);

	if (!dst || fake.ns_write_fails || expires(&fake.ns_write_countdown))
		return false;
	memcpy(dst, src, size);
	return true;
}

static bool gpt_move(uint64_t base, uint64_t size, enum fake_pas from,
		     enum fake_pas to)
{
	count(&fake.gpt_calls);
	if (!size || (base | size) & (FAKE_PAGE - 1))
		fail_msg("GPT change of 0x%llx bytes at 0x%llx",
			 (unsigned long long)size, (unsigned long long)base);
	if (expires(&fake.gpt_refuse))
		return false;
	for (uint64_t pa = base; pa < base + size; pa += FAKE_PAGE) {
		if (!fake_view(pa) || fake_pas(pa) != from)
			return false;
	}
	for (uint64_t pa = base; pa < base + size; pa += FAKE_PAGE)
		fake_set_pas(pa, to);
	return true;
}

bool plat_gpt_to_realm(uint64_t base, uint64_t size)
{
	return gpt_move(base, size, FAKE_NS, FAKE_REALM);
}

bool plat_gpt_to_ns(uint64_t base, uint64_t size)
{
	return gpt_move(base, size, FAKE_REALM, FAKE_NS);
}

unsigned int plat_l0gpt_shift(void)
{
	return fake.l0gpt_shift;
}

void plat_tlbi_range(uint16_t vmid, uint64_t ipa, uint64_t size)
{
	count(&fake.tlbi_ranges);
	__atomic_store_n(&fake.tlbi_vmid, vmid, __ATOMIC_RELAXED);
	__atomic_store_n(&fake.tlbi_ipa, ipa, __ATOMIC_RELAXED);
	__atomic_store_n(&fake.tlbi_size, size, __ATOMIC_RELAXED);
	if (fake.on_tlbi)
		fake.on_tlbi();
}

void plat_tlbi_vmid(uint16_t vmid)
{
	count(&fake.tlbi_vmids);
	__atomic_store_n(&fake.tlbi_vmid, vmid, __ATOMIC_RELAXED);
}

void plat_icache_invalidate(uint64_t pa, uint64_t size)
{
	(void)pa;
	count(&fake.icache_calls);
	__atomic_fetch_add(&fake.icache_bytes, size, __ATOMIC_RELAXED);
}

unsigned int plat_cpu(void)
{
	return fake_cpu;
}

bool plat_irq_pending(void)
{
	count(&fake.irq_looks);
	if (expires(&fake.irq_countdown))
		fake.irq_pending = true;
	return fake.irq_pending;
}

bool plat_random(void *buf, size_t size)
{
	if (fake.random_fails)
		return false;
	for (size_t i = 0; i < size; i++)
		((uint8_t *)buf)[i] = __atomic_add_fetch(&fake.random_last, 1,
							 __ATOMIC_RELAXED);
	return true;
}

void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	if (!fake.pe_run)
		fail_msg("a realm runs, and no test wanted it");
	fake.pe_run(pe, simd, regime, exit);
}

uint64_t plat_ich_lr(unsigned int lr)
{
	assert_true(lr < FAKE_LRS);
	return fake.ich[fake_cpu].lr[lr];
}

uint64_t plat_ich_hcr(void)
{
	return fake.ich[fake_cpu].hcr;
}

void plat_ich_set_hcr(uint64_t hcr)
{
	fake.ich[fake_cpu].hcr = hcr;
}

uint64_t plat_id_register(uint32_t encoding)
{
	return fake.id_register ? fake.id_register(encoding) : 0;
}

void plat_relax(void)
{
	if (fake.on_relax)
		fake.on_relax();
	else
		sched_yield();
}

_Noreturn void plat_panic(const char *file, int line, const char *what)
{
	fake_panic_text = what;
	if (fake_panic_expected) {
		fake_panic_expected = false;
		longjmp(fake_panic_env, 1);
	}
	print_error("panic at %s:%d: %s\n", file, line, what);
	abort();
}

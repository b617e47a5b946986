/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Physical memory as root sees it: through windows of /dev/mem, where a granule
 * of another world is a SIGBUS, and in /proc/kcore, where it is zeros.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_LOOK_MEM_H
#define SELFTEST_KVM_ARM64_RMI_LOOK_MEM_H

#include <elf.h>
#include <setjmp.h>
#include <signal.h>

#include "rmi_look.h"

#define PAGE_WORDS (PAGE / sizeof(uint64_t))
#define MAX_GRANULES 4096

static int mem_fd, kcore_fd;

/* ---- Accesses that may fault --------------------------------------------- */

static __thread sigjmp_buf fault_return;
static __thread volatile bool fault_wanted;
static __thread volatile int fault_code;

static void take_fault(int signal, siginfo_t *info, void *context)
{
	if (!fault_wanted)
		_exit(1);
	fault_code = info->si_code;
	siglongjmp(fault_return, 1);
}

static inline void catch_faults(void)
{
	struct sigaction action = {
		.sa_sigaction = take_fault,
		.sa_flags = SA_SIGINFO | SA_NODEFER,
	};

	sigaction(SIGBUS, &action, NULL);
}

/* True if @access, which has no lasting effect here, ends in that SIGBUS. */
#define faults(access) ({						\
	bool faulted_ = true;						\
									\
	fault_code = 0;							\
	fault_wanted = true;						\
	if (!sigsetjmp(fault_return, 0)) {				\
		access;							\
		faulted_ = false;					\
	}								\
	fault_wanted = false;						\
	faulted_ && fault_code == BUS_OBJERR;				\
})

/* ---- Windows ------------------------------------------------------------- */

static inline void *window_open(uint64_t pa, uint64_t size, int prot)
{
	void *va = mmap(NULL, size, prot, MAP_SHARED, mem_fd, pa);

	if (va == MAP_FAILED)
		ksft_exit_fail_msg("/dev/mem at %#lx: %s\n", pa,
				   strerror(errno));
	return va;
}

/*
 * What was seen of memory.
 * @pages: that there are
 * @granules: of them, those that fault
 * @granule: where the first of these are
 * @secrets: pages with a secret
 * @secret: where the last of these is
 */
struct sight {
	unsigned long pages;
	unsigned long granules;
	uint64_t granule[MAX_GRANULES];
	unsigned long secrets;
	uint64_t secret;
};

static inline void see_secret(struct sight *sight, uint64_t pa, long at)
{
	if (at < 0)
		return;
	sight->secrets++;
	sight->secret = pa + at * sizeof(uint64_t);
}

static inline void see_page(struct sight *sight, uint64_t pa,
			    const volatile uint64_t *words, bool search)
{
	unsigned long count = search ? PAGE_WORDS : 1;

	sight->pages++;
	if (!faults(see_secret(sight, pa, find_secret(words, count))))
		return;
	if (sight->granules < MAX_GRANULES)
		sight->granule[sight->granules] = pa;
	sight->granules++;
}

static inline void see_range(struct sight *sight, uint64_t base, uint64_t top,
			     bool search)
{
	void *window = window_open(base, top - base, PROT_READ);
	uint64_t offset;

	for (offset = 0; offset < top - base; offset += PAGE)
		see_page(sight, base + offset, window + offset, search);
	munmap(window, top - base);
}

/* All that the kernel has; with @search, all words of it. */
static inline void see_ram(struct sight *sight, bool search)
{
	FILE *file = fopen("/proc/iomem", "r");
	uint64_t base, last;
	char line[128];

	memset(sight, 0, sizeof(*sight));
	while (file && fgets(line, sizeof(line), file)) {
		if (line[0] != ' ' && strstr(line, ": System RAM") &&
		    sscanf(line, "%lx-%lx", &base, &last) == 2 && last)
			see_range(sight, base, last + 1, search);
	}
	if (file)
		fclose(file);
	if (!sight->pages)
		ksft_exit_fail_msg("no RAM in /proc/iomem\n");
}

/* ---- The kernel's view --------------------------------------------------- */

/* The @n-th segment of RAM; false if there are fewer. */
static inline bool kcore_ram(unsigned int n, Elf64_Phdr *segment)
{
	Elf64_Ehdr header;
	unsigned int i;

	if (pread(kcore_fd, &header, sizeof(header), 0) != sizeof(header))
		return false;
	for (i = 0; i < header.e_phnum; i++) {
		if (pread(kcore_fd, segment, sizeof(*segment), header.e_phoff +
			  i * sizeof(*segment)) != sizeof(*segment))
			return false;
		/* The linear map, not that of the kernel's image. */
		if (segment->p_type == PT_LOAD && segment->p_paddr + 1 &&
		    segment->p_memsz > 64 << 20 && !n--)
			return true;
	}
	return false;
}

/* The page at @pa: 0, or -errno. */
static inline int kcore_read(uint64_t pa, uint64_t page[PAGE_WORDS])
{
	Elf64_Phdr segment;
	unsigned int n;

	for (n = 0; kcore_ram(n, &segment); n++) {
		if (pa < segment.p_paddr ||
		    pa - segment.p_paddr >= segment.p_memsz)
			continue;
		if (pread(kcore_fd, page, PAGE, segment.p_offset + pa -
			  segment.p_paddr) == PAGE)
			return 0;
		return -errno;
	}
	return -ENXIO;
}

/* All of it; nothing faults, so that no granules are seen. */
static inline bool see_kcore(struct sight *sight)
{
	static uint64_t buffer[256 * PAGE_WORDS];
	Elf64_Phdr segment;
	uint64_t done, i;
	unsigned int n;
	ssize_t got;

	memset(sight, 0, sizeof(*sight));
	for (n = 0; kcore_ram(n, &segment); n++) {
		for (done = 0; done < segment.p_memsz; done += got) {
			got = segment.p_memsz - done;
			if (got > (ssize_t)sizeof(buffer))
				got = sizeof(buffer);
			got = pread(kcore_fd, buffer, got,
				    segment.p_offset + done);
			if (got <= 0)
				return is("kcore", 1, got);
			for (i = 0; i < got / PAGE; i++)
				see_page(sight, segment.p_paddr + done +
					 i * PAGE, buffer + i * PAGE_WORDS,
					 true);
		}
	}
	return true;
}

static inline void open_memory(void)
{
	mem_fd = open("/dev/mem", O_RDWR);
	kcore_fd = open("/proc/kcore", O_RDONLY);
	if (mem_fd < 0 || kcore_fd < 0)
		ksft_exit_skip("no /dev/mem or no /proc/kcore\n");
	catch_faults();
}

#endif

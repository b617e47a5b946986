// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host cannot look. Root tries to read and to write the memory of realms by
 * every way that there is: each attempt fails, the host lives on, and the realm
 * finds its memory as it left it. A secret of the realm is in no page of the
 * host, until the realm shares it.
 *
 *	rmi_look [BASE LAST]	besides, memory that firmware has kept, in hex
 */
#include <linux/falloc.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "rmi_look_vm.h"

#define JUNK 0x6b6e756a6b6e756aULL

static int pipe_fd[2];
static uint64_t kept_base, kept_top;

/* What a call came to: -errno, or what it returned. */
static int came_to(long ret)
{
	return ret < 0 ? -errno : ret;
}

/* ---- Ways to a physical page --------------------------------------------- */

struct target {
	uint64_t pa;
	uint64_t *window;
};

static bool load_faults(const struct target *target)
{
	return faults(*(volatile uint64_t *)target->window);
}

static bool store_faults(const struct target *target)
{
	return faults(*(volatile uint64_t *)target->window = JUNK);
}

static bool exchange_faults(const struct target *target)
{
	return faults(__atomic_exchange_n(target->window, JUNK,
					  __ATOMIC_SEQ_CST));
}

static bool zeroing_faults(const struct target *target)
{
	return faults(asm volatile("dc zva, %0" : : "r"(target->window)
				   : "memory"));
}

static bool fetch_faults(const struct target *target)
{
	return faults(((void (*)(void))target->window)());
}

/* System calls that are given the page for a buffer. */
static bool it_is_no_source(const struct target *target)
{
	struct iovec iov = { target->window, 8 };

	return is("write", -EFAULT, came_to(write(pipe_fd[1], target->window,
						  8))) &&
	       is("vmsplice", -EFAULT, came_to(vmsplice(pipe_fd[1], &iov, 1,
							0)));
}

static bool it_is_no_destination(const struct target *target)
{
	return is("getrandom", -EFAULT,
		  came_to(syscall(SYS_getrandom, target->window, 8, 0))) &&
	       is("pread", -EFAULT, came_to(pread(kcore_fd, target->window,
						  8, 0)));
}

static bool it_is_no_futex(const struct target *target)
{
	return is("futex", -EFAULT,
		  came_to(syscall(SYS_futex, target->window, FUTEX_WAIT, 0,
				  NULL, NULL, 0)));
}

static bool process_vm_fails(const struct target *target)
{
	uint64_t word = JUNK;
	struct iovec here = { &word, 8 }, there = { target->window, 8 };

	return is("readv", -EFAULT,
		  came_to(process_vm_readv(getpid(), &here, 1, &there, 1,
					   0))) &&
	       is("writev", -EFAULT,
		  came_to(process_vm_writev(getpid(), &here, 1, &there, 1,
					    0))) &&
	       is("word", 1, word == JUNK);
}

static bool dev_mem_fails(const struct target *target)
{
	uint64_t word = JUNK;

	return is("read", -EFAULT, came_to(pread(mem_fd, &word, 8,
						 target->pa))) &&
	       is("write", -EFAULT, came_to(pwrite(mem_fd, &word, 8,
						   target->pa))) &&
	       is("word", 1, word == JUNK);
}

static bool kcore_has_zeros(const struct target *target)
{
	uint64_t page[PAGE_WORDS];
	unsigned int i;

	memset(page, 0xff, sizeof(page));
	if (!is("kcore", 0, kcore_read(target->pa, page)))
		return false;
	for (i = 0; i < PAGE_WORDS && !page[i]; i++)
		;
	return is("zeros", PAGE_WORDS, i);
}

static const struct {
	const char *name;
	bool (*fails)(const struct target *target);
} ways[] = {
	{ "load", load_faults },
	{ "store", store_faults },
	{ "atomic exchange", exchange_faults },
	{ "dc zva", zeroing_faults },
	{ "instruction fetch", fetch_faults },
	{ "source of a system call", it_is_no_source },
	{ "destination of a system call", it_is_no_destination },
	{ "futex", it_is_no_futex },
	{ "process_vm", process_vm_fails },
	{ "/dev/mem", dev_mem_fails },
	{ "/proc/kcore", kcore_has_zeros },
};

static bool page_is_out_of_reach(uint64_t pa)
{
	struct target target = {
		.pa = pa,
		.window = window_open(pa, PAGE,
				      PROT_READ | PROT_WRITE | PROT_EXEC),
	};
	bool good = true;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		if (ways[i].fails(&target))
			continue;
		ksft_print_msg("%#lx: %s\n", pa, ways[i].name);
		good = false;
	}
	munmap(target.window, PAGE);
	return good;
}

/* All that the RMM has, and nothing else, faults: at least @least pages. */
static bool granules_are_out_of_reach(unsigned long least)
{
	static struct sight sight;
	bool good;
	unsigned long i;

	see_ram(&sight, false);
	good = is("granules", granules_delegated(), sight.granules) &&
	       is("enough", 1, sight.granules >= least &&
		  sight.granules <= MAX_GRANULES);
	for (i = 0; good && i < sight.granules; i++)
		good = page_is_out_of_reach(sight.granule[i]);
	return good;
}

/* ---- Realms in each state ------------------------------------------------ */

static bool look_and_end(struct realm *realm, bool good)
{
	return end_look(realm, good && realm_is_unharmed(realm));
}

static bool populated_realm_is_out_of_reach(void)
{
	struct realm realm;
	bool good = start_look(&realm) &&
		    granules_are_out_of_reach(1 + SECRET_SIZE / PAGE);

	return look_and_end(&realm, good && hide_secret(&realm));
}

static bool stopped_realm_is_out_of_reach(void)
{
	struct realm realm;
	bool good = start_look(&realm) && hide_secret(&realm);

	return look_and_end(&realm, good &&
			    granules_are_out_of_reach(2 * SECRET_SIZE / PAGE));
}

static void *run_realm(void *realm)
{
	return (void *)(long)realm_says(realm);
}

/* The realm has checked all of its memory @rounds times more. */
static bool wait_for_rounds(struct realm *realm, uint64_t rounds)
{
	const volatile uint64_t *done = &shared_words(realm)[SHARED_ROUNDS];
	unsigned int i;

	rounds += *done;
	for (i = 0; i < 2000 && *done < rounds; i++)
		usleep(5000);
	return is("it runs", 1, *done >= rounds);
}

static bool running_realm_is_out_of_reach(void)
{
	pthread_t thread;
	struct realm realm;
	bool good = start_look(&realm) && hide_secret(&realm);
	void *said = NULL;

	if (!good || pthread_create(&thread, NULL, run_realm, &realm))
		return end_guest(&realm, false);
	good = wait_for_rounds(&realm, 1) &&
	       granules_are_out_of_reach(2 * SECRET_SIZE / PAGE) &&
	       wait_for_rounds(&realm, 2);
	shared_words(&realm)[SHARED_GO] = 1;
	pthread_join(thread, &said);
	return end_look(&realm, is("unharmed", SAYS_SHOWN, (long)said) &&
			good);
}

/* ---- The files and the process of its VMM -------------------------------- */

static bool guest_memfd_has_no_contents(void)
{
	const unsigned int keep = FALLOC_FL_KEEP_SIZE;
	char path[32], bytes[8] = { 0 };
	struct iovec iov = { bytes, sizeof(bytes) };
	struct realm realm;
	bool good = start_look(&realm) && hide_secret(&realm);
	int gmem = realm.gmem;
	off_t at = 0;

	sprintf(path, "/proc/self/fd/%d", gmem);
#define REFUSED(error, call) (good &= is(#call, error, came_to((long)call)))
	REFUSED(-ENODEV, mmap(NULL, PAGE, PROT_READ, MAP_SHARED, gmem, 0));
	REFUSED(-ENODEV, mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED,
			      gmem, SECRET - RAM_BASE));
	REFUSED(-ENODEV, mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, gmem, 0));
	REFUSED(-EINVAL, read(gmem, bytes, 8));
	REFUSED(-EINVAL, write(gmem, bytes, 8));
	REFUSED(-ESPIPE, pread(gmem, bytes, 8, SECRET - RAM_BASE));
	REFUSED(-ESPIPE, pwrite(gmem, bytes, 8, SECRET - RAM_BASE));
	REFUSED(-ESPIPE, preadv(gmem, &iov, 1, 0));
	REFUSED(-ESPIPE, pwritev(gmem, &iov, 1, 0));
	REFUSED(-ESPIPE, sendfile(pipe_fd[1], gmem, &at, PAGE));
	REFUSED(-EINVAL, splice(gmem, &at, pipe_fd[1], NULL, PAGE, 0));
	REFUSED(-EINVAL, splice(pipe_fd[0], NULL, gmem, &at, PAGE,
				SPLICE_F_NONBLOCK));
	REFUSED(-EINVAL, ftruncate(gmem, PAGE));
	REFUSED(-EOPNOTSUPP, fallocate(gmem, FALLOC_FL_ZERO_RANGE | keep, 0,
				       PAGE));
	REFUSED(-ENXIO, open(path, O_RDWR));
#undef REFUSED
	return look_and_end(&realm, good);
}

/* Whoever may trace the VMM finds there what the VMM has: not the realm's. */
static bool look_at_vmm(const struct realm *realm)
{
	uint64_t *own = realm->shared + (SECRET - RAM_BASE), word = JUNK;
	struct iovec here = { &word, 8 }, there = { own, 8 };
	pid_t vmm = getppid();
	char path[32];
	int fd;

	sprintf(path, "/proc/%d/mem", vmm);
	fd = open(path, O_RDWR);
	return is("readv", 8, came_to(process_vm_readv(vmm, &here, 1, &there,
						       1, 0))) &&
	       is("nothing", 0, word != 0) &&
	       is("pread", 8, came_to(pread(fd, &word, 8, (uintptr_t)own))) &&
	       is("nothing", 0, word != 0) &&
	       is("writev", 8, came_to(process_vm_writev(vmm, &here, 1, &there,
							 1, 0))) &&
	       is("pwrite", 8, came_to(pwrite(fd, &(uint64_t){ JUNK }, 8,
					      (uintptr_t)own)));
}

static bool memory_of_the_vmm_is_not_the_realms(void)
{
	struct realm realm;
	bool good = start_look(&realm) && hide_secret(&realm);
	const uint64_t *own = realm.shared + (SECRET - RAM_BASE);
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child)
		_exit(!look_at_vmm(&realm));
	waitpid(child, &status, 0);
	good = good && is("child", 0, status) &&
	       is("written", 1, *own == JUNK);
	return look_and_end(&realm, good);
}

/* Registers full of secret are neither in KVM's registers nor in its page. */
static bool vcpu_shows_no_secret(void)
{
	struct {
		struct kvm_reg_list list;
		uint64_t reg[64];
	} regs = { .list.n = 64 };
	uint64_t words[64] = { 0 };
	struct realm realm;
	bool good = start_look(&realm) && hide_secret(&realm) &&
		    is("list", 0, call(realm.vcpu, KVM_GET_REG_LIST, &regs));
	unsigned int i;

	for (i = 0; good && i < regs.list.n; i++)
		good = is("get", 0, get_reg(&realm, regs.list.reg[i],
					    &words[i]));
	good = good && is("registers", 33, regs.list.n);
	/* All that is there is what is stored to the device. */
	for (i = 0; good && i < 31; i++)
		good = is("register", 1, words[i] <= SAYS_HIDDEN);
	good = good && is("run page", -1,
			  find_secret((void *)realm.run,
				      realm.run_size / sizeof(uint64_t)));
	return look_and_end(&realm, good);
}

/* Realms have pages of their own: each other's are as far as the host's. */
static bool other_vms_see_nothing(void)
{
	static struct sight sight;
	struct realm realm;
	bool good = start_look(&realm) && hide_secret(&realm);
	unsigned long i;
	void *window;

	see_ram(&sight, false);
	for (i = 0; good && i < sight.granules; i++) {
		window = window_open(sight.granule[i], PAGE,
				     PROT_READ | PROT_WRITE);
		good = ordinary_vm_sees_nothing(window) &&
		       (i % 16 || other_realm_sees_nothing(window));
		munmap(window, PAGE);
	}
	return look_and_end(&realm, good);
}

/* ---- All of memory ------------------------------------------------------- */

static void tell(const char *when, const struct sight *sight)
{
	ksft_print_msg("%s: %lu pages, %lu fault, %lu with a secret\n", when,
		       sight->pages, sight->granules, sight->secrets);
	if (sight->secrets)
		ksft_print_msg("the last at %#lx\n", sight->secret);
}

/* That is the RMM's, in part, which faults as realms do. */
static bool kept_memory_has_no_secret(void)
{
	static struct sight sight;

	if (kept_base == kept_top)
		return true;
	see_range(&sight, kept_base, kept_top, true);
	tell("kept by firmware", &sight);
	return is("secrets", 0, sight.secrets) &&
	       is("granules", 1, sight.granules > 0);
}

static bool secret_is_in_no_page_of_the_host(void)
{
	static struct sight sight;
	struct realm realm;
	unsigned long all;
	bool good;

	see_ram(&sight, true);
	tell("before", &sight);
	all = sight.pages;
	if (!is("secrets", 0, sight.secrets))
		return false;
	good = start_look(&realm) && hide_secret(&realm);
	see_ram(&sight, true);
	tell("hidden", &sight);
	good = good && is("secrets", 0, sight.secrets) &&
	       is("granules", granules_delegated(), sight.granules) &&
	       is("realm", 1, sight.granules >= 2 * SECRET_SIZE / PAGE);
	good = good && see_kcore(&sight);
	tell("hidden, in kcore", &sight);
	good = good && is("secrets", 0, sight.secrets) &&
	       is("nearly all", 1, sight.pages >= all / 10 * 9) &&
	       kept_memory_has_no_secret();

	/* The same secret, where the realm wants it to be seen. */
	good = good && realm_is_unharmed(&realm);
	see_ram(&sight, true);
	tell("shown", &sight);
	good = good && is("found", 1, sight.secrets) &&
	       is("there", SHARED_SHOWN * 8, sight.secret % PAGE) &&
	       is("shared", SHARED_SHOWN,
		  find_secret((void *)shared_words(&realm), PAGE_WORDS));
	good = end_look(&realm, good);

	/* What the RMM gives back is wiped. */
	see_ram(&sight, true);
	tell("destroyed", &sight);
	return good && is("secrets", 0, sight.secrets) &&
	       is("granules", 0, sight.granules) &&
	       is("delegated", 0, granules_delegated());
}

static const struct realm_test tests[] = {
	TEST(populated_realm_is_out_of_reach),
	TEST(stopped_realm_is_out_of_reach),
	TEST(running_realm_is_out_of_reach),
	TEST(guest_memfd_has_no_contents),
	TEST(memory_of_the_vmm_is_not_the_realms),
	TEST(vcpu_shows_no_secret),
	TEST(other_vms_see_nothing),
	TEST(secret_is_in_no_page_of_the_host),
};

int main(int argc, char **argv)
{
	if (argc == 3) {
		kept_base = strtoull(argv[1], NULL, 16);
		kept_top = strtoull(argv[2], NULL, 16) + 1;
	}
	open_memory();
	if (pipe2(pipe_fd, O_NONBLOCK))
		ksft_exit_fail_msg("pipe: %s\n", strerror(errno));
	return run_tests(tests, ARRAY_SIZE(tests));
}

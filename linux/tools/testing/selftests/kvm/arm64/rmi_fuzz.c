// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random sequences of what user space can do to realms, beside guests that
 * execute random code: the host stays well, and has all of its memory back.
 *
 *	rmi_fuzz [-s SEED] [-r RUNS] [-t SECONDS] [-n STEPS] [-j THREADS] [-v]
 *
 * Each run has a seed of its own, from SEED on, and is a process of its own,
 * with one to four threads, that ends after STEPS steps each or 20 seconds. A
 * run with one thread does the same each time: -s SEED -r 1 -j 1. -v says each
 * step.
 */
#include <sys/wait.h>

#include "rmi_fuzz_steps.h"

#define RUN_SECONDS 20
/* How long a process that was killed may take to go. */
#define END_SECONDS 60

static uint64_t first_seed = 1;
static unsigned int runs_wanted = ~0U, seconds_wanted = ~0U;
static unsigned int steps_wanted = 200, threads_wanted;

/* ---- A run --------------------------------------------------------------- */

static void skip_step(int signal)
{
	siglongjmp(self->fault, 1);
}

static void leave_kvm(int signal)
{
}

static void start_timer(void)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_THREAD_ID,
		.sigev_signo = SIGUSR1,
	};

	event._sigev_un._tid = gettid();
	if (timer_create(CLOCK_MONOTONIC, &event, &self->timer))
		_exit(2);
}

/* Numbers of a step do not depend on how many the one before has used. */
static void *run_thread(void *thread)
{
	unsigned int i;
	uint64_t seed;

	self = thread;
	self->tid = gettid();
	seed = self->rng.state;
	start_timer();
	for (i = 0; i < steps_wanted; i++) {
		self->rng.state = seed ^ (i + 1) * 0xd1342543de82ef95ULL;
		safe_step(&self->rng, true);
		count(COUNT_STEPS);
	}
	return NULL;
}

static void empty_tables(void)
{
	unsigned int i;

	memset(vms, -1, sizeof(vms));
	memset(gmems, -1, sizeof(gmems));
	memset(others, -1, sizeof(others));
	for (i = 0; i < ARRAY_SIZE(vcpus); i++)
		vcpus[i] = (struct fuzz_vcpu) { .fd = -1 };
}

static void set_signals(void)
{
	struct sigaction skip = { .sa_handler = skip_step };
	struct sigaction leave = { .sa_handler = leave_kvm };

	sigaction(SIGSEGV, &skip, NULL);
	sigaction(SIGBUS, &skip, NULL);
	sigaction(SIGUSR1, &leave, NULL);
	signal(SIGCHLD, SIG_IGN);
}

static void run(uint64_t seed)
{
	unsigned int i;

	setpgid(0, 0);
	set_signals();
	empty_tables();
	mmap((void *)ARENA, ARENA_SIZE, PROT_READ | PROT_WRITE,
	     MAP_FIXED_NOREPLACE | MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
	nr_threads = threads_wanted ? threads_wanted :
		     1 + seed % ARRAY_SIZE(threads);
	for (i = 0; i < nr_threads; i++)
		threads[i].rng.state = seed << 8 | i;
	for (i = 1; i < nr_threads; i++)
		pthread_create(&threads[i].id, NULL, run_thread, &threads[i]);
	run_thread(&threads[0]);
	for (i = 1; i < nr_threads; i++)
		pthread_join(threads[i].id, NULL);
	_exit(0);
}

/* ---- Runs ---------------------------------------------------------------- */

/* Whether all of a process group is gone by then. */
static bool is_gone(unsigned int seconds, int *status)
{
	unsigned int i;
	pid_t gone;

	for (i = 0; i < 20 * seconds; i++) {
		do {
			gone = waitpid(-1, status, WNOHANG);
		} while (gone > 0);
		if (gone < 0)
			return true;
		usleep(50000);
	}
	return false;
}

/* Who is stuck, and where: on the console. */
static void tell_stuck(void)
{
	int fd = open("/proc/sysrq-trigger", O_WRONLY);

	if (fd < 0)
		return;
	if (write(fd, "w", 1) == 1 && write(fd, "t", 1) == 1)
		sync();
	close(fd);
}

static bool run_seed(uint64_t seed)
{
	pid_t child;
	int status = 0;

	printf("# seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	child = fork();
	if (!child)
		run(seed);
	setpgid(child, child);
	if (!is_gone(RUN_SECONDS, &status)) {
		kill(-child, SIGKILL);
		if (!is_gone(END_SECONDS, &status)) {
			printf("not ok: seed %llu does not end\n",
			       (unsigned long long)seed);
			tell_stuck();
			return false;
		}
	}
	if (granules_kept()) {
		printf("not ok: seed %llu: granules kept %ld\n",
		       (unsigned long long)seed, granules_kept());
		return false;
	}
	return true;
}

static void tell_counts(unsigned int runs)
{
	static const char *const names[NR_COUNTS] = {
		"steps", "realms", "populated", "runs of vCPUs", "exits",
		"device accesses", "memory faults", "host calls", "events",
		"failed allocations",
	};
	unsigned int i;

	printf("rmi_fuzz: seeds %llu to %llu",
	       (unsigned long long)first_seed,
	       (unsigned long long)first_seed + runs - 1);
	for (i = 0; i < NR_COUNTS; i++)
		printf(", %llu %s", (unsigned long long)counts[i], names[i]);
	printf("\n");
}

static void read_arguments(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "s:r:t:n:j:v")) > 0) {
		switch (option) {
		case 's':
			first_seed = strtoull(optarg, NULL, 0);
			break;
		case 'r':
			runs_wanted = strtoul(optarg, NULL, 0);
			break;
		case 't':
			seconds_wanted = strtoul(optarg, NULL, 0);
			break;
		case 'n':
			steps_wanted = strtoul(optarg, NULL, 0);
			break;
		case 'j':
			threads_wanted = strtoul(optarg, NULL, 0) %
					 (ARRAY_SIZE(threads) + 1);
			break;
		case 'v':
			tell_steps = true;
			break;
		default:
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	time_t start = time(NULL);
	unsigned int runs = 0;
	bool good = true;

	read_arguments(argc, argv);
	kvm_fd = open("/dev/kvm", O_RDWR);
	if (kvm_fd < 0 ||
	    call_nr(kvm_fd, KVM_CHECK_EXTENSION, KVM_CAP_ARM_RMI) <= 0)
		ksft_exit_skip("no realms\n");
	run_size = call_nr(kvm_fd, KVM_GET_VCPU_MMAP_SIZE, 0);
	counts = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);

	while (good && runs < runs_wanted &&
	       time(NULL) - start < seconds_wanted)
		good = run_seed(first_seed + runs++);
	tell_counts(runs);
	return !good;
}

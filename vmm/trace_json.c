// SPDX-License-Identifier: BSD-3-Clause
/*
 * A trace in the trace event format. Each event is written over the end of the
 * file, together with a new end, in one write: whenever the process stops, what
 * is there is valid.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "vmm/trace.h"
#include "vmm/trace_json.h"
#include "vmm/trace_moves.h"

#define START "{\"displayTimeUnit\":\"ns\",\"traceEvents\":["
#define END "\n]}\n"
#define EVENT_MAX 2048
#define NAME_MAX_LENGTH 64

/* Groups of tracks, which the format calls processes. */
enum group {
	GROUP_CALLS = 1, /* a track a CPU */
	GROUP_RECS, /* a track a REC */
	GROUP_STATES,
};

#define TRACKS_MAX 64

static struct {
	int fd;
	off_t end; /* where END begins */
	bool any; /* event yet */
	bool failed; /* to write; there is no second try */
	uint64_t cpus; /* a bit for each that has a track */
	uint64_t recs[TRACKS_MAX]; /* addresses; the index is the track */
	unsigned int rec_count;
	/* CLOCK_MONOTONIC less the conduit's clock: the least seen. */
	uint64_t epoch_ns;
	char state[NAME_MAX_LENGTH]; /* that lasts, or empty */
} json;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void write_event(const char *event)
{
	char text[EVENT_MAX + sizeof(END) + 2];
	struct line line = { .text = text, .size = sizeof(text) };
	size_t end;

	line_add(&line, "%s\n%s", json.any ? "," : "", event);
	end = line.used;
	line_add(&line, "%s", END);
	if (json.failed ||
	    pwrite(json.fd, text, line.used, json.end) != (ssize_t)line.used) {
		json.failed = true;
		return;
	}
	json.end += (off_t)end;
	json.any = true;
}

/* The common part; the caller adds ",..." and "}". */
static void begin(struct line *line, const char *name, const char *phase,
		  enum group group, unsigned int track)
{
	line_add(line,
		 "{\"name\":\"%s\",\"ph\":\"%s\",\"pid\":%d,\"tid\":%u", name,
		 phase, group, track);
}

static void add_time(struct line *line, const char *name, uint64_t ns)
{
	line_add(line, ",\"%s\":%" PRIu64 ".%03u", name, ns / 1000,
		 (unsigned int)(ns % 1000));
}

static void name_group(enum group group, const char *name)
{
	char text[EVENT_MAX];
	struct line line = { .text = text, .size = sizeof(text) };

	begin(&line, "process_name", "M", group, 0);
	line_add(&line, ",\"args\":{\"name\":\"%s\"}}", name);
	write_event(text);
}

static void name_track(enum group group, unsigned int track, const char *kind)
{
	char text[EVENT_MAX];
	struct line line = { .text = text, .size = sizeof(text) };

	begin(&line, "thread_name", "M", group, track);
	line_add(&line, ",\"args\":{\"name\":\"%s %u\"}}", kind, track);
	write_event(text);
}

bool trace_json_open(const char *file, struct err *err)
{
	memset(&json, 0, sizeof(json));
	json.epoch_ns = UINT64_MAX;
	json.fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (json.fd < 0)
		return err_set(err, "--trace=%s: %s", file, strerror(errno));
	if (lseek(json.fd, 0, SEEK_CUR) < 0 ||
	    write(json.fd, START END, sizeof(START END) - 1) < 0) {
		err_set(err, "--trace=%s: %s", file, strerror(errno));
		close(json.fd);
		return false;
	}
	json.end = sizeof(START) - 1;
	name_group(GROUP_CALLS, "RMI calls");
	name_group(GROUP_RECS, "RECs");
	name_group(GROUP_STATES, "Realm");
	return true;
}

/* ---- Calls --------------------------------------------------------------- */

static void add_registers(struct line *line, const char *names,
			  const uint64_t *x)
{
	int length;

	for (int i = 1; i < SMC_REGS && trace_next_name(&names, &length); i++) {
		line_add(line, ",\"%.*s\":\"0x%" PRIx64 "\"", length, names,
			 x[i]);
		names += length;
	}
}

static void add_result(struct line *line, const struct conduit_call *call)
{
	char text[EVENT_MAX / 2];
	struct line moves = { .text = text, .size = sizeof(text) };

	line_add(line, ",\"result\":\"");
	trace_add_result(line, call->out[0]);
	line_add(line, "\"");
	trace_add_moves(&moves, call);
	if (moves.used)
		line_add(line, ",\"granules\":\"%.*s\"",
			 (int)moves.used - 3, text + 2);
	if (call->canned)
		line_add(line, ",\"canned\":true");
}

static void write_call(const struct conduit_call *call)
{
	const struct trace_command *command = trace_command_find(call->in[0]);
	char text[EVENT_MAX], unknown[NAME_MAX_LENGTH];
	struct line line = { .text = text, .size = sizeof(text) };
	struct line name = { .text = unknown, .size = sizeof(unknown) };

	line_add(&name, "0x%" PRIx64, call->in[0]);
	begin(&line, call->name ? call->name : unknown, "X", GROUP_CALLS,
	      call->cpu);
	add_time(&line, "ts", call->start_ns);
	add_time(&line, "dur", call->ns);
	line_add(&line, ",\"args\":{\"number\":%" PRIu64, call->number);
	if (command)
		add_registers(&line, command->arguments, call->in);
	add_result(&line, call);
	line_add(&line, "}}");
	write_event(text);
}

/* ---- RECs ---------------------------------------------------------------- */

/* Its track, by its address; TRACKS_MAX if there is none left. */
static unsigned int rec_track(uint64_t rec)
{
	unsigned int track = 0;

	while (track < json.rec_count && json.recs[track] != rec)
		track++;
	if (track == json.rec_count && track < TRACKS_MAX) {
		json.recs[json.rec_count++] = rec;
		name_track(GROUP_RECS, track, "REC");
	}
	return track;
}

static void write_run(const struct conduit_call *call, int exit_reason)
{
	unsigned int track = rec_track(call->in[1]);
	char text[EVENT_MAX], reason[NAME_MAX_LENGTH];
	struct line line = { .text = text, .size = sizeof(text) };
	struct line exit = { .text = reason, .size = sizeof(reason) };

	if (track == TRACKS_MAX)
		return;
	trace_add_exit(&exit, exit_reason);
	begin(&line, reason, "X", GROUP_RECS, track);
	add_time(&line, "ts", call->start_ns);
	add_time(&line, "dur", call->ns);
	line_add(&line, ",\"args\":{\"number\":%" PRIu64 ",\"cpu\":%u}}",
		 call->number, call->cpu);
	write_event(text);
}

void trace_json_call(const struct conduit_call *call, int exit_reason)
{
	uint64_t epoch = now_ns() - call->start_ns - call->ns;
	uint64_t cpu = BIT_ULL(call->cpu % 64);

	pthread_mutex_lock(&lock);
	if (epoch < json.epoch_ns)
		json.epoch_ns = epoch;
	if (!(json.cpus & cpu))
		name_track(GROUP_CALLS, call->cpu, "CPU");
	json.cpus |= cpu;
	/* RECs are numbered in the order in which they are made. */
	if ((call->in[0] & ~(uint64_t)SMCCC_SVE_HINT) == SMC_RMI_REC_CREATE)
		rec_track(call->in[2]);
	write_call(call);
	if (exit_reason != TRACE_NO_EXIT)
		write_run(call, exit_reason);
	pthread_mutex_unlock(&lock);
}

/* ---- The realm's states -------------------------------------------------- */

static void write_state(const char *state, const char *phase, uint64_t ns)
{
	char text[EVENT_MAX];
	struct line line = { .text = text, .size = sizeof(text) };

	begin(&line, state, phase, GROUP_STATES, 0);
	add_time(&line, "ts", ns);
	line_add(&line, "}");
	write_event(text);
}

/* The new state is the last word; it lasts until the next one. */
void trace_json_state(const char *change)
{
	const char *state = strrchr(change, ' ');
	struct line line = { .text = json.state, .size = sizeof(json.state) };
	uint64_t ns;

	pthread_mutex_lock(&lock);
	ns = json.epoch_ns == UINT64_MAX ? 0 : now_ns() - json.epoch_ns;
	if (*json.state)
		write_state(json.state, "E", ns);
	line_add(&line, "%s", state ? state + 1 : change);
	write_state(json.state, "B", ns);
	pthread_mutex_unlock(&lock);
}

void trace_json_event(const char *kind, const char *what)
{
	char text[EVENT_MAX], both[NAME_MAX_LENGTH * 2];
	struct line line = { .text = text, .size = sizeof(text) };
	struct line name = { .text = both, .size = sizeof(both) };

	line_add(&name, "%s: %s", kind, what);
	pthread_mutex_lock(&lock);
	begin(&line, both, "i", GROUP_STATES, 0);
	add_time(&line, "ts",
		 json.epoch_ns == UINT64_MAX ? 0 : now_ns() - json.epoch_ns);
	line_add(&line, ",\"s\":\"p\"}");
	write_event(text);
	pthread_mutex_unlock(&lock);
}

void trace_json_close(void)
{
	if (*json.state && json.epoch_ns != UINT64_MAX)
		write_state(json.state, "E", now_ns() - json.epoch_ns);
	close(json.fd);
}

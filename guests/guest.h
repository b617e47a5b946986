/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What guests share: SMCs, the console and the exit register of docs/boot.md,
 * other CPUs, and exceptions. A guest is one file that includes this and
 * defines main(); with the MMU off all its memory is Device memory, so that
 * accesses are aligned and there is nothing atomic.
 */
#ifndef GUESTS_GUEST_H
#define GUESTS_GUEST_H

#include <stdbool.h>

#include "abi/psci.h"
#include "abi/rsi_layout.h"
#include "abi/rsi_smc.h"
#include "abi/smccc.h"
#include "guests/frame.h"

#define UART_BASE 0x09000000ull
#define UART_DR 0x00
#define UART_FR 0x18
#define UART_FR_TXFF 0x20
#define EXIT_REGISTER 0x09010000ull

#define EXIT_EXCEPTION 99

#define ESR_EC(esr) ((esr) >> 26 & 0x3f)

/* A compiler may call these, whatever it compiles. */
void *memset(void *to, int byte, size_t size)
{
	volatile u8 *at = to;

	while (size--)
		*at++ = (u8)byte;
	return to;
}

void *memcpy(void *to, const void *from, size_t size)
{
	volatile u8 *at = to;
	const u8 *next = from;

	while (size--)
		*at++ = *next++;
	return to;
}

/* Registers x0 to x17 of an SMC: arguments in, results out. */
struct smc {
	u64 x[SMCCC_REGS];
};

/* The registers of a CPU that took an exception. A handler may change them. */
struct frame {
	u64 x[31];
	u64 sp;
	u64 elr;
	u64 spsr;
	u64 esr;
	u64 far;
	u64 vector; /* 0 to 15, as in VBAR_EL1's table */
	u64 pad;
};

static_assert(offsetof(struct frame, elr) == FRAME_ELR, "elr");
static_assert(offsetof(struct frame, esr) == FRAME_ESR, "esr");
static_assert(offsetof(struct frame, vector) == FRAME_VECTOR, "vector");
static_assert(sizeof(struct frame) == FRAME_SIZE, "frame");

#define FRAME_SLOTS 8 /* exceptions within exceptions */
#define VECTOR_SYNC 4 /* from EL1 with its own stack pointer */
#define VECTOR_IRQ 5

struct guest_cpu {
	u64 frames;
	u64 vector;
	u64 stack; /* its end */
	u64 entry; /* void (*)(struct guest_cpu *) */
	u64 pad[12];
	u8 slots[FRAME_SLOTS][FRAME_SLOT];
} __attribute__((aligned(16)));

static_assert(offsetof(struct guest_cpu, vector) == CPU_VECTOR, "vector");
static_assert(offsetof(struct guest_cpu, stack) == CPU_STACK, "stack");
static_assert(offsetof(struct guest_cpu, entry) == CPU_ENTRY, "entry");
static_assert(offsetof(struct guest_cpu, slots) == CPU_HEADER, "slots");
static_assert(sizeof(struct guest_cpu) == CPU_SIZE, "guest_cpu");

/* The CPU that runs main(). */
extern struct guest_cpu guest_boot_cpu;

/* Where a CPU starts that PSCI turns on: its context is a struct guest_cpu. */
void guest_secondary(void);

/*
 * Handles an exception: true if the guest can go on at frame->elr. NULL, as it
 * is at first: none is expected.
 */
static bool (*guest_handler)(struct frame *frame);

int main(u64 dtb);
void *memset(void *to, int byte, size_t size);
void *memcpy(void *to, const void *from, size_t size);
_Noreturn void guest_exit(u64 status);
_Noreturn void guest_cpu_off(void);
void guest_exception(struct frame *frame);

static inline void smc(struct smc *call)
{
	__asm__ volatile("mov x19, %0\n\t"
			 "ldp x0, x1, [x19]\n\t"
			 "ldp x2, x3, [x19, #16]\n\t"
			 "ldp x4, x5, [x19, #32]\n\t"
			 "ldp x6, x7, [x19, #48]\n\t"
			 "ldp x8, x9, [x19, #64]\n\t"
			 "ldp x10, x11, [x19, #80]\n\t"
			 "ldp x12, x13, [x19, #96]\n\t"
			 "ldp x14, x15, [x19, #112]\n\t"
			 "ldp x16, x17, [x19, #128]\n\t"
			 "smc #0\n\t"
			 "stp x0, x1, [x19]\n\t"
			 "stp x2, x3, [x19, #16]\n\t"
			 "stp x4, x5, [x19, #32]\n\t"
			 "stp x6, x7, [x19, #48]\n\t"
			 "stp x8, x9, [x19, #64]\n\t"
			 "stp x10, x11, [x19, #80]\n\t"
			 "stp x12, x13, [x19, #96]\n\t"
			 "stp x14, x15, [x19, #112]\n\t"
			 "stp x16, x17, [x19, #128]\n\t"
			 :
			 : "r"(call)
			 : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7",
			   "x8", "x9", "x10", "x11", "x12", "x13", "x14",
			   "x15", "x16", "x17", "x19", "memory");
}

/* A call with one argument, the rest zero; its status, results in @call. */
static inline u64 smc_call(struct smc *call, u64 fid, u64 x1)
{
	*call = (struct smc){ .x = { fid, x1 } };
	smc(call);
	return call->x[0];
}

static inline void mmio_write32(u64 address, u32 value)
{
	__asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(address)
			 : "memory");
}

static inline u32 mmio_read32(u64 address)
{
	u32 value;

	__asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address)
			 : "memory");
	return value;
}

/* Filled at the first use: until then all of it is zero. */
static struct realm_config realm_config
	__attribute__((aligned(RSI_GRANULE_SIZE)));

static inline _Noreturn void power_off(void)
{
	struct smc call;

	smc_call(&call, PSCI_SYSTEM_OFF, 0);
	for (;;)
		__asm__ volatile("wfi");
}

static inline const struct realm_config *get_realm_config(void)
{
	struct smc call;

	if (!realm_config.ipa_width &&
	    smc_call(&call, SMC_RSI_REALM_CONFIG, (u64)&realm_config))
		power_off(); /* not a realm: there is no console to say so */
	return &realm_config;
}

/* An address of the half that the host can see. */
static inline u64 shared(u64 ipa)
{
	return ipa | BIT_ULL(get_realm_config()->ipa_width - 1);
}

static inline void put_char(char c)
{
	u64 uart = shared(UART_BASE);

	while (mmio_read32(uart + UART_FR) & UART_FR_TXFF)
		;
	mmio_write32(uart + UART_DR, (u8)c);
}

static inline void put(const char *text)
{
	while (*text)
		put_char(*text++);
}

static inline void put_number(u64 value)
{
	char digits[20];
	int n = 0;

	do {
		digits[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	while (n)
		put_char(digits[--n]);
}

/* The low @digits hex digits. */
static inline void put_hex(u64 value, int digits)
{
	while (digits--)
		put_char("0123456789abcdef"[value >> 4 * digits & 0xf]);
}

void guest_exit(u64 status)
{
	mmio_write32(shared(EXIT_REGISTER), (u32)status);
	power_off();
}

void guest_cpu_off(void)
{
	struct smc call;

	smc_call(&call, PSCI_CPU_OFF, 0);
	guest_exit(EXIT_EXCEPTION); /* it cannot be refused */
}

static inline _Noreturn void unexpected(const char *what,
					const struct frame *frame)
{
	put(what);
	put(" exception: EC 0x");
	put_hex(ESR_EC(frame->esr), 2);
	put(", ESR 0x");
	put_hex(frame->esr, 8);
	put(", ELR 0x");
	put_hex(frame->elr, 16);
	put(", FAR 0x");
	put_hex(frame->far, 16);
	put("\n");
	guest_exit(EXIT_EXCEPTION);
}

void guest_exception(struct frame *frame)
{
	const struct guest_cpu *cpu;

	__asm__("mrs %0, tpidr_el1" : "=r"(cpu));
	if (cpu->frames == (u64)cpu->slots)
		unexpected("one more", frame);
	if (!guest_handler || !guest_handler(frame))
		unexpected("unexpected", frame);
}

#endif

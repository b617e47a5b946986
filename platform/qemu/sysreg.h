/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers and barriers, for all firmware on QEMU's machine: the RMM's
 * platform, the monitor and the bare tests.
 */
#ifndef PLATFORM_QEMU_SYSREG_H
#define PLATFORM_QEMU_SYSREG_H

#include <stdint.h>

/* @reg is a name that the assembler knows, or S<op0>_<op1>_C<n>_C<m>_<op2>. */
#define read_sysreg(reg) \
	({ \
		uint64_t value_; \
		asm volatile("mrs %0, " #reg : "=r"(value_)); \
		value_; \
	})

#define write_sysreg(reg, value) \
	asm volatile("msr " #reg ", %0" ::"r"((uint64_t)(value)))

static inline void isb(void)
{
	asm volatile("isb" ::: "memory");
}

static inline void dsb(void)
{
	asm volatile("dsb sy" ::: "memory");
}

static inline void wfi(void)
{
	asm volatile("wfi" ::: "memory");
}

static inline void relax(void)
{
	asm volatile("yield" ::: "memory");
}

/* Device registers. */
static inline uint32_t read32(uint64_t address)
{
	return *(volatile uint32_t *)address;
}

static inline void write32(uint64_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

#endif

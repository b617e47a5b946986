// SPDX-License-Identifier: BSD-3-Clause
/*
 * Registers as the debugger numbers them.
 */
#include "vmm/gdb_regs.h"

#define REG_SP 31
#define REG_PC 32
#define REG_CPSR 33
#define REG_V0 34
#define REG_FPSR 66
#define REG_FPCR 67

#define X(n) "<reg name=\"x" #n "\" bitsize=\"64\"/>\n"
#define V(n) "<reg name=\"v" #n "\" bitsize=\"128\" type=\"v128\"/>\n"

const char gdb_target_xml[] =
	"<?xml version=\"1.0\"?>\n"
	"<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
	"<target>\n"
	"<architecture>aarch64</architecture>\n"
	"<feature name=\"org.gnu.gdb.aarch64.core\">\n"
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9)
	X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19)
	X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30)
	"<reg name=\"sp\" bitsize=\"64\" type=\"data_ptr\"/>\n"
	"<reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\"/>\n"
	"<reg name=\"cpsr\" bitsize=\"32\"/>\n"
	"</feature>\n"
	"<feature name=\"org.gnu.gdb.aarch64.fpu\">\n"
	"<vector id=\"v2d\" type=\"ieee_double\" count=\"2\"/>\n"
	"<vector id=\"v4f\" type=\"ieee_single\" count=\"4\"/>\n"
	"<vector id=\"v2u\" type=\"uint64\" count=\"2\"/>\n"
	"<vector id=\"v4u\" type=\"uint32\" count=\"4\"/>\n"
	"<vector id=\"v16u\" type=\"uint8\" count=\"16\"/>\n"
	"<union id=\"v128\">\n"
	"<field name=\"d\" type=\"v2d\"/>\n"
	"<field name=\"s\" type=\"v4f\"/>\n"
	"<field name=\"u64\" type=\"v2u\"/>\n"
	"<field name=\"u32\" type=\"v4u\"/>\n"
	"<field name=\"u8\" type=\"v16u\"/>\n"
	"</union>\n"
	V(0) V(1) V(2) V(3) V(4) V(5) V(6) V(7) V(8) V(9)
	V(10) V(11) V(12) V(13) V(14) V(15) V(16) V(17) V(18) V(19)
	V(20) V(21) V(22) V(23) V(24) V(25) V(26) V(27) V(28) V(29)
	V(30) V(31)
	"<reg name=\"fpsr\" bitsize=\"32\"/>\n"
	"<reg name=\"fpcr\" bitsize=\"32\"/>\n"
	"</feature>\n"
	"</target>\n";

static void *at(void *reg, size_t reg_size, size_t *size)
{
	*size = reg_size;
	return reg;
}

void *gdb_reg(struct gdb_regs *regs, u64 number, size_t *size)
{
	if (number < REG_SP)
		return at(&regs->x[number], 8, size);
	if (number == REG_SP)
		return at(&regs->sp, 8, size);
	if (number == REG_PC)
		return at(&regs->pc, 8, size);
	if (number == REG_CPSR)
		return at(&regs->cpsr, 4, size);
	if (number < REG_FPSR)
		return at(regs->v[number - REG_V0], 16, size);
	if (number == REG_FPSR)
		return at(&regs->fpsr, 4, size);
	return number == REG_FPCR ? at(&regs->fpcr, 4, size) : NULL;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words that asm/rmi_*.h are written in. Those headers are shared with the
 * other side of the interface, where this file has another body.
 */
#ifndef __ASM_ABI_TYPES_H
#define __ASM_ABI_TYPES_H

#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

#endif

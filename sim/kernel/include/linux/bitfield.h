/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: fields of words, by mask.
 */
#ifndef SIM_LINUX_BITFIELD_H
#define SIM_LINUX_BITFIELD_H

#define FIELD_GET(mask, word) \
	((typeof(mask))(((word) & (mask)) >> __builtin_ctzll(mask)))
#define FIELD_PREP(mask, value) \
	(((typeof(mask))(value) << __builtin_ctzll(mask)) & (mask))

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bus that a realm's emulated accesses to the shared half go to. Addresses
 * on it lack the bit that selects that half.
 */
#ifndef VMM_MMIO_H
#define VMM_MMIO_H

#include <stdbool.h>

#include "abi/stdint/abi_types.h"

#define MMIO_DEVICES_MAX 4

/* @offset is in bytes from the device's base, @size 1, 2, 4 or 8. */
struct mmio_device {
	const char *name;
	u64 base;
	u64 size;
	u64 (*read)(void *context, u64 offset, unsigned int size);
	void (*write)(void *context, u64 offset, unsigned int size,
		      u64 value);
	void *context;
};

struct mmio_bus {
	struct mmio_device devices[MMIO_DEVICES_MAX];
	unsigned int count;
};

/* False if the bus is full or if something lies there already. */
bool mmio_add(struct mmio_bus *bus, const struct mmio_device *device);

/*
 * One access of @size bytes, little endian. False, without any effect, if it
 * does not lie within one device.
 */
bool mmio_read(const struct mmio_bus *bus, u64 address, unsigned int size,
	       u64 *value);
bool mmio_write(const struct mmio_bus *bus, u64 address, unsigned int size,
		u64 value);

#endif

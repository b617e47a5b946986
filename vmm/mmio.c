// SPDX-License-Identifier: BSD-3-Clause
/*
 * The bus of emulated devices.
 */
#include <stddef.h>

#include "vmm/mmio.h"

bool mmio_add(struct mmio_bus *bus, const struct mmio_device *device)
{
	for (unsigned int i = 0; i < bus->count; i++) {
		const struct mmio_device *other = &bus->devices[i];

		if (device->base < other->base + other->size &&
		    other->base < device->base + device->size)
			return false;
	}
	if (bus->count == MMIO_DEVICES_MAX)
		return false;
	bus->devices[bus->count++] = *device;
	return true;
}

static const struct mmio_device *find(const struct mmio_bus *bus, u64 address,
				      unsigned int size)
{
	for (unsigned int i = 0; i < bus->count; i++) {
		const struct mmio_device *device = &bus->devices[i];
		u64 offset = address - device->base;

		if (address >= device->base && offset < device->size &&
		    size <= device->size - offset)
			return device;
	}
	return NULL;
}

static u64 cut(u64 value, unsigned int size)
{
	return size < 8 ? value & (BIT_ULL(8 * size) - 1) : value;
}

bool mmio_read(const struct mmio_bus *bus, u64 address, unsigned int size,
	       u64 *value)
{
	const struct mmio_device *device = find(bus, address, size);

	if (!device)
		return false;
	*value = cut(device->read(device->context, address - device->base,
				  size),
		     size);
	return true;
}

bool mmio_write(const struct mmio_bus *bus, u64 address, unsigned int size,
		u64 value)
{
	const struct mmio_device *device = find(bus, address, size);

	if (!device)
		return false;
	device->write(device->context, address - device->base, size,
		      cut(value, size));
	return true;
}

# SPDX-License-Identifier: BSD-3-Clause
#
# The firmware of QEMU's RME machine: the monitor (EL3) and, one MiB into the
# same flash image, the RMM (Realm EL2). By itself, or included by the Makefile.
#
# make -f monitor/firmware.mk             build/firmware/flash.bin
# make -f monitor/firmware.mk test-qemu-firmware   the bare tests in QEMU
#
# Needs QEMU, the source of Mbed TLS and libfdt for arm64, all of which
# tools/apt-private fetches.

BUILD ?= build
CROSS_COMPILE ?= aarch64-linux-gnu-
Q ?= @
say ?= @printf '  %-8s%s\n'

FW := $(BUILD)/firmware
FW_CC = $(CROSS_COMPILE)gcc
FW_OBJCOPY = $(CROSS_COMPILE)objcopy

# No vector registers: they belong to whoever was interrupted. Accesses before
# the MMU is on must be aligned. Address 0 is flash, and may be read.
FW_CFLAGS = -std=gnu11 -O2 -g -Wall -Wextra -Wshadow -Wstrict-prototypes \
	    -Wmissing-prototypes -Wpointer-arith -Wundef -Werror \
	    -ffreestanding -nostdinc -mgeneral-regs-only -mstrict-align \
	    -march=armv8.5-a -fno-pic -fno-pie -fno-stack-protector \
	    -fno-delete-null-pointer-checks -ffunction-sections \
	    -fdata-sections -MMD -MP
FW_INC = -isystem $(shell $(FW_CC) -print-file-name=include) \
	 -isystem platform/qemu/libc -I. -Iabi/stdint
FW_LDFLAGS = -nostdlib -static -no-pie -Wl,--gc-sections -Wl,--fatal-warnings \
	     -Wl,--build-id=none -Wl,-z,max-page-size=4096 \
	     -Wl,-z,noexecstack -Wl,--no-warn-rwx-segments

# ---- What each image is made of ------------------------------------------

FW_LIBC := platform/qemu/libc/string.c platform/qemu/libc/format.c
FW_MONITOR_SRC := monitor/start.S monitor/vectors.S \
		  $(wildcard monitor/*.c) platform/qemu/stage1.c $(FW_LIBC)
FW_RMM_SRC := $(wildcard platform/qemu/*.S platform/qemu/*.c) \
	      $(wildcard rmm/*.c rmm/rmi/*.c rmm/rsi/*.c) $(FW_LIBC)
FW_NS_SRC := $(wildcard tests/qemu/ns/*.S tests/qemu/ns/*.c) \
	     tests/suite/sha256.c $(FW_LIBC)

# The conformance suite without the program around it, as one object for each
# size of granules (tests/suite/build.mk).
FW_SUITE_SIZES := 4k 16k 64k
fw-suite-shift-4k := 12
fw-suite-shift-16k := 14
fw-suite-shift-64k := 16
FW_SUITE_SRC := tests/suite/agent.S \
		$(wildcard tests/suite/rmi/*.c tests/suite/rsi/*.c) \
		$(filter-out $(patsubst %,tests/suite/%.c,main report audit \
		wrong sha256),$(wildcard tests/suite/*.c))

# A monitor that plays other RMMs, and an RMM that tells of its measurements:
# each is the real one and calls of one function or two taken by a test.
FW_CANNED_SRC := $(wildcard tests/qemu/monitor/*.c)
FW_PROBE_SRC := tests/qemu/rmm/probe.c

# What RMMs of tests/qemu/monitor/bad_rmm.S do.
FW_BAD_RMMS := refuses refuses_warm panics traps

# Of Mbed TLS, what the RMM's hashes need.
FW_MBED_SRC := sha256.c sha512.c platform_util.c

fw-objs = $(patsubst %,$(FW)/$(1)/%.o,$(basename $(2)))
FW_MONITOR_OBJ := $(call fw-objs,monitor,$(FW_MONITOR_SRC))
FW_CANNED_OBJ := $(call fw-objs,monitor,$(FW_CANNED_SRC))
FW_RMM_OBJ := $(call fw-objs,rmm,$(FW_RMM_SRC))
FW_DEBUG_OBJ := $(call fw-objs,debug,$(FW_RMM_SRC))
FW_MBED_OBJ := $(call fw-objs,mbedtls,$(FW_MBED_SRC))
FW_PROBE_OBJ := $(call fw-objs,rmm,$(FW_PROBE_SRC))
FW_NS_OBJ := $(call fw-objs,ns,$(FW_NS_SRC))

# An RMM that checks itself at each call, for tests.
$(FW_DEBUG_OBJ): FW_FLAVOUR = -DRMM_DEBUG=1

# ---- Targets -------------------------------------------------------------

.PHONY: firmware test-qemu-firmware
firmware: $(FW)/flash.bin $(FW)/flash-debug.bin $(FW)/flash-canned.bin \
	  $(FW)/flash-probe.bin $(FW)/ns.bin \
	  $(patsubst %,$(FW)/rmm-%.bin,$(FW_BAD_RMMS))

test-qemu-firmware: firmware
	@tests/qemu/run $(FW)

# ---- Mbed TLS ------------------------------------------------------------
# MBEDTLS names an unpacked source of 3.6; else Debian's is fetched.

FW_MBED_STAMP := $(FW)/mbedtls/source
$(FW_MBED_STAMP):
	@mkdir -p $(@D)
	$(Q)if [ -n "$(MBEDTLS)" ]; then echo "$(MBEDTLS)"; \
		else tools/apt-private src trixie mbedtls; fi >$@.new
	$(Q)mv $@.new $@

FW_MBED = $(shell cat $(FW_MBED_STAMP))
FW_MBED_FLAGS = -DMBEDTLS_CONFIG_FILE='"platform/qemu/mbedtls_config.h"' \
		-isystem $(FW_MBED)/include

$(FW_MBED_OBJ): $(FW)/mbedtls/%.o: $(FW_MBED_STAMP) \
		platform/qemu/mbedtls_config.h
	$(say) MBEDTLS $*.c
	$(Q)$(FW_CC) $(FW_CFLAGS) -Wno-missing-prototypes $(FW_INC) \
		$(FW_MBED_FLAGS) -I$(FW_MBED)/library -c -o $@ \
		$(FW_MBED)/library/$*.c
FW_CRYPTO_OBJ := $(patsubst %,$(FW)/%/platform/qemu/crypto.o,rmm debug)
$(FW_CRYPTO_OBJ): $(FW_MBED_STAMP)
$(FW_CRYPTO_OBJ): FW_DEFS = $(FW_MBED_FLAGS)

# ---- libfdt --------------------------------------------------------------
# The monitor reads QEMU's device tree with Debian's static library for arm64;
# LIBFDT names an unpacked libfdt-dev. What it calls is in platform/qemu/libc.

FW_FDT_STAMP := $(FW)/libfdt
$(FW_FDT_STAMP):
	@mkdir -p $(@D)
	$(Q)if [ -n "$(LIBFDT)" ]; then echo "$(LIBFDT)"; \
		else tools/apt-private get bookworm:arm64 libfdt-dev; fi >$@.new
	$(Q)mv $@.new $@

FW_FDT = $(shell cat $(FW_FDT_STAMP))/usr
FW_FDT_LIB = $(FW_FDT)/lib/aarch64-linux-gnu/libfdt.a
$(FW)/monitor/monitor/machine.o: $(FW_FDT_STAMP)
$(FW)/monitor/monitor/machine.o: FW_DEFS = -isystem $(FW_FDT)/include
$(FW)/monitor.elf $(FW)/canned.elf: FW_LIBS = $(FW_FDT_LIB)

# ---- Compiling and linking -----------------------------------------------

# Loops of the memory functions must not become calls of themselves.
%/platform/qemu/libc/string.o: FW_DEFS = -fno-tree-loop-distribute-patterns

define fw-compile
$(FW)/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(say) FW $$<
	$(Q)$$(FW_CC) $$(FW_CFLAGS) $$(FW_DEFS) $$(FW_FLAVOUR) \
		$$(FW_INC) -c -o $$@ $$<
$(FW)/$(1)/%.o: %.S
	@mkdir -p $$(@D)
	$$(say) FW $$<
	$(Q)$$(FW_CC) $$(FW_CFLAGS) $$(FW_DEFS) $$(FW_FLAVOUR) \
		$$(FW_INC) -c -o $$@ $$<
endef
$(foreach i,monitor rmm debug ns $(FW_SUITE_SIZES:%=suite-%), \
	$(eval $(call fw-compile,$(i))))

$(FW)/monitor.elf: monitor/monitor.ld $(FW_MONITOR_OBJ)
$(FW)/canned.elf: monitor/monitor.ld $(FW_MONITOR_OBJ) $(FW_CANNED_OBJ)
$(FW)/canned.elf: FW_WRAP = -Wl,--wrap=rmm_forward -Wl,--wrap=psci_call
$(FW)/rmm.elf: platform/qemu/rmm.ld $(FW_RMM_OBJ) $(FW_MBED_OBJ)
$(FW)/debug.elf: platform/qemu/rmm.ld $(FW_DEBUG_OBJ) $(FW_MBED_OBJ)
$(FW)/probe.elf: platform/qemu/rmm.ld $(FW_RMM_OBJ) $(FW_MBED_OBJ) \
		 $(FW_PROBE_OBJ)
$(FW)/probe.elf: FW_WRAP = -Wl,--wrap=rmm_handle_smc
$(FW)/ns.elf: tests/qemu/ns/ns.ld $(FW_NS_OBJ) \
	      $(FW_SUITE_SIZES:%=$(FW)/suite-%.o)
define fw-suite
$(FW)/suite-$(1)/%: FW_FLAVOUR = -DSUITE_GRANULE_SHIFT=$(fw-suite-shift-$(1))
$(FW)/suite-$(1).o: $(call fw-objs,suite-$(1),$(FW_SUITE_SRC))
	$$(say) FWLD $$@
	$(Q)$$(FW_CC) -nostdlib -r -o $$@.all $$^
	$(Q)$$(FW_OBJCOPY) --redefine-sym suite_run=suite_run_$(1) \
		--keep-global-symbol=suite_run_$(1) $$@.all $$@
endef
$(foreach size,$(FW_SUITE_SIZES),$(eval $(call fw-suite,$(size))))
$(FW)/%.elf:
	$(say) FWLD $@
	$(Q)$(FW_CC) $(FW_LDFLAGS) $(FW_WRAP) -Wl,-T,$< -o $@ \
		$(filter %.o,$^) $(FW_LIBS)

$(FW)/%.bin: $(FW)/%.elf
	$(Q)$(FW_OBJCOPY) -O binary $< $@

# The monitor runs in place; its data lies behind its code.
define fw-flash
	$(say) FLASH $@
	$(Q)cp $< $@.new
	$(Q)truncate -s 1M $@.new
	$(Q)cat $(word 2,$^) >>$@.new
	$(Q)mv $@.new $@
endef
$(FW)/flash.bin: $(FW)/monitor.bin $(FW)/rmm.bin
	$(fw-flash)
$(FW)/flash-debug.bin: $(FW)/monitor.bin $(FW)/debug.bin
	$(fw-flash)
$(FW)/flash-canned.bin: $(FW)/canned.bin $(FW)/rmm.bin
	$(fw-flash)
$(FW)/flash-probe.bin: $(FW)/monitor.bin $(FW)/probe.bin
	$(fw-flash)

.SECONDARY: $(patsubst %,$(FW)/rmm-%.elf,$(FW_BAD_RMMS))
# RMMs that go wrong in one way each: tests/qemu/monitor/bad_rmm.S.
$(FW)/rmm-%.elf: tests/qemu/monitor/bad_rmm.S monitor/layout.h
	@mkdir -p $(@D)
	$(say) FW $@
	$(Q)$(FW_CC) $(FW_CFLAGS) $(FW_LDFLAGS) $(FW_INC) -DRMM_THAT=$* \
		-Wl,-Ttext=0x40200000 -o $@ $<

-include $(shell find $(FW) -name '*.d' 2>/dev/null)

# SPDX-License-Identifier: BSD-3-Clause
#
# make run      install what is missing, build, run guests/hello as a realm
# make check    install what is missing, build with sanitizers, run the tests
# make qemu     the same for Linux 7.3 with our overlay, on QEMU's RME machine
# make qemu-realm  the same, and cca runs realms there, through /dev/kvm
# make check-qemu  the tests of firmware and kernel
# make check-qemu-debug  some of them on a kernel with KASAN and lockdep
# make          build everything: build/cca, build/guests/*.elf, the tests
# make help     the rest

BUILD ?= build
FLAVOUR ?= release
B := $(BUILD)/$(FLAVOUR)

# A line a step; V=1 shows the commands.
ifeq ($(V),1)
Q =
say = @:
else
Q = @
say = @printf '  %-8s%s\n'
endif

CC = gcc
CROSS_COMPILE ?= aarch64-linux-gnu-
LD = ld
OBJCOPY = objcopy
VERSION := 0.1

WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
       -Wpointer-arith -Wundef -Werror
flags-release = -O2 -g
flags-debug = -O1 -g -fno-omit-frame-pointer -DRMM_DEBUG=1 \
	      -fsanitize=address,undefined -fno-sanitize-recover=all
flags-tsan = -O1 -g -fno-omit-frame-pointer -DRMM_DEBUG=1 -fsanitize=thread
flags-audited = -O3 -g -DRMM_DEBUG=1
flags-coverage = -O0 -g -DRMM_DEBUG=1 --coverage
flags-woven = -O2 -DRMM_DEBUG=1 -fsanitize=undefined \
	      -fsanitize-undefined-trap-on-error
CFLAGS_ALL = -std=gnu11 -pthread $(WARN) $(flags-$(FLAVOUR)) $(CFLAGS) -MMD -MP
LDFLAGS_ALL = -pthread $(flags-$(FLAVOUR)) $(LDFLAGS)
LIBS = -lunicorn -lnettle -lelf -lfdt

# ---- Rooms ---------------------------------------------------------------

RMM_SRC := $(wildcard rmm/*.c rmm/rmi/*.c rmm/rsi/*.c)
PLATFORM_SRC := $(wildcard platform/sim/*.c)
MACHINE_SRC := $(wildcard sim/machine/*.c)
LINUX_SRC := $(wildcard linux/arch/arm64/kvm/rmi*.c)
# Glue of a real kernel; sim/kvm stands in its place.
LINUX_SRC := $(filter-out linux/arch/arm64/kvm/rmi_kvm%,$(LINUX_SRC))
HOST_SRC := $(LINUX_SRC) $(wildcard sim/kernel/*.c sim/kvm/*.c)
VMM_SRC := $(wildcard vmm/*.c)

objs = $(patsubst %.c,$(B)/%.o,$(1))
RMM_OBJ := $(call objs,$(RMM_SRC))
ifeq ($(FLAVOUR),woven)
RMM_OBJ += $(B)/tests/mutants/rmm/mutant.o
endif
PLATFORM_OBJ := $(call objs,$(PLATFORM_SRC))
MACHINE_OBJ := $(call objs,$(MACHINE_SRC)) $(B)/machines.o
HOST_OBJ := $(call objs,$(HOST_SRC))
VMM_OBJ := $(call objs,$(VMM_SRC))

GUESTS := $(patsubst guests/%.c,$(BUILD)/guests/%.elf,$(wildcard guests/*.c))

# ---- Tests: tests/ROOM/test_*.c are programs, the rest of ROOM is theirs -

TEST_ROOMS := abi rmm taint explore sim host faults vmm
TEST_SRC := $(foreach r,$(TEST_ROOMS),$(wildcard tests/$(r)/test_*.c))
TESTS := $(patsubst %.c,$(B)/%,$(TEST_SRC))
TESTS += $(patsubst %,$(B)/tests/suite/test_%,sim sim_16k sim_64k audit \
	   large large_64k odd odd_64k)
helpers = $(call objs,$(filter-out $(wildcard tests/$(1)/test_*.c), \
	  $(wildcard tests/$(1)/*.c)))

# What each room of tests is linked with. The two worlds are whole objects
# (see "The wall") wherever both are present.
with-abi =
with-rmm = $(RMM_OBJ) $(B)/platform/sim/crypto.o
with-taint = $(with-rmm) $(B)/tests/rmm/fake_platform.o
# Its own words: rmm/word.h.
with-explore = $(filter-out $(B)/rmm/word.o,$(with-taint))
with-sim = $(B)/rmm.o $(PLATFORM_OBJ) $(MACHINE_OBJ)
with-host = $(HOST_OBJ) $(with-sim)
with-faults = $(B)/faults-host.o $(with-sim)
with-vmm = $(filter-out $(B)/vmm/main.o,$(VMM_OBJ)) $(B)/host.o $(with-sim)

# ---- Targets -------------------------------------------------------------

.PHONY: all run check test check-static clean help packages bench
.PHONY: check-tsan test-tsan mutants check-docs faults
.PHONY: explore explore-all fuzz fuzz-corpus fuzz-ioctl check-fuzz coverage
.PHONY: qemu qemu-realm check-qemu bench-qemu packages-qemu kernel
.PHONY: kernel-debug check-qemu-debug fuzz-qemu
FUZZ_TESTS := $(B)/fuzz/rmm/replay $(B)/fuzz/ioctl/ioctl
all: $(B)/cca $(GUESTS) $(TESTS) $(FUZZ_TESTS)

help:
	@sed -n '3,11s/^# \{0,1\}//p' Makefile
	@echo 'make test     the tests, without installing'
	@echo 'make test-ROOM  one room of tests/: $(TEST_ROOMS) suite'
	@echo 'make suite    what is asked of any RMM, asked of ours'
	@echo 'make check-static  the wall, sizes, style'
	@echo 'make faults   every answer to every call, as a table'
	@echo 'make check-tsan  those with threads, under the thread sanitizer'
	@echo 'make mutants  that the tests notice what is wrong'
	@echo 'make check-docs  that commands of docs/ print what they say'
	@echo 'make fuzz     bad input for the RMM, for FUZZ_TIME=seconds or on and on'
	@echo 'make fuzz-corpus  keeps what it has found since, in fuzz/corpus'
	@echo 'make fuzz-ioctl  sequences of ioctls, from FUZZ_SEED on, the same way'
	@echo 'make check-fuzz  a minute of either'
	@echo 'make coverage  what tests and fuzz corpus reach of rmm/'
	@echo 'make explore  two CPUs, in all orders of their locks'
	@echo 'make model    all that a host can do with a dozen granules'
	@echo 'make bench    counts against bench/budgets, times, ratios'
	@echo 'make fuzz-qemu  random ioctls against the debug kernel, MINUTES=10'
	@echo 'make bench-qemu  what a call costs Linux on the RME machine'
	@echo 'make clean    takes the BUILD folder away'
	@echo 'FLAVOUR=release|debug|tsan|coverage, BUILD=folder'
	@echo '  audited (model, explore), woven (mutants), fuzz: set by their targets'

packages:
	@tools/packages

run: packages
	@$(MAKE) --no-print-directory $(BUILD)/cca $(BUILD)/guests/hello.elf
	$(BUILD)/cca run --stats $(BUILD)/guests/hello.elf

check: packages
	@$(MAKE) --no-print-directory -j2 FLAVOUR=debug all
	@$(MAKE) --no-print-directory FLAVOUR=debug check-static
	@$(MAKE) --no-print-directory FLAVOUR=debug test

# What has threads, under the thread sanitizer.
TSAN_TESTS = $(filter $(B)/tests/sim/% $(B)/tests/host/% %_race %_races \
	     %/test_guests %/test_vcpus %/test_backend_kvm,$(TESTS))
check-tsan: packages
	@$(MAKE) --no-print-directory -j2 FLAVOUR=tsan test-tsan
test-tsan: export CCA_GUESTS = $(BUILD)/guests
test-tsan: $(GUESTS) $(TSAN_TESTS) $(B)/fuzz/ioctl/ioctl
	@tests/run $(TSAN_TESTS) $(B)/fuzz/ioctl/ioctl

# The fault matrix, all of it, as a table; a sample is in make check.
# CELLS=START is for the cells whose names begin so: docs/faults.md.
faults: packages
	@$(MAKE) --no-print-directory -j2 $(B)/tests/faults/test_matrix
	@$(B)/tests/faults/test_matrix all $(CELLS)

test: export CCA_GUESTS = $(BUILD)/guests
test: all
	@tests/run $(TESTS) $(FUZZ_TESTS)

define test-room
.PHONY: test-$(1)
test-$(1): export CCA_GUESTS = $(BUILD)/guests
test-$(1): $(GUESTS) $$(filter $(B)/tests/$(1)/%,$(TESTS))
	@tests/run $$(filter-out %.elf,$$^)
endef
$(foreach r,$(TEST_ROOMS),$(eval $(call test-room,$(r))))

# Mistakes that the tests have to notice: tests/mutants/README.md.
mutants: packages
	@$(MAKE) --no-print-directory -j2 FLAVOUR=debug all
	@tests/mutants/run
	@$(MAKE) --no-print-directory -j2 FLAVOUR=woven killers
	@tests/mutants/rmm/run --all

# Pages whose commands are run: tests/docs/run.
check-docs:
	@tools/packages check-docs
	@BUILD=$(BUILD) tests/docs/run docs/debugging.md

clean:
	rm -rf $(BUILD)

# ---- QEMU's RME machine: docs/qemu.md ------------------------------------
# KERNEL_TREE=DIR builds a source tree of one's own, with the overlay.

include monitor/firmware.mk

packages-qemu:
	@tools/packages qemu

kernel:
	@tools/kernel build

kernel-debug:
	@KERNEL_FLAVOUR=debug tools/kernel build

qemu: packages-qemu
	@$(MAKE) --no-print-directory firmware
	@$(MAKE) --no-print-directory kernel
	@BUILD=$(BUILD) tests/qemu/linux/show $(FW)/flash.bin

# Realms through /dev/kvm, by cca.
include vmm/kvm_only/build.mk

qemu-realm: packages-qemu
	@$(MAKE) --no-print-directory firmware
	@$(MAKE) --no-print-directory kernel
	@$(MAKE) --no-print-directory $(KVM_CCA) $(GUESTS)
	@BUILD=$(BUILD) CPUS=4 TIMEOUT=300 \
		tests/qemu/linux/show $(FW)/flash.bin guests

check-qemu:
	@tools/packages qemu check-qemu
	@$(MAKE) --no-print-directory firmware
	@$(MAKE) --no-print-directory kernel
	@$(MAKE) --no-print-directory FLAVOUR=release $(BUILD)/cca \
		$(KVM_CCA) $(GUESTS)
	@BUILD=$(BUILD) tests/qemu/check $(FW)

# Rows of a kernel that watches itself. MINUTES of random ioctls from SEED on.
check-qemu-debug fuzz-qemu: packages-qemu
	@$(MAKE) --no-print-directory firmware
	@$(MAKE) --no-print-directory kernel-debug
	@$(MAKE) --no-print-directory FLAVOUR=release $(BUILD)/cca \
		$(KVM_CCA) $(GUESTS)
	@BUILD=$(BUILD) KERNEL_FLAVOUR=debug tests/qemu/linux/run $(FW)
fuzz-qemu: export ROWS = fuzzer
fuzz-qemu: export MINUTES ?= 10
fuzz-qemu: export SEED ?= $(shell date +%s)

bench-qemu: packages-qemu
	@$(MAKE) --no-print-directory firmware
	@$(MAKE) --no-print-directory kernel
	@BUILD=$(BUILD) bench/qemu $(FW)/flash.bin

# ---- Compiling -----------------------------------------------------------

INC_PLAIN = -I. -Iabi/stdint
# RMM and machine are also parts of a shared object (tests/suite).
PIC = -fPIC -fno-semantic-interposition
INC_HOST = -Isim/kernel/include -Ilinux/arch/arm64/include -I$(B)/include -I. \
	   -iquote linux/arch/arm64/include/asm
$(RMM_OBJ) $(PLATFORM_OBJ) $(MACHINE_OBJ) $(VMM_OBJ): INC = $(INC_PLAIN)
$(HOST_OBJ): INC = $(INC_HOST)
$(HOST_OBJ): CFLAGS_ROOM = -Wno-unused-parameter -fno-strict-aliasing
$(RMM_OBJ): CFLAGS_ROOM = -ffreestanding $(PIC)
$(PLATFORM_OBJ) $(MACHINE_OBJ): CFLAGS_ROOM = $(PIC)
$(B)/tests/%: INC = $(INC_PLAIN)
$(B)/tests/host/% $(B)/tests/faults/%: INC = $(INC_HOST) -Itests/host/include
$(B)/tests/host/% $(B)/tests/faults/%: CFLAGS_ROOM = -Wno-unused-parameter -fno-strict-aliasing
$(B)/vmm/%: CFLAGS_ROOM = -DCCA_VERSION='"$(VERSION)"'

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(CC) $(CFLAGS_ALL) $(CFLAGS_ROOM) $(INC) -c -o $@ $<

# The ABI as a kernel sees it: asm/rmi_*.h, byte for byte.
ABI_KERNEL := $(patsubst abi/%,$(B)/include/asm/%,$(wildcard abi/rmi_*.h))
$(B)/include/asm/%.h: abi/%.h
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(HOST_OBJ) $(call objs,$(wildcard tests/host/*.c tests/faults/*.c)): \
	| $(ABI_KERNEL)

# Machine descriptions, built in.
$(B)/machines.c: tools/embed $(wildcard machines/*.conf)
	@mkdir -p $(@D)
	$(Q)tools/embed machine_files $(wildcard machines/*.conf) >$@
$(B)/machines.o: $(B)/machines.c
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_PLAIN) -c -o $@ $<

# ---- The wall ------------------------------------------------------------
# Host and RMM are one relocatable object each; only their entries are global.

define world
$(B)/$(1).o: $(2) tools/wall/$(1).entries
	$$(say) WALL $$@
	$(Q)$(LD) -r -o $$@.all $(2)
	$(Q)$(OBJCOPY) --keep-global-symbols=tools/wall/$(1).entries $$@.all $$@
	@rm -f $$@.all
endef
$(eval $(call world,rmm,$(RMM_OBJ)))
$(eval $(call world,host,$(HOST_OBJ)))

# The same host with a heap of its own, which tests/faults can exhaust.
$(B)/faults-host.o: $(HOST_OBJ)
	$(say) LD $@
	$(Q)$(LD) -r -o $@.all $(HOST_OBJ)
	$(Q)$(OBJCOPY) --redefine-sym malloc=host_malloc \
		--redefine-sym calloc=host_calloc \
		--redefine-sym realloc=host_realloc $@.all $@
	@rm -f $@.all

$(B)/cca: $(VMM_OBJ) $(B)/host.o $(B)/rmm.o $(PLATFORM_OBJ) $(MACHINE_OBJ)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

ifeq ($(FLAVOUR),release)
all: $(BUILD)/cca
$(BUILD)/cca: $(B)/cca
	$(Q)cp $< $@
endif

check-static: $(B)/host.o $(B)/rmm.o
	@tools/check-static $(B)

# ---- Guests --------------------------------------------------------------

GUEST_CFLAGS = -std=gnu11 -Os -g -Wall -Wextra -Werror -ffreestanding \
	       -mgeneral-regs-only -mstrict-align -fno-pic -fno-stack-protector \
	       -I. -Iabi/stdint
$(BUILD)/guests/%.elf: guests/%.c guests/start.S guests/guest.ld \
		       $(wildcard guests/*.h abi/*.h)
	@mkdir -p $(@D)
	$(say) GUEST $@
	$(Q)$(CROSS_COMPILE)gcc $(GUEST_CFLAGS) -nostdlib -static -no-pie \
		-Wl,-T,guests/guest.ld -Wl,--build-id=none \
		-Wl,--no-warn-rwx-segments -o $@ guests/start.S $<

# ---- Test programs -------------------------------------------------------

define test-program
$(B)/tests/$(1)/$(2): $(B)/tests/$(1)/$(2).o $(call helpers,$(1)) $(with-$(1))
	$$(say) LD $$@
	$(Q)$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ -lcmocka $$(LIBS)
endef
$(foreach r,$(TEST_ROOMS),$(foreach t,$(wildcard tests/$(r)/test_*.c), \
	$(eval $(call test-program,$(r),$(basename $(notdir $(t)))))))

include tests/suite/build.mk
include tests/mutants/build.mk

include tests/model/build.mk

# All orders of lock operations; a part is in make check.
explore: packages
	@$(MAKE) --no-print-directory -j2 FLAVOUR=audited explore-all
explore-all: $(B)/tests/explore/test_explore
	@$< all

# The host's core is measured as the tests reach it: through tests/host/rig.c.
BENCH_OBJ := $(call objs,$(wildcard bench/*.c)) $(B)/tests/host/rig.o
$(call objs,$(wildcard bench/*.c)): INC = $(INC_HOST)
$(call objs,$(wildcard bench/*.c)): CFLAGS_ROOM = -Wno-unused-parameter \
						  -fno-strict-aliasing
$(call objs,$(wildcard bench/*.c)): | $(ABI_KERNEL)
$(B)/bench/bench: $(BENCH_OBJ) $(with-host)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcmocka $(LIBS)

bench: $(BUILD)/cca $(GUESTS) $(B)/bench/bench
	@bench/run $(BUILD)
	@$(B)/bench/bench

# ---- Bad input: docs/fuzzing.md ------------------------------------------

include fuzz/fuzz.mk

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# SPDX-License-Identifier: BSD-3-Clause
#
# The fuzz target of rmm/: with libFuzzer by clang, and as fuzz/rmm/replay,
# without it, in every flavour. Sequences of ioctls against sim: fuzz/ioctl/ioctl.

FUZZ_RMM_OBJ := $(call objs,$(wildcard fuzz/rmm/*.c)) $(with-rmm)
$(B)/fuzz/%: INC = $(INC_PLAIN)

$(B)/fuzz/rmm/replay: $(filter-out %/rate.o,$(FUZZ_RMM_OBJ))
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

# Only what is under test is instrumented, and not what checks it: the fuzzer is
# to look for new ways through the RMM. Comparisons are not traced: the values
# that matter come from the ABI's table, and it costs three quarters of the
# speed.
FUZZ_COVER = -fsanitize-coverage=inline-8bit-counters,pc-table
FUZZ_BLIND = %/rmm/audit.o %/rmm/ledger.o %/rmm/lock_order.o
flags-fuzz = -O2 -g -DRMM_DEBUG=1 -fsanitize=address,undefined \
	     -fno-sanitize-recover=all -fsanitize-address-use-after-return=never
ifeq ($(FLAVOUR),fuzz)
$(filter-out $(FUZZ_BLIND),$(RMM_OBJ)): CFLAGS_ROOM += $(FUZZ_COVER)
endif

$(B)/fuzz/rmm/fuzz: $(filter-out %/replay.o %/corpus.o,$(FUZZ_RMM_OBJ))
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ -lnettle

FUZZ_IOCTL_OBJ := $(call objs,$(wildcard fuzz/ioctl/*.c)) \
		  $(B)/tests/host/rig.o $(B)/vmm/backend_sim.o
$(B)/fuzz/ioctl/%: INC = $(INC_HOST)
$(B)/fuzz/ioctl/%: CFLAGS_ROOM = -Wno-unused-parameter -fno-strict-aliasing
$(call objs,$(wildcard fuzz/ioctl/*.c)): | $(ABI_KERNEL)
$(B)/fuzz/ioctl/ioctl: $(FUZZ_IOCTL_OBJ) $(with-host)
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcmocka $(LIBS)

FUZZ_MAKE = $(MAKE) --no-print-directory FLAVOUR=fuzz CC=clang-19 -j2

fuzz fuzz-corpus:
	@tools/packages fuzz
	@$(FUZZ_MAKE) $(BUILD)/fuzz/fuzz/rmm/fuzz
	@$(MAKE) --no-print-directory $(B)/fuzz/rmm/replay
	@BUILD=$(BUILD) REPLAY=$(B)/fuzz/rmm/replay FUZZ_TIME=$(FUZZ_TIME) \
		fuzz/run $(@:fuzz-%=%)

# Sequences from a seed on: as many as fit, by default without end.
FUZZ_SEED ?= 1000
FUZZ_IOCTL = $(BUILD)/debug/fuzz/ioctl/ioctl
fuzz-ioctl: packages
	@$(MAKE) --no-print-directory FLAVOUR=debug -j2 $(FUZZ_IOCTL)
	@LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 \
		$(FUZZ_IOCTL) $(FUZZ_SEED) -1 $(FUZZ_TIME)

check-fuzz:
	@$(MAKE) --no-print-directory fuzz FUZZ_TIME=60
	@$(MAKE) --no-print-directory fuzz-ioctl FUZZ_TIME=60

# ---- What is reached -----------------------------------------------------

coverage: packages
	@find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory -j2 FLAVOUR=coverage coverage-run
	@tools/coverage $(BUILD)/coverage rmm 95 90

.PHONY: coverage-run
coverage-run: $(B)/fuzz/rmm/replay $(filter $(B)/tests/rmm/%,$(TESTS))
	@tests/run $^
